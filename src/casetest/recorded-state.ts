import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Recorded, RecordedPerson } from "../config/test-file/test-file.gen.js";
import type { Engine } from "../engine/engine.js";
import { hashOfIdSql } from "../reconcile/people/person-hash.js";
import { literal } from "../plugin/relation.js";
import { memberSql } from "../reconcile/recorded.js";
import { writeBaseSql } from "../state/people/ledger.js";
import { emptyRoot, type ExportState, type StateRoot } from "../state/root/root.js";
import { StateStore } from "../state/store.js";
import { bindingOf, valueOfPayload, payloadWithValue, type ExportOutcome } from "./outcome.js";
import { openFolder } from "../run/backends.js";

/** A state of its own in the run folder, with nothing in it. */
export function openEmptyState(folder: string): Promise<StateStore> {
  return openStore(folder, emptyRoot());
}

async function openStore(folder: string, root: StateRoot): Promise<StateStore> {
  return new StateStore(await openFolder(join(folder, "state")), root, undefined);
}

/** People whom earlier runs of an export delivered, and what it would deliver if it ran for the first time. */
export interface DeliveredPeople {
  readonly outcome: ExportOutcome;
  readonly people: readonly Recorded[];
}

/** The state that earlier runs would have left: today's definitions as applied, and a claim for each of these people. */
export async function buildRecordedState(
  delivered: readonly DeliveredPeople[],
  keyOf: (address: string) => string,
  {
    engine,
    folder,
    clock,
    signal,
  }: {
    readonly engine: Engine;
    readonly folder: string;
    readonly clock: Date;
    readonly signal: AbortSignal;
  },
): Promise<StateStore> {
  const root = emptyRoot();
  const store = await openStore(folder, root);
  const accounts = new Set(delivered.map(({ outcome }) => outcome.prepared.open.accountKey));
  for (const [index, account] of [...accounts].entries()) {
    const own = delivered.filter(({ outcome }) => outcome.prepared.open.accountKey === account);
    const [first] = own;
    if (first === undefined) continue;
    const claims = own.flatMap((one) =>
      one.people.map((person) => claimSql(one.outcome, person, keyOf, clock)),
    );
    const path = join(folder, `recorded-${index}.parquet`);
    const rows = claims.length;
    if (rows > 0) await engine.run(writeBaseSql(claims.join(" UNION ALL "), path));
    const base = rows > 0 ? { base: { blob: await store.putBlobFile("ledger", path, signal), rows } } : {};
    const { type } = first.outcome.prepared.open.connection;
    root.accounts[account] = { type, epoch: 1, ledger: { ...base, deltas: [], rows }, spent: {} };
  }
  for (const { outcome } of delivered) root.exports[outcome.prepared.wanted.name] = applied(outcome);
  return openStore(folder, root);
}

function applied({ prepared }: ExportOutcome): ExportState {
  const { definition, program, open } = prepared;
  return {
    generation: 1,
    definition: { ...definition, compiled: program },
    list: { accountId: open.accountKey, listId: listIdOf(prepared) },
  };
}

/** Every list exists in a test; see `openOfflineConnections`. */
export function listIdOf({ wanted }: Pick<ExportOutcome["prepared"], "wanted">): string {
  return "id" in wanted.list ? wanted.list.id : wanted.list.name;
}

/** A member since the day before, as the one row of a SELECT with the ledger's columns. */
function claimSql(
  outcome: ExportOutcome,
  recorded: Recorded,
  keyOf: (address: string) => string,
  clock: Date,
): string {
  const person: RecordedPerson = typeof recorded === "string" ? { email: recorded } : recorded;
  const key = keyOf(person.email);
  const { inputHash, deliveredHash } = hashesOf(outcome, key, person);
  const at = new Date(clock.getTime() - DAY_MS);
  const known = outcome.persons.get(key);
  const id =
    person.id === undefined
      ? known === undefined
        ? "NULL"
        : literal(known)
      : hashOfIdSql(literal(person.id));
  return memberSql({
    exportName: outcome.prepared.wanted.name,
    listId: listIdOf(outcome.prepared),
    key,
    person: id,
    inputHash,
    deliveredHash,
    at,
  });
}

const DAY_MS = 86_400_000;

/** The first 16 bytes of the SHA-256, as `hash16` of the engine's SQL. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Those of today where the values are those of today; of whoever is not desired any more nothing is compared. */
function hashesOf(
  { payloads, prepared }: ExportOutcome,
  key: string,
  { values = {} }: RecordedPerson,
): { inputHash: string; deliveredHash: string } {
  const today = payloads.get(key);
  const text = today?.text ?? "";
  const other = Object.entries(values).filter(([name, value]) => {
    const binding = bindingOf(prepared, name);
    return binding !== undefined && today !== undefined && (valueOfPayload(text, binding) ?? null) !== value;
  });
  if (today !== undefined && other.length === 0) return today;
  const before = other.reduce((payload, [name, value]) => {
    const binding = bindingOf(prepared, name);
    return binding === undefined ? payload : payloadWithValue(payload, binding, value);
  }, text);
  return { inputHash: digest(`input of ${before}`), deliveredHash: digest(before) };
}
