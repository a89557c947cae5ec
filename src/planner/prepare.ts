import { distance } from "fastest-levenshtein";
import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import type { Destination } from "../plugin/destination.js";
import type { OpenConnection } from "../run/accounts.js";
import { prepareAccount } from "./account.js";
import { compileForAccount } from "./compile.js";
import { connectAccount } from "./connect.js";
import { dropsOf, movesOf } from "./transition/claims-moves.js";
import { detachedExport, detachmentOf, type DetachedExport } from "./transition/detached.js";
import { failedExport } from "./describe/failed-export.js";
import { compileLeaving, leavingExport } from "./transition/leaving.js";
import { fromSources } from "./rows/from-sources.js";
import { onlyRemovals, mayTakeOff } from "./rows/only-removals.js";
import type { CompiledExport, FailedExport, PreparedAccount } from "./prepared.js";
import type { RowsFrom } from "./rows/rows-from.js";
import type { Run } from "../run/run.js";
import { isGivenUp, transitionOf, type LeavingExport, type Transition } from "../records/transition.js";
import { addMirrorChecks } from "./two-mirrors.js";

export interface Prepared {
  readonly transition: Transition;
  readonly detached: readonly DetachedExport[];
  readonly accounts: readonly PreparedAccount[];
  readonly failed: readonly FailedExport[];
}

/** The accounts behind the exports of this run, and the exports that could not even be compiled. */
export interface OpenAccounts {
  readonly connections: ReadonlyMap<string, OpenConnection>;
  /** By connection; only an apply hands them on. */
  readonly writers: ReadonlyMap<string, Destination>;
  readonly failed: readonly FailedExport[];
}

/** Accounts with those that exports which leave their lists need as well. */
export interface RunAccounts extends OpenAccounts {
  readonly targets: readonly string[] | undefined;
  /** By name of the record: the connection that leads to its account, or why there is none. */
  readonly leavingBy: ReadonlyMap<string, string | Failure>;
}

/** Asks every connection that the exports use who it is. */
export async function openAccounts(
  run: Run,
  exports: readonly Export[],
  /** Asked with the account's key before each write. */
  mayWriteUntil?: (accountKey: string) => Promise<number>,
): Promise<OpenAccounts> {
  const connections = new Map<string, OpenConnection>();
  const writers = new Map<string, Destination>();
  const failures = new Map<string, unknown>();
  for (const name of new Set(exports.map(({ connection }) => connection))) {
    const connection = run.config.connections.get(name);
    if (connection === undefined || detachmentOf(run, name) !== undefined) continue;
    try {
      const { open, destination } = await connectAccount(run, connection, mayWriteUntil);
      connections.set(name, open);
      writers.set(name, destination);
    } catch (error) {
      failures.set(name, error);
    }
  }
  const failed = exports.flatMap((wanted) =>
    failures.has(wanted.connection)
      ? [failedExport(run.config, wanted, failures.get(wanted.connection))]
      : [],
  );
  return { connections, writers, failed };
}

/**
 * The one code path of plan and apply: from config, sources, state and
 * destination to what would be sent. Only reads at the destination.
 */
export async function prepare(
  run: Run,
  exports: readonly Export[],
  accounts: Pick<RunAccounts, "connections" | "failed" | "targets" | "leavingBy">,
  given: RowsFrom = fromSources,
): Promise<Prepared> {
  const { config } = run;
  const failed: FailedExport[] = [...accounts.failed];
  const compiled: CompiledExport[] = [];
  const detached: DetachedExport[] = [];
  const transition = transitionOf(config, run.state.root, accounts.targets);
  for (const [index, wanted] of exports.entries()) {
    const open = accounts.connections.get(wanted.connection);
    const why = detachmentOf(run, wanted.connection);
    if (why !== undefined) detached.push(detachedExport(run, wanted, why));
    if (open === undefined || why !== undefined) continue;
    try {
      compiled.push(await compileForAccount(run, wanted, open, index, transition));
    } catch (error) {
      failed.push(failedExport(config, wanted, error));
    }
  }
  const rows = run.removalsOnly ? onlyRemovals(given) : given;
  const active = run.removalsOnly ? compiled.filter(mayTakeOff) : compiled;
  const leaving: CompiledExport[] = [];
  for (const [index, [one, by]] of leavingOf(transition, active, accounts).entries()) {
    const open = typeof by === "string" ? accounts.connections.get(by) : undefined;
    try {
      if (by instanceof Failure) throw by;
      if (open === undefined) continue;
      const why = detachmentOf(run, open.connection.name);
      if (why !== undefined)
        detached.push(detachedExport(run, leavingExport(one, open.connection.name), why));
      else leaving.push(await compileLeaving(run, one, open, exports.length + index));
    } catch (error) {
      failed.push(failedExport(config, leavingExport(one, typeof by === "string" ? by : ""), error));
    }
  }
  const checked = [...addMirrorChecks(run, active), ...leaving];
  const missingSources = await rows.load(run, checked);
  const prepared: PreparedAccount[] = [];
  for (const [index, key] of [...new Set(checked.map(({ open }) => open.accountKey))].entries()) {
    const own = checked.filter(({ open }) => open.accountKey === key);
    const [first] = own;
    if (first === undefined) continue;
    try {
      const result = await prepareAccount(run, {
        key,
        open: first.open,
        exports: own,
        rows,
        missingSources,
        orphans: transition.orphans,
        moves: [...dropsOf(transition, key), ...own.flatMap(movesOf)],
        prefix: `acc${index}`,
      });
      prepared.push(result.account);
      failed.push(...result.failed);
    } catch (error) {
      failed.push(...own.map(({ wanted }) => failedExport(config, wanted, error)));
    }
  }
  const notes = [...transition.notes, ...compiled.filter((one) => !active.includes(one)).map(leftOut)];
  return { accounts: prepared, failed, detached, transition: { ...transition, notes } };
}

function leftOut({ wanted }: CompiledExport): string {
  return `"${wanted.name}" is left out: nobody was put on its list yet who could be taken off.`;
}

/** Exports that leave their lists, with the connection each goes by. */
function leavingOf(
  { leaving }: Transition,
  compiled: readonly CompiledExport[],
  { leavingBy }: Pick<RunAccounts, "leavingBy">,
): [LeavingExport, string | Failure][] {
  const known = leaving.flatMap((one): [LeavingExport, string | Failure][] => {
    const by = leavingBy.get(one.name);
    return by === undefined ? [] : [[one, by]];
  });
  const departing = compiled.flatMap(({ wanted, applied, relocation }): [LeavingExport, string][] =>
    applied === undefined || relocation?.oldMembers !== "remove"
      ? []
      : [
          [
            {
              name: relocation.departed,
              state: applied,
              maxRemovals: relocation.maxRemovals,
              after: wanted.name,
            },
            wanted.connection,
          ],
        ],
  );
  return [...known, ...departing];
}

/** The exports a command is about; a name that does not exist is an error. */
export function selectExports(
  run: { readonly config: Run["config"] },
  targets: readonly string[] | undefined,
): Export[] {
  const all = [...run.config.exports.values()];
  if (targets === undefined || targets.length === 0) return all;
  for (const target of targets) {
    if (run.config.exports.has(target) || isGivenUp(target, run.config)) continue;
    throw noSuchExport(target, [...run.config.exports.keys()]);
  }
  return all.filter(({ name }) => targets.includes(name));
}

/** What is said of a name that none of these exports has. */
export function noSuchExport(name: string, known: readonly string[]): Failure {
  const [nearest] = [...known].sort((a, b) => distance(a, name) - distance(b, name));
  return new Failure(
    "invalid",
    `There is no export "${name}".`,
    nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` },
  );
}
