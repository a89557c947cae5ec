import type { Drift } from "../../model/reports/drift.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure, type FailureKind } from "../../model/failure.js";
import type { Plan } from "../../model/plan/plan.js";
import type { ExportResult, RunResult } from "../../model/run/run.js";
import { isAbort } from "../../platform/defects.js";
import { hasChanges, isIncomplete } from "../../plan/changes.js";
import { isUnsafe } from "../../plan/refusals.js";
import { driftTotal } from "../../report/drift-human.js";

/** Every way a command can end; the numbers are part of the interface. */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  invalid: 3,
  auth: 4,
  refused: 5,
  stale: 6,
  locked: 7,
  partly: 8,
  interrupted: 130,
} as const;

/** The same for people: help and reference are made of this. */
export const EXIT_CODES: readonly (readonly [ExitCode, string])[] = [
  [EXIT.done, "done, or nothing to do"],
  [EXIT.failed, "failed"],
  [EXIT.changes, "changes present (only with --detailed-exitcode of plan, drift and env diff)"],
  [EXIT.invalid, "invalid config or usage; fmt --check would change files"],
  [EXIT.auth, "authentication or permission at source or destination"],
  [
    EXIT.refused,
    "refused: policy, consent, access or safeguard (in plan with --fail-on-unsafe, or when a list could not be planned)",
  ],
  [EXIT.stale, "stale plan or state conflict"],
  [EXIT.locked, "lock held by another run"],
  [EXIT.partly, "partly applied"],
  [EXIT.interrupted, "interrupted, or not approved"],
];

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const OF_KIND: Readonly<Record<FailureKind, ExitCode>> = {
  auth: EXIT.auth,
  "not-found": EXIT.failed,
  conflict: EXIT.stale,
  "rate-limit": EXIT.failed,
  transient: EXIT.failed,
  permanent: EXIT.failed,
  "unknown-outcome": EXIT.failed,
  refused: EXIT.refused,
  invalid: EXIT.invalid,
  "lock-held": EXIT.locked,
  stale: EXIT.stale,
  interrupted: EXIT.interrupted,
};

/** For a command that ended by throwing. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof Failure) return OF_KIND[error.kind];
  if (isAbort(error)) return EXIT.interrupted;
  return EXIT.failed;
}

/** For commands that look at several things and name the kind of each failure. */
export function exitCodeOfKinds(kinds: readonly string[]): ExitCode {
  return kinds.length === 0 ? EXIT.done : together(kinds.map(ofKind));
}

/** For commands whose result is a list of diagnostics. */
export function exitCodeOfDiagnostics(diagnostics: readonly Diagnostic[]): ExitCode {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error") ? EXIT.invalid : EXIT.done;
}

/**
 * For `plan`. What could not be planned comes first, whatever the reason: an
 * incomplete plan is not a success. Then what is unsafe (only when asked), then
 * changes (only when asked). A check that failed is not a failure of the plan: it
 * shows what apply would refuse.
 */
export function exitCodeOfPlan(
  plan: Plan | undefined,
  diagnostics: readonly Diagnostic[],
  options: { readonly detailedExitcode: boolean; readonly failOnUnsafe: boolean },
): ExitCode {
  const checked = exitCodeOfDiagnostics(diagnostics);
  if (checked !== EXIT.done) return checked;
  if (plan === undefined) return EXIT.failed;
  // Nothing of a connection that a change brings is planned before it is merged: that is as it should be.
  const kinds = plan.exports.flatMap(({ awaitsTrust, error }) =>
    awaitsTrust === true ? [] : (error?.kind ?? []),
  );
  const broken = kinds.filter((kind) => kind !== "refused");
  if (broken.length > 0) return together(broken.map(ofKind));
  if (kinds.length > 0) return EXIT.refused;
  if (options.failOnUnsafe && isUnsafe(plan)) return EXIT.refused;
  return options.detailedExitcode && (hasChanges(plan) || isIncomplete(plan)) ? EXIT.changes : EXIT.done;
}

/** For `drift`. A list that could not be compared comes first, then drift (only when asked). */
export function exitCodeOfDrift(
  drift: Drift | undefined,
  diagnostics: readonly Diagnostic[],
  options: { readonly detailedExitcode: boolean },
): ExitCode {
  const checked = exitCodeOfDiagnostics(diagnostics);
  if (checked !== EXIT.done) return checked;
  if (drift === undefined) return EXIT.failed;
  const kinds = drift.exports.flatMap(({ error }) => (error === undefined ? [] : [error.kind]));
  if (kinds.length > 0) return exitCodeOfKinds(kinds);
  return options.detailedExitcode && driftTotal(drift) > 0 ? EXIT.changes : EXIT.done;
}

/** What a schedule left out is as it should be, and so is what somebody detached. */
const GOOD: ReadonlySet<ExportResult["status"]> = new Set(["succeeded", "unchanged", "skipped", "detached"]);

/** For `apply`. Something sent and something not is `partly`; otherwise the reasons decide. */
export function exitCodeOfRun(run: RunResult): ExitCode {
  const results = run.exports;
  if (results.some((result) => result.status === "interrupted")) return EXIT.interrupted;
  const bad = results.filter(({ status }) => !GOOD.has(status));
  if (bad.length === 0) return EXIT.done;
  if (results.some((result) => result.status === "succeeded" || result.status === "partly"))
    return EXIT.partly;
  return together(bad.map(ofResult));
}

function ofResult(result: ExportResult): ExitCode {
  if (result.error !== undefined) return ofKind(result.error.kind);
  return result.status === "refused" ? EXIT.refused : EXIT.failed;
}

function ofKind(kind: string): ExitCode {
  return Object.hasOwn(OF_KIND, kind) ? OF_KIND[kind as FailureKind] : EXIT.failed;
}

/** One code for several reasons: theirs when they agree. */
function together(codes: readonly ExitCode[]): ExitCode {
  const [first = EXIT.failed] = codes;
  return codes.every((code) => code === first) ? first : EXIT.failed;
}
