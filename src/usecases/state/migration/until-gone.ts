import type { Config } from "../../../model/config/config.js";
import type { Emit } from "../../../model/run/event.js";
import { wait } from "../../../platform/wait.js";
import type { RunLock } from "../../../state/lease.js";
import { accountState, type StateRoot } from "../../../state/root/root.js";

/** What a request may take where no connection says so, at the slowest vendor. */
const REQUEST_SECONDS = 120;

/**
 * Waits until a run that never gave its account back can have no request under
 * way: at the new place nobody knows of it any more.
 */
export async function waitUntilGone(
  { connections }: Config,
  root: StateRoot,
  held: ReadonlyMap<string, RunLock>,
  { emit, signal }: { readonly emit: Emit; readonly signal: AbortSignal },
): Promise<void> {
  const limits = [...connections.values()].map((one) =>
    "requestTimeoutSeconds" in one ? (one.requestTimeoutSeconds ?? REQUEST_SECONDS) : 0,
  );
  const requestMs = Math.max(REQUEST_SECONDS, ...limits) * 1000;
  for (const [account, { lapsed }] of held) {
    if (lapsed === undefined || accountState(root, account)?.openRun === undefined) continue;
    if (lapsed.holder.operation === "state migrate") continue;
    const ms = lapsed.untilHere + requestMs - Date.now();
    if (ms <= 0) continue;
    const reason = `a request of ${lapsed.holder.who}, which did not give the account back, may be under way`;
    emit({ type: "waiting", account, reason, seconds: Math.ceil(ms / 1000) });
    await wait(ms, signal);
  }
}
