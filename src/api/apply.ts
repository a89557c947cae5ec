import type { Diagnostic } from "../model/diagnostic.js";
import type { Plan } from "../model/plan/plan.js";
import type { RunResult } from "../model/run/run.js";
import { apply as applyUseCase } from "../usecases/apply.js";
import { planningOf, type ExportsOptions, type Wishes } from "./options.js";

export interface ApplyOptions extends ExportsOptions, Wishes {
  /** Who runs this, as locks, the record and notices name it. */
  readonly actor: string;
  /** Asked once, with what would be done; not asked when there is nothing to do. Nothing is changed unless it says yes. */
  readonly approve: (plan: Plan) => boolean | Promise<boolean>;
  /** Finishes the request under way, records it and ends; `signal` ends at once. */
  readonly stop?: AbortSignal | undefined;
  /** False: the config's notifiers hear nothing of this run. */
  readonly notify?: boolean | undefined;
}

export interface ApplyResult {
  /** What was planned under the locks; undefined when the config is not sound. */
  readonly plan: Plan | undefined;
  /** How each export ended; undefined when it was not approved or the config is not sound. */
  readonly run: RunResult | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans once more and carries it out, under a lock per account. Called again, it does what is left.
 * Throws `Failure` when nothing could be done, because a lock is held for example; what ended per export is in `run`.
 */
export async function apply(options: ApplyOptions): Promise<ApplyResult> {
  const { actor, notify, approve } = options;
  const { plan, run, diagnostics } = await applyUseCase({
    ...planningOf(options),
    actor,
    notify,
    approve: async (planned) => approve(planned),
    // Whoever answers may take any time.
    asks: true,
    stop: options.stop ?? new AbortController().signal,
  });
  return { plan, run, diagnostics };
}
