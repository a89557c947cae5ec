import { isFromFuture } from "../model/believed-time.js";
import { Failure } from "../model/failure.js";
import { LeaseHeld } from "../plugin/state-backend.js";
import { withLocks } from "../run/locks.js";
import type { Run } from "../run/run.js";
import { endLapsed } from "../state/upkeep/end-lapsed.js";
import { collectGarbage } from "../state/upkeep/collect.js";

const DAY_MS = 24 * 3_600_000;

/**
 * Deletes what state need not keep, once a day, at the end of a run that holds
 * some of the accounts. When another run holds one of the rest, the next run
 * does it. Whatever goes wrong is not a fault of this run's.
 */
export async function collectWhenDue(run: Run, actor: string, held: ReadonlySet<string>): Promise<void> {
  const { state, config, scratch, signal, emit } = run;
  const { collectedAt } = state.root;
  const [now, last] = [Date.now(), Date.parse(collectedAt ?? "")];
  if (now - last < DAY_MS && !isFromFuture(last, now)) return;
  const others = Object.keys(state.root.accounts).filter((account) => !held.has(account));
  const { retention } = config.state;
  try {
    await withLocks(run, others, { operation: "state gc", actor }, async ({ held: asleep }) => {
      await endLapsed(state, asleep, signal);
      await collectGarbage(state, { retention, now: new Date(), scratch, dryRun: false, signal });
      await state.update((root) => {
        root.collectedAt = new Date().toISOString();
      }, signal);
    });
  } catch (error) {
    if (error instanceof LeaseHeld) return;
    if (!(error instanceof Failure)) throw error;
    emit({
      type: "warning",
      export: undefined,
      message: `What state need not keep could not be deleted: ${error.message}`,
    });
  }
}
