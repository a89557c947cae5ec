import { keptBackSql } from "../reconcile/kept-back.js";
import { changesSql } from "../reconcile/change-set/change-set.js";
import { deliverableSql } from "../reconcile/desired/desired.js";
import type { Engine } from "../engine/engine.js";
import type { HoldReason } from "../model/plan/change.js";
import type { Failure } from "../model/failure.js";
import type { Binding } from "../plugin/codec.js";
import type { Prepared } from "../planner/prepare.js";
import type { PreparedExport } from "../planner/prepared.js";

/** What became of an export in a case; few people, so in plain objects. */
export interface ExportOutcome {
  readonly prepared: PreparedExport;
  /** Keys of the people who would be delivered, sorted. */
  readonly members: readonly string[];
  readonly heldBack: ReadonlyMap<string, HoldReason>;
  /** What would be sent for whom, by key; only of those for whom something is to be sent. */
  readonly payloads: ReadonlyMap<string, Payload>;
  /** Hash of `match.id` by key, of every profile that has one. */
  readonly persons: ReadonlyMap<string, string>;
}

export interface Payload {
  /** Canonical JSON object. */
  readonly text: string;
  /** Hexadecimal. */
  readonly inputHash: string;
  readonly deliveredHash: string;
}

/** By export: its outcome, or why it could not be prepared. */
export type Outcomes = ReadonlyMap<string, ExportOutcome | Failure>;

export async function findOutcomes(engine: Engine, { accounts, failed }: Prepared): Promise<Outcomes> {
  const outcomes = new Map<string, ExportOutcome | Failure>();
  for (const { wanted, failure } of failed) outcomes.set(wanted.name, failure);
  for (const prepared of accounts.flatMap(({ exports }) => exports))
    outcomes.set(prepared.wanted.name, await outcomeOf(engine, prepared));
  return outcomes;
}

async function outcomeOf(engine: Engine, prepared: PreparedExport): Promise<ExportOutcome> {
  const { tables, changes, changeSet } = prepared;
  const members = await engine.rows<{ key: string }>(
    `SELECT DISTINCT key FROM (${deliverableSql(tables)}) WHERE key NOT IN (SELECT key FROM (${keptBackSql(changes)})) ORDER BY key`,
  );
  const held = await engine.rows<{ key: string; reason: HoldReason }>(
    `SELECT DISTINCT h.key, h.reason FROM ${tables.held} AS h SEMI JOIN (SELECT key FROM ${tables.profiles} WHERE ok) AS p ON p.key = h.key
     UNION SELECT key, 'invalid' FROM ${tables.profiles} WHERE NOT ok AND key IS NOT NULL
     UNION ${keptBackSql(changes)}
     ORDER BY key`,
  );
  const sent = await engine.rows<Payload & { key: string }>(
    `SELECT key, payload AS text, hex(input_hash) AS "inputHash", hex(delivered_hash) AS "deliveredHash"
     FROM ${changesSql(changeSet)} WHERE payload IS NOT NULL`,
  );
  return {
    prepared,
    members: members.map(({ key }) => key),
    heldBack: new Map(held.map(({ key, reason }) => [key, reason])),
    payloads: new Map(sent.map(({ key, ...payload }) => [key, payload])),
    persons: await personsOf(engine, prepared),
  };
}

async function personsOf(
  engine: Engine,
  { program, tables }: PreparedExport,
): Promise<ReadonlyMap<string, string>> {
  if (program.person === undefined) return new Map();
  const persons = await engine.rows<{ key: string; person: string }>(
    `SELECT key, min(person_hash) AS person FROM ${tables.profiles} WHERE ok AND person_hash IS NOT NULL GROUP BY key`,
  );
  return new Map(persons.map(({ key, person }) => [key, person]));
}

/** The value of an attribute in a payload; undefined when it is not sent. */
export function valueOfPayload(payload: string, { field }: Binding): unknown {
  return holderOf(JSON.parse(payload) as Record<string, unknown>, field.id)?.[field.id];
}

/** The same payload with another value; `null` is not sent. */
export function payloadWithValue(payload: string, { field }: Binding, value: unknown): string {
  const whole = JSON.parse(payload) as Record<string, unknown>;
  const holder = holderOf(whole, field.id) ?? whole;
  if (value === null) delete holder[field.id];
  else holder[field.id] = value;
  return JSON.stringify(whole);
}

/** See `Codec.payload`: at the top, or one object further down. */
function holderOf(whole: Record<string, unknown>, id: string): Record<string, unknown> | undefined {
  const inner = Object.values(whole).filter((value) => typeof value === "object" && value !== null);
  return [whole, ...(inner as Record<string, unknown>[])].find((holder) => Object.hasOwn(holder, id));
}

/** The binding that a test means: by the attribute's name in the config, or the field's at the destination. */
export function bindingOf({ bindings }: Pick<PreparedExport, "bindings">, name: string): Binding | undefined {
  return (
    bindings.find(({ attribute }) => attribute.name === name) ??
    bindings.find(({ field }) => field.name === name)
  );
}
