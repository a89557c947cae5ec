import { Failure } from "../../model/failure.js";
import { keptFailure } from "../../platform/defects.js";
import type { OpenConnection } from "../../run/accounts.js";
import type { Destination } from "../../plugin/destination.js";
import { connectAccount } from "../connect.js";
import type { OpenAccounts, RunAccounts } from "../prepare.js";
import type { Run } from "../../run/run.js";
import { transitionOf, type LeavingExport } from "../../records/transition.js";

/** Finds for each export that leaves its list a connection that leads to its account. */
export async function openLeaving(
  run: Run,
  accounts: OpenAccounts,
  targets: readonly string[] | undefined,
  mayWriteUntil?: (accountKey: string) => Promise<number>,
): Promise<RunAccounts> {
  const { leaving } = transitionOf(run.config, run.state.root, targets);
  const connections = new Map(accounts.connections);
  const writers = new Map(accounts.writers);
  const leavingBy = new Map<string, string | Failure>();
  for (const one of leaving) {
    const known = [...connections].find(([, { accountKey }]) => accountKey === one.state.list.accountId);
    const found = known?.[0] ?? (await search(run, one, { connections, writers, mayWriteUntil }));
    leavingBy.set(one.name, found);
  }
  return { ...accounts, connections, writers, targets, leavingBy };
}

/** Asks the connections that no export of this run uses; one that leads elsewhere is not kept. */
async function search(
  run: Run,
  { name, state }: LeavingExport,
  {
    connections,
    writers,
    mayWriteUntil,
  }: {
    connections: Map<string, OpenConnection>;
    writers: Map<string, Destination>;
    mayWriteUntil: ((accountKey: string) => Promise<number>) | undefined;
  },
): Promise<string | Failure> {
  const { accountId } = state.list;
  let failure: Failure | undefined;
  for (const connection of run.config.connections.values()) {
    if (connections.has(connection.name) || !accountId.startsWith(`${connection.type}:`)) continue;
    try {
      const { open, destination } = await connectAccount(run, connection, mayWriteUntil);
      if (open.accountKey !== accountId) continue;
      connections.set(connection.name, open);
      writers.set(connection.name, destination);
      return connection.name;
    } catch (error) {
      failure ??= keptFailure(error);
    }
  }
  return (
    failure ??
    new Failure("invalid", `No connection leads to ${accountId}, where "${name}" has people to remove.`, {
      hint: "Put its connection back until they are removed, or write `members: keep` to let them stay.",
    })
  );
}
