import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/run/event.js";
import { narrowingOf } from "../model/plan/narrowing.js";
import type { Plan } from "../model/plan/plan.js";
import type { PlanFile } from "../model/plan/plan-file.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";
import { withForgotten } from "../run/forgotten.js";
import { judgePlan } from "../planner/describe/judge-plan.js";
import { openLeaving } from "../planner/transition/open-leaving.js";
import { openAccounts, prepare, selectExports } from "../planner/prepare.js";
import { planDocument } from "../planner/describe/plan-document.js";
import { readCommitAuthors, mustKnowCommitAuthors } from "../approvals/authors/authors.js";
import { savePlan } from "../approvals/saved-plan/save.js";
import { withRun } from "../run/open.js";

export interface PlanOptions extends ConfigChoice, MaybeUntrusted {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  /** Show addresses in the clear. */
  readonly reveal?: boolean | undefined;
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[] | undefined;
  /** What an apply that only takes people off would do. */
  readonly removalsOnly?: boolean | undefined;
  /** Whom the destination rejected is sent once more. */
  readonly retryRejected?: boolean | undefined;
  /** Who runs this, as roles name it, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  /** Keep the rows in the state, so that `apply` can go by this very plan. Neither who asks for it nor who wrote the commits since `base` may approve it. */
  readonly save?: { readonly base: string | undefined } | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface PlanResult {
  readonly plan: Plan | undefined;
  /** When it was to be saved. */
  readonly file: PlanFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What an apply would do now. Changes nothing, neither at a destination nor in the root of the state, and takes no lock. */
export async function plan(options: PlanOptions): Promise<PlanResult> {
  const trusted = await loadBaseOfUntrusted(options);
  return withRun({ ...options, base: trusted }, async (run) => {
    const exports = selectExports(run, options.targets);
    const accounts = await openLeaving(run, await openAccounts(run, exports), options.targets);
    const prepared = await prepare(await withForgotten(run), exports, accounts);
    const document = await judgePlan(run, planDocument(run, prepared, narrowingOf(options)), options);
    if (options.save === undefined) return { plan: document, file: undefined };
    const { approvals, folder } = run.config;
    const authorsOf = approvals.allowedSigners === undefined ? readCommitAuthors : mustKnowCommitAuthors;
    // A branch that is not merged yet has more commits than the last.
    const since = trusted?.commit ?? options.save.base;
    const commits = (await authorsOf(folder, since, run.signal)) ?? [];
    const authors = [...(options.identity === undefined ? [] : [options.identity]), ...commits];
    const file = await savePlan(run, prepared, document, authors);
    return { plan: file.plan, file };
  }).then(({ result, diagnostics }) => ({ plan: result?.plan, file: result?.file, diagnostics }));
}
