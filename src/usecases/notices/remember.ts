import type { Config } from "../../model/config.js";
import { noticeState, type StateRoot } from "../../state/root.js";
import type { StateStore } from "../../state/store.js";
import type { Change } from "./change.js";
import type { Outcome } from "./outcome.js";
import { subjectOf, type Telling } from "./telling.js";

type Notices = NonNullable<StateRoot["notices"]>;

/** Records what was told, by notifier, and which outcomes may pass by themselves. Writes only when that is news. */
export async function remember(
  state: StateStore,
  config: Config,
  telling: Telling,
  outcomes: readonly Outcome[],
  told: ReadonlyMap<string, readonly Change[]>,
): Promise<void> {
  const change = (root: StateRoot): void => {
    const notices: Notices = { ...root.notices };
    for (const outcome of outcomes) {
      const subject = subjectOf(telling, outcome);
      const known = noticeState(root, subject);
      const own = { ...known?.told };
      for (const [notifier, changes] of told)
        for (const { outcome: of, after } of changes) if (of === outcome) own[notifier] = after;
      const entry = { ...(outcome.passing ? { passing: true as const } : {}), told: own };
      if (outcome.passing || Object.keys(own).length > 0) notices[subject] = entry;
      else delete notices[subject];
    }
    if (Object.keys(notices).length > 0) root.notices = notices;
    else delete root.notices;
  };
  const draft = structuredClone(state.root);
  change(draft);
  if (JSON.stringify(draft.notices) !== JSON.stringify(state.root.notices))
    await state.update(change, telling.signal);
}
