import { Failure } from "../../model/failure.js";
import { withLocks } from "../../run/locks.js";
import { rekeyAll, type RekeyResult } from "../../state/upkeep/rekey.js";
import { withState, type StateOptions, type StateResult } from "../../run/open-state.js";

export type { RekeyResult } from "../../state/upkeep/rekey.js";

/**
 * `rollcall state rekey`: writes everything that state refers to again under the
 * current key; killed in between, the rest is done by the next one.
 */
export function rekeyState(options: StateOptions): Promise<StateResult<RekeyResult>> {
  return withState(options, (run) => {
    const { state, actor } = run;
    const { current } = state.keys;
    if (current === undefined) {
      throw new Failure("invalid", "The config names no key to encrypt state with.", {
        hint: "Make one with `rollcall state new-key`, keep it with your other secrets, and name it: `state: {encryption: {key: {env: NAME}}}`.",
      });
    }
    const accounts = Object.keys(state.root.accounts);
    return withLocks(run, accounts, { operation: "state rekey", actor }, () => rekeyAll(run, current.id));
  });
}
