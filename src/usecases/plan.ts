import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/event.js";
import type { Plan } from "../model/plan.js";
import { baseConfig, type BaseWish } from "./base-config.js";
import { withForgotten } from "./forgotten.js";
import { judgedPlan } from "./judge-plan.js";
import { openLeaving } from "./prepare/open-leaving.js";
import { openAccounts, prepare, selectExports } from "./prepare/prepare.js";
import { planDocument } from "./prepare/plan-document.js";
import { withSession } from "./session.js";

export interface PlanOptions extends ConfigChoice {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  /** Show addresses in the clear. */
  readonly reveal?: boolean | undefined;
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[] | undefined;
  /** Nobody has reviewed this checkout: keys and addresses come from the base only. */
  readonly untrusted?: BaseWish | undefined;
  /** Who runs this, as roles name it, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** What an apply would do now. Changes nothing, neither at a destination nor in state, and takes no lock. */
export async function plan(
  options: PlanOptions,
): Promise<{ plan: Plan | undefined; diagnostics: readonly Diagnostic[] }> {
  const base = options.untrusted && (await baseConfig(options, options.untrusted));
  return withSession({ ...options, base }, async (session) => {
    const exports = selectExports(session, options.targets);
    const accounts = await openLeaving(session, await openAccounts(session, exports), options.targets);
    const prepared = await prepare(await withForgotten(session), exports, accounts);
    return judgedPlan(session, planDocument(session, prepared), options);
  }).then(({ result, diagnostics }) => ({ plan: result, diagnostics }));
}
