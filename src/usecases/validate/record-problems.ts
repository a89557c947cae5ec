import type { Problem } from "../../config/problem.js";
import type { Config } from "../../model/config.js";
import type { Export } from "../../model/export.js";
import { Failure } from "../../model/failure.js";
import { exportState, parseRoot, type ListIdentity, type StateRoot } from "../../state/root.js";
import { openBackend } from "../backends.js";
import { takenOver } from "../prepare/orphan-list.js";
import { transitionOf } from "../prepare/transition.js";

/**
 * Exports that the record stands against, as plan would say it: told before any key is needed, where the state is
 * a folder of this machine. Nobody's data is read, and a state that cannot be read is for plan to tell of.
 */
export async function recordProblems(config: Config, signal: AbortSignal): Promise<Problem[]> {
  const root = await readableRoot(config, signal);
  if (root === undefined) return [];
  const { orphans, renamed, refused } = transitionOf(config, root, undefined);
  return [...config.exports.values()].flatMap((wanted): Problem[] => {
    const failure = refused.get(wanted.name) ?? takeover(wanted, { config, root, orphans, renamed });
    if (failure === undefined) return [];
    const { message, hint } = failure;
    const at = ["exports", wanted.name];
    return [{ severity: "error", code: "record-differs", message, hint, at, onKey: true }];
  });
}

async function readableRoot({ state, folder }: Config, signal: AbortSignal): Promise<StateRoot | undefined> {
  if (state.store.type !== "local") return undefined;
  try {
    const backend = await openBackend(state.store, { folder, signal });
    const stored = await backend.readRoot(signal);
    return stored === undefined ? undefined : parseRoot(stored.bytes, backend.label);
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return undefined;
    throw error;
  }
}

interface Recorded {
  readonly config: Config;
  readonly root: StateRoot;
  readonly orphans: readonly string[];
  readonly renamed: ReadonlyMap<string, string>;
}

/** Accounts are known by their keys only, so a connection is taken to lead to where it last led. */
function takeover(wanted: Export, { config, root, orphans, renamed }: Recorded): Failure | undefined {
  const { name, connection, list } = wanted;
  if (exportState(root, name) !== undefined || renamed.has(name)) return undefined;
  const type = config.connections.get(connection)?.type;
  const accounts = accountsOf(connection, config, root);
  const isHere = ({ accountId, listId, name: called }: ListIdentity): boolean =>
    (accounts.size === 0 ? accountId.startsWith(`${type}:`) : accounts.has(accountId)) &&
    ("id" in list ? list.id === listId : list.name === called);
  for (const orphan of orphans) {
    const recorded = exportState(root, orphan)?.list;
    if (recorded !== undefined && isHere(recorded)) return takenOver(name, orphan, recorded.listId);
  }
  return undefined;
}

function accountsOf(connection: string, { exports }: Config, root: StateRoot): Set<string> {
  const own = [...exports.values()].filter((one) => one.connection === connection);
  return new Set(own.flatMap(({ name }) => exportState(root, name)?.list.accountId ?? []));
}
