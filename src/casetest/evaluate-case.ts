import { mkdir, rm } from "node:fs/promises";
import type { Case, RollcallTestFile } from "../config/test-file/test-file.gen.js";
import type { Engine } from "../engine/engine.js";
import type { Config } from "../model/config/config.js";
import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import { literal } from "../plugin/relation.js";
import type { StateStore } from "../state/store.js";
import { prepare } from "../planner/prepare.js";
import type { Run } from "../run/run.js";
import { SharedThings } from "../run/shared.js";
import { buildGivenConfig } from "./given-config.js";
import type { Lane } from "./reused-engine.js";
import { openOfflineConnections } from "./offline-connections.js";
import { findOutcomes, type Outcomes } from "./outcome.js";
import type { SharedByCases } from "./prepare-file.js";
import { openEmptyState, listIdOf, buildRecordedState } from "./recorded-state.js";
import { findMembersOfSegments } from "./segments.js";

export interface CaseContext {
  readonly config: Config;
  readonly file: RollcallTestFile;
  readonly shared: SharedByCases;
  /** What was found out already, by what was given. */
  readonly evaluated: Map<string, Promise<Evaluated>>;
  readonly lane: Lane;
  /** A folder of the case's own inside the lane's. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What came out of a case: who is in each segment, what becomes of each export, or why that cannot be known. */
export interface Evaluated {
  readonly segments: ReadonlyMap<string, readonly string[] | Failure>;
  readonly exports: Outcomes;
}

/** Evaluates a case with the code of plan and apply. Cases that are given the same are evaluated together, once. */
export function evaluateCase(context: CaseContext, one: Case): Promise<Evaluated> {
  const { evaluated } = context;
  const key = context.shared.givenKeyOf(one);
  const known = evaluated.get(key) ?? evaluateGiven(context, one, key);
  evaluated.set(key, known);
  return known;
}

async function evaluateGiven(context: CaseContext, one: Case, key: string): Promise<Evaluated> {
  const { file, folder, shared } = context;
  const expected = file.cases.filter((other) => shared.givenKeyOf(other) === key).map(({ expect }) => expect);
  const segments = [...new Set(expected.flatMap((expect) => Object.keys(expect.segments ?? {})))];
  const names = expected.flatMap((expect) => Object.keys(expect.exports ?? {}));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const config = await buildGivenConfig(context.config, file, one, shared, folder);
    const exports = exportsFor(config, [...names, ...Object.keys(one.given?.recorded ?? {})]);
    return await evaluate({ ...context, config }, one, exports, segments);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** These exports, and those that share a list with them. */
function exportsFor(config: Config, names: readonly string[]): Export[] {
  const all = [...config.exports.values()];
  const place = (wanted: Export): string => JSON.stringify([wanted.connection, listIdOf({ wanted })]);
  const lists = new Set(all.filter(({ name }) => names.includes(name)).map(place));
  return all.filter((wanted) => lists.has(place(wanted)));
}

/**
 * First as if nothing had ever been delivered: that says what is sent for
 * whom. Where the case has people recorded, they are recorded with these
 * values, and what matters is what would be done then.
 */
async function evaluate(
  context: CaseContext,
  one: Case,
  exports: readonly Export[],
  names: readonly string[],
): Promise<Evaluated> {
  const fresh = await openFreshRun(context, one, await openEmptyState(context.folder));
  const first = await outcomesWith(context, one, exports, fresh, new Map());
  const segments = await findMembersOfSegments(fresh, names);
  const recorded = Object.entries(one.given?.recorded ?? {});
  const delivered = recorded.flatMap(([name, people]) => {
    const outcome = first.get(name);
    return outcome === undefined || outcome instanceof Failure ? [] : [{ outcome, people }];
  });
  if (delivered.length === 0) return { segments, exports: first };
  const { keyOf } = context.shared;
  const { folder, signal } = context;
  const clock = context.shared.clockOf(one);
  const engine = await context.lane.engineAt(clock);
  const state = await buildRecordedState(delivered, keyOf, { engine, folder, clock, signal });
  const members = new Map<string, string[]>();
  for (const { outcome, people } of delivered) {
    const keys = people.map((person) => keyOf(typeof person === "string" ? person : person.email));
    const list = listIdOf(outcome.prepared);
    members.set(list, [...(members.get(list) ?? []), ...keys]);
  }
  const second = await outcomesWith(context, one, exports, await openFreshRun(context, one, state), members);
  const withPayloads = [...second].map(([name, outcome]) => {
    const sent = first.get(name);
    const known = outcome instanceof Failure || sent === undefined || sent instanceof Failure;
    return [name, known ? outcome : { ...outcome, payloads: sent.payloads }] as const;
  });
  return { segments, exports: new Map(withPayloads) };
}

async function outcomesWith(
  context: CaseContext,
  one: Case,
  exports: readonly Export[],
  run: Run,
  members: ReadonlyMap<string, readonly string[]>,
): Promise<Outcomes> {
  if (exports.length === 0) return new Map();
  const { config, file, shared } = context;
  const optedOut = (one.given?.optedOut ?? []).map(shared.keyOf);
  const connections = await openOfflineConnections(config, exports, file.fields, { optedOut, members });
  const targets = exports.map(({ name }) => name);
  const accounts = { connections, failed: [], targets, leavingBy: new Map<string, string>() };
  return findOutcomes(run.engine, await prepare(run, exports, accounts));
}

/** A run in whose engine nothing has been made yet. */
async function openFreshRun(context: CaseContext, one: Case, state: StateStore): Promise<Run> {
  const clock = context.shared.clockOf(one);
  return createRun(context, one, state, { engine: await context.lane.engineAt(clock), clock });
}

function createRun(
  { config, shared, folder, signal }: CaseContext,
  { given }: Case,
  state: StateStore,
  { engine, clock }: { readonly engine: Engine; readonly clock: Date },
): Run {
  const forgotten = (given?.forgotten ?? []).map((address) => literal(shared.keyOf(address)));
  return {
    config,
    engine,
    state,
    scratch: folder,
    clock,
    limiters: new Map(),
    // Nobody is asked: all opt-outs that there are are in the test.
    shared: new SharedThings(),
    loadedSources: new Map(),
    accountKeys: new Map([...config.connections.keys()].map((name) => [name, undefined])),
    reveal: false,
    untrusted: false,
    removalsOnly: false,
    retryRejected: false,
    ...(forgotten.length === 0
      ? {}
      : { forgotten: (keys) => `SELECT DISTINCT key FROM (${keys}) WHERE key IN (${forgotten.join(", ")})` }),
    overrides: [],
    emit: () => undefined,
    signal,
  };
}
