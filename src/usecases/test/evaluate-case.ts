import type { Case, RollcallTestFile } from "../../config/test-file/test-file.gen.js";
import type { Engine } from "../../engine/engine.js";
import type { Config } from "../../model/config.js";
import type { Export } from "../../model/export.js";
import { Failure } from "../../model/failure.js";
import { literal } from "../../plugin/relation.js";
import type { StateStore } from "../../state/store.js";
import { prepare } from "../prepare/prepare.js";
import type { Session } from "../prepare/session.js";
import type { Lane } from "./lane.js";
import { offlineConnections } from "./offline.js";
import { outcomesOf, type Outcomes } from "./outcome.js";
import type { SharedByCases } from "./prepare-file.js";
import { emptyState, listIdOf, recordedState } from "./recorded.js";

export interface CaseContext {
  readonly config: Config;
  readonly file: RollcallTestFile;
  readonly shared: SharedByCases;
  readonly lane: Lane;
  /** A folder of the case's own inside the lane's. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What becomes of the exports that a case is about. Cases that are given the same are evaluated once. */
export function evaluateExports(context: CaseContext, one: Case): Promise<Outcomes> {
  const exports = exportsOf(context.config, one);
  const key = JSON.stringify([one.given ?? {}, exports.map(({ name }) => name)]);
  const known = context.shared.evaluated.get(key) ?? evaluate(context, one, exports);
  context.shared.evaluated.set(key, known);
  return known;
}

/** Those that the case is about, and those that share a list with them. */
function exportsOf(config: Config, { given, expect }: Case): Export[] {
  const named = new Set([...Object.keys(expect.exports ?? {}), ...Object.keys(given?.recorded ?? {})]);
  const all = [...config.exports.values()];
  const place = (wanted: Export): string => JSON.stringify([wanted.connection, listIdOf({ wanted })]);
  const lists = new Set(all.filter(({ name }) => named.has(name)).map(place));
  return all.filter((wanted) => lists.has(place(wanted)));
}

/**
 * First as if nothing had ever been delivered: that says what is sent for
 * whom. Where the case has people recorded, they are recorded with these
 * values, and what matters is what would be done then.
 */
async function evaluate(context: CaseContext, one: Case, exports: readonly Export[]): Promise<Outcomes> {
  const first = await outcomesWith(context, one, exports, emptyState(context.folder), new Map());
  const recorded = Object.entries(one.given?.recorded ?? {});
  const delivered = recorded.flatMap(([name, people]) => {
    const outcome = first.get(name);
    return outcome === undefined || outcome instanceof Failure ? [] : [{ outcome, people }];
  });
  if (delivered.length === 0) return first;
  const { keyOf } = context.shared;
  const { folder, signal } = context;
  const clock = context.shared.clockOf(one);
  const engine = await context.lane.engineAt(clock);
  const state = await recordedState(delivered, keyOf, { engine, folder, clock, signal });
  const members = new Map<string, string[]>();
  for (const { outcome, people } of delivered) {
    const keys = people.map((person) => keyOf(typeof person === "string" ? person : person.email));
    const list = listIdOf(outcome.prepared);
    members.set(list, [...(members.get(list) ?? []), ...keys]);
  }
  const second = await outcomesWith(context, one, exports, state, members);
  return new Map(
    [...second].map(([name, outcome]) => {
      const sent = first.get(name);
      const known = outcome instanceof Failure || sent === undefined || sent instanceof Failure;
      return [name, known ? outcome : { ...outcome, payloads: sent.payloads }];
    }),
  );
}

async function outcomesWith(
  context: CaseContext,
  one: Case,
  exports: readonly Export[],
  state: StateStore,
  members: ReadonlyMap<string, readonly string[]>,
): Promise<Outcomes> {
  const { config, file, shared } = context;
  const optedOut = (one.given?.optedOut ?? []).map(shared.keyOf);
  const connections = await offlineConnections(config, exports, file.fields, { optedOut, members });
  const session = await freshSession(context, one, state);
  const targets = exports.map(({ name }) => name);
  const accounts = { connections, failed: [], targets, leavingBy: new Map<string, string>() };
  return outcomesOf(session.engine, await prepare(session, exports, accounts));
}

/** A session in whose engine nothing has been made yet. */
export async function freshSession(context: CaseContext, one: Case, state: StateStore): Promise<Session> {
  const clock = context.shared.clockOf(one);
  return sessionOf(context, one, state, { engine: await context.lane.engineAt(clock), clock });
}

function sessionOf(
  { config, shared, folder, signal }: CaseContext,
  { given }: Case,
  state: StateStore,
  { engine, clock }: { readonly engine: Engine; readonly clock: Date },
): Session {
  const forgotten = (given?.forgotten ?? []).map((address) => literal(shared.keyOf(address)));
  return {
    config,
    engine,
    state,
    scratch: folder,
    clock,
    limiters: new Map(),
    reveal: false,
    ...(forgotten.length === 0
      ? {}
      : { forgotten: (keys) => `SELECT DISTINCT key FROM (${keys}) WHERE key IN (${forgotten.join(", ")})` }),
    overrides: [],
    emit: () => undefined,
    signal,
  };
}
