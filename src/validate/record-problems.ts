import type { Problem } from "../config/diagnostics/problem.js";
import type { Config } from "../model/config/config.js";
import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import { unlessFailed } from "../model/unless-failed.js";
import {
  exportState,
  parseRoot,
  type ExportState,
  type ListIdentity,
  type StateRoot,
} from "../state/root/root.js";
import { openBackend } from "../run/backends.js";
import { orphansOn, takeoverFailure } from "../records/orphan-list.js";
import { transitionOf } from "../records/transition.js";

/**
 * Exports that the record stands against, as plan would say it: told before any key is needed, where the state is
 * a folder of this machine. Nobody's data is read, and a state that cannot be read is for plan to tell of.
 */
export async function findRecordProblems(config: Config, signal: AbortSignal): Promise<Problem[]> {
  const root = await readableRoot(config, signal);
  if (root === undefined) return [];
  const { orphans, renamed, refused } = transitionOf(config, root, undefined);
  return [...config.exports.values()].flatMap((wanted): Problem[] => {
    const said =
      blocked(refused.get(wanted.name)) ?? explainTakeover(wanted, { config, root, orphans, renamed });
    if (said === undefined) return [];
    const { message, hint } = said.failure;
    const severity = said.certain ? "error" : "warning";
    return [{ severity, code: "record-differs", message, hint, at: ["exports", wanted.name], onKey: true }];
  });
}

/** A block that can do nothing, by the record alone. */
function blocked(failure: Failure | undefined): RecordFailure | undefined {
  return failure && { failure, certain: true };
}

async function readableRoot({ state, folder }: Config, signal: AbortSignal): Promise<StateRoot | undefined> {
  if (!state.store.kind.isOnThisMachine) return undefined;
  return unlessFailed(async () => {
    const backend = await openBackend(state.store, { folder, signal });
    const stored = await backend.readRoot(signal);
    return stored === undefined ? undefined : parseRoot(stored.bytes, backend.label);
  });
}

interface RecordedConfig {
  readonly config: Config;
  readonly root: StateRoot;
  readonly orphans: readonly string[];
  readonly renamed: ReadonlyMap<string, string>;
}

/** What is said of an export, and whether the record alone is enough to say it. */
interface RecordFailure {
  readonly failure: Failure;
  readonly certain: boolean;
}

/** An export that comes to the list of an orphan. Of a list by its name, the one that had it when it was recorded is meant. */
function explainTakeover(wanted: Export, recorded: RecordedConfig): RecordFailure | undefined {
  const { name, list } = wanted;
  const own = recordOf(name, recorded)?.list;
  const isOf = ({ listId, name: called }: ListIdentity): boolean =>
    "id" in list ? list.id === listId : list.name === called;
  if (own !== undefined && isOf(own)) return undefined;
  const { orphans } = recorded;
  for (const orphan of orphans) {
    const known = exportState(recorded.root, orphan);
    if (known === undefined || !isOf(known.list)) continue;
    const { accountId } = known.list;
    const leads =
      own === undefined ? leadsTo(wanted.connection, accountId, recorded) : own.accountId === accountId;
    if (leads === false) continue;
    const failure = takeoverFailure(
      { name, isNew: own === undefined },
      orphansOn(known.list, orphans, recorded),
      recorded,
    );
    if (leads) return { failure, certain: true };
    return { failure: provided(failure, wanted.connection, accountId), certain: false };
  }
  return undefined;
}

/**
 * Whether a connection leads to an account, as far as the record tells: it keeps accounts by their keys, so a
 * connection is taken to lead to where its exports are recorded. Undefined where that is open.
 */
function leadsTo(connection: string, account: string, recorded: RecordedConfig): boolean | undefined {
  const { connections } = recorded.config;
  const own = accountsOf(connection, recorded);
  if (own.size > 0) return own.has(account);
  if ([...connections.keys()].some((other) => accountsOf(other, recorded).has(account))) return false;
  return account.startsWith(`${connections.get(connection)?.type}:`) ? undefined : false;
}

function accountsOf(connection: string, recorded: RecordedConfig): Set<string> {
  const own = [...recorded.config.exports.values()].filter((one) => one.connection === connection);
  return new Set(own.flatMap(({ name }) => recordOf(name, recorded)?.list.accountId ?? []));
}

function recordOf(name: string, { root, renamed }: RecordedConfig): ExportState | undefined {
  return exportState(root, renamed.get(name) ?? name);
}

function provided({ kind, message, hint }: Failure, connection: string, account: string): Failure {
  return new Failure(kind, `If the connection "${connection}" leads to ${account}: ${message}`, {
    hint: `${hint} \`rollcall plan\` asks the connection, and then refuses the export or not.`,
  });
}
