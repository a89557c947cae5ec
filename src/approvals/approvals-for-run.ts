import { oldestRemembered } from "../model/believed-time.js";
import type { Approval } from "../model/config/approval.js";
import { Failure } from "../model/failure.js";
import type { PlanFile } from "../model/plan/plan-file.js";
import { findRepositoryRoot } from "../platform/files/repository-root.js";
import { digestOf, planFileDigest } from "../plan/plan-digest.js";
import type { StateRoot } from "../state/root/root.js";
import type { Run } from "../run/run.js";
import { progressOf } from "./saved-plan/progress.js";
import { mustKnowCommitAuthors } from "./authors/authors.js";
import { verifyApprovals } from "./verify.js";

export interface ApprovedRun {
  /** Files of approvals. */
  readonly approvalFiles?: readonly string[] | undefined;
  readonly saved?: PlanFile | undefined;
  readonly expect?: string | undefined;
}

/** The approvals that were given to a run, verified. Throws when one of them does not count. */
export async function readApprovals(
  run: Run,
  { approvalFiles = [], saved, expect }: ApprovedRun,
): Promise<Approval[]> {
  if (approvalFiles.length === 0) return [];
  const { config, state, clock, scratch, signal } = run;
  if (saved === undefined && expect === undefined)
    throw new Failure("invalid", "An approval is of a certain plan, and none was given.", {
      hint: "Give the plan file, or --expect-digest with what was approved.",
    });
  const digest = saved === undefined ? digestOf(expect) : planFileDigest(saved);
  const authors = saved?.authors ?? (await mustKnowCommitAuthors(config.folder, undefined, signal));
  // The run that used them was cut off, and this one goes on with the same plan.
  const goesOn = saved !== undefined && progressOf(state.root, saved) === "begun";
  const used = new Set(goesOn ? [] : Object.keys(state.root.usedApprovals ?? {}));
  const context = { digest, authors, used, now: clock };
  const checkout = findRepositoryRoot(config.folder) ?? config.folder;
  return verifyApprovals(approvalFiles, config.approvals, context, { folder: scratch, checkout, signal });
}

/** Takes into the record that approvals are used up. Throws when another run used one meanwhile. */
export function spendApprovals(
  root: StateRoot,
  { config, clock }: Run,
  approvals: readonly Approval[],
  saved: PlanFile | undefined,
): void {
  if (approvals.length === 0) return;
  const now = clock.toISOString();
  const maxAgeMs = config.approvals.maxAgeSeconds * 1000;
  const known = recent(
    root.usedApprovals,
    oldestRemembered(Object.values(root.usedApprovals ?? {}), clock.getTime(), maxAgeMs),
  );
  const goesOn = saved !== undefined && progressOf(root, saved) === "begun";
  const replayed = goesOn ? undefined : approvals.find(({ id }) => Object.hasOwn(known, id));
  if (replayed !== undefined)
    throw new Failure("refused", `The approval of ${replayed.signer} was used by another run meanwhile.`);
  // The clock of who approved may be ahead of ours, and age is counted by theirs.
  const used = approvals.map(({ id, approvedAt }): [string, string] => [
    id,
    later(now, new Date(approvedAt).toISOString()),
  ]);
  root.usedApprovals = { ...known, ...Object.fromEntries(used) };
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** An approval that is too old needs no memory to be refused. */
function recent(used: StateRoot["usedApprovals"], oldest: number): Record<string, string> {
  return Object.fromEntries(Object.entries(used ?? {}).filter(([, at]) => Date.parse(at) >= oldest));
}
