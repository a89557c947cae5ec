import { withLocks } from "../../run/locks.js";
import { endLapsed } from "../../state/upkeep/end-lapsed.js";
import { collectGarbage, type Collected } from "../../state/upkeep/collect.js";
import { withState, type StateOptions, type StateResult } from "../../run/open-state.js";

/** `rollcall state gc`: deletes what nothing refers to and the retention does not keep. */
export function gcState(
  options: StateOptions & { readonly dryRun: boolean },
): Promise<StateResult<Collected>> {
  return withState(options, (run) => {
    const { config, state, scratch, actor, signal } = run;
    const { dryRun } = options;
    const { retention } = config.state;
    const collectAll = (): Promise<Collected> =>
      collectGarbage(state, { retention, now: new Date(), scratch, dryRun, signal });
    if (dryRun) return collectAll();
    const accounts = Object.keys(state.root.accounts);
    return withLocks(run, accounts, { operation: "state gc", actor }, async ({ held }) => {
      await endLapsed(state, held, signal);
      const collected = await collectAll();
      await state.update((root) => {
        root.collectedAt = new Date().toISOString();
      }, signal);
      return collected;
    });
  });
}
