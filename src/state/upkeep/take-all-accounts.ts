import type { StateStore } from "../store.js";

/** Takes every account that is known, so that a run that lost its lock and does not know it yet can record nothing more. */
export async function takeAllAccounts(state: StateStore, signal: AbortSignal): Promise<void> {
  for (const [account, { type }] of Object.entries(state.root.accounts))
    await state.takeAccount(account, type, signal);
}
