import type { ConfigChoice } from "../config/choice.js";
import type { Emit } from "../model/run/event.js";
import type { Plan } from "../model/plan/plan.js";
import type { PlanFile } from "../model/plan/plan-file.js";
import type { Notifying } from "../notices/notice-options.js";
import type { ScheduledApply } from "./scheduled.js";

export interface ApplyOptions extends ConfigChoice, Notifying {
  /** Names of exports; all when empty. Those of the plan where one is given. */
  readonly targets?: readonly string[] | undefined;
  /** Applied as it is, less those who opted out since; without it the sources decide. */
  readonly saved?: PlanFile | undefined;
  /** What was approved of a plan that was not saved: anything else is refused. */
  readonly expect?: string | undefined;
  /** Files of approvals; one that does not count refuses the run. */
  readonly approvalFiles?: readonly string[] | undefined;
  readonly reveal?: boolean | undefined;
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[] | undefined;
  readonly emit: Emit;
  /** Stops at once. */
  readonly signal: AbortSignal;
  /** Finishes the request in flight, records it and stops. */
  readonly stop: AbortSignal;
  /** Add and update nobody: only people who withdrew or left are taken off. */
  readonly removalsOnly?: boolean | undefined;
  /** Whom the destination rejected is sent once more. */
  readonly retryRejected?: boolean | undefined;
  /** Asked once, with what would be done; not asked when there is nothing to do. */
  readonly approve: (plan: Plan) => Promise<boolean>;
  /** Whether a person is, who may take any time. */
  readonly asks?: boolean | undefined;
  /** Who runs this. */
  readonly actor: string;
  /** Set when the schedule asks for it: what others hold or have done is left out then. */
  readonly scheduled?: ScheduledApply | undefined;
  /** The same as roles name it, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
}
