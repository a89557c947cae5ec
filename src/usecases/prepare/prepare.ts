import { distance } from "fastest-levenshtein";
import type { Export } from "../../model/export.js";
import { Failure } from "../../model/failure.js";
import type { Destination } from "../../plugin/destination.js";
import { openConnection, type OpenConnection } from "../accounts.js";
import { prepareAccount } from "./account.js";
import { compile, within } from "./compile.js";
import { failedExport } from "./failed-export.js";
import { loadSources } from "./load-data.js";
import type { CompiledExport, FailedExport, PreparedAccount } from "./prepared.js";
import type { Session } from "./session.js";
import { withMirrorChecks } from "./two-mirrors.js";

export interface Prepared {
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

/** Asks every connection that the exports use who it is. */
export async function openAccounts(
  session: Session,
  exports: readonly Export[],
  /** Asked with the account's key before each write. */
  mayWriteUntil?: (accountKey: string) => Promise<number>,
): Promise<OpenAccounts> {
  const connections = new Map<string, OpenConnection>();
  const writers = new Map<string, Destination>();
  const failures = new Map<string, unknown>();
  for (const name of new Set(exports.map(({ connection }) => connection))) {
    const connection = session.config.connections.get(name);
    if (connection === undefined) continue;
    session.emit({ type: "stage", export: undefined, stage: `connecting to ${name}` });
    try {
      const { open, destination } = await within(`Connection "${name}"`, () =>
        openConnection(session.config, connection, {
          scratch: session.scratch,
          spent: () => spentRequests(session, connection.type),
          onWait: (account, reason, seconds) => session.emit({ type: "waiting", account, reason, seconds }),
          mayWriteUntil,
          signal: session.signal,
        }),
      );
      connections.set(name, open);
      writers.set(name, destination);
    } catch (error) {
      failures.set(name, error);
    }
  }
  const failed = exports.flatMap((wanted) =>
    failures.has(wanted.connection)
      ? [failedExport(session.config, wanted, failures.get(wanted.connection))]
      : [],
  );
  return { connections, writers, failed };
}

/**
 * The one code path of plan and apply: from config, sources, state and
 * destination to what would be sent. Only reads at the destination.
 */
export async function prepare(
  session: Session,
  exports: readonly Export[],
  accounts: Pick<OpenAccounts, "connections" | "failed">,
): Promise<Prepared> {
  const { config } = session;
  const failed: FailedExport[] = [...accounts.failed];
  const compiled: CompiledExport[] = [];
  for (const [index, wanted] of exports.entries()) {
    const open = accounts.connections.get(wanted.connection);
    if (open === undefined) continue;
    try {
      compiled.push(await compile(session, wanted, open, index));
    } catch (error) {
      failed.push(failedExport(config, wanted, error));
    }
  }
  const checked = withMirrorChecks(session, compiled);
  const missingSources = await loadSources(session, checked);
  const prepared: PreparedAccount[] = [];
  for (const [index, key] of [...new Set(checked.map(({ open }) => open.accountKey))].entries()) {
    const own = checked.filter(({ open }) => open.accountKey === key);
    const [first] = own;
    if (first === undefined) continue;
    try {
      const result = await prepareAccount(session, {
        key,
        open: first.open,
        exports: own,
        missingSources,
        prefix: `acc${index}`,
      });
      prepared.push(result.account);
      failed.push(...result.failed);
    } catch (error) {
      failed.push(...own.map(({ wanted }) => failedExport(config, wanted, error)));
    }
  }
  return { accounts: prepared, failed };
}

/** The exports a command is about; a name that does not exist is an error. */
export function selectExports(
  session: { readonly config: Session["config"] },
  targets: readonly string[] | undefined,
): Export[] {
  const all = [...session.config.exports.values()];
  if (targets === undefined || targets.length === 0) return all;
  for (const target of targets) {
    if (session.config.exports.has(target)) continue;
    const [nearest] = [...session.config.exports.keys()].sort(
      (a, b) => distance(a, target) - distance(b, target),
    );
    throw new Failure(
      "invalid",
      `There is no export "${target}".`,
      nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` },
    );
  }
  return all.filter(({ name }) => targets.includes(name));
}

/** Requests of the last hour at destinations of one type, by bucket. */
export function spentRequests({ state }: Session, type: string): Record<string, number[]> {
  const spent: Record<string, number[]> = {};
  for (const account of Object.values(state.root.accounts)) {
    if (account.type !== type) continue;
    for (const [bucket, times] of Object.entries(account.spent)) (spent[bucket] ??= []).push(...times);
  }
  return spent;
}
