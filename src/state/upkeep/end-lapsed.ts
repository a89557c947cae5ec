import { accountState } from "../root/root.js";
import type { RunLock } from "../lease.js";
import type { StateStore } from "../store.js";

/**
 * Takes the accounts whose last holder never gave them back: it may have slept,
 * and must not name a blob that is deleted meanwhile.
 */
export async function endLapsed(
  state: StateStore,
  held: ReadonlyMap<string, RunLock>,
  signal: AbortSignal,
): Promise<void> {
  for (const [key, { lapsed }] of held) {
    const type = accountState(state.root, key)?.type;
    if (lapsed !== undefined && type !== undefined) await state.takeAccount(key, type, signal);
  }
}
