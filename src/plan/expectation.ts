import { Failure } from "../model/failure.js";
import type { Limit } from "../model/config/export.js";
import type { ExportPlan, Plan } from "../model/plan/plan.js";
import { validateExpectation } from "../validators/expectation.gen.js";
import { countChanged } from "./counts.js";

/** What somebody approved without a file: the control digest, and what was counted for each export then. */
export interface Expectation {
  readonly control: string;
  /** How much more than counted may be done to an export: this many people or this share of them, whichever is more. */
  readonly tolerance: readonly [count: number, share: number];
  /** Exports with anything to do. */
  readonly exports: readonly (readonly [name: string, add: number, update: number, remove: number])[];
}

const VERSION = "rc1";

/** The text that names a plan for `apply --expect-digest`. Whoever approves it approves these counts, within the tolerance. */
export function expectationOf(
  { exports }: Pick<Plan, "exports">,
  control: string,
  { count, share }: Limit,
): string {
  const counted = exports.flatMap(({ name, counts, error }) =>
    error === undefined && countChanged(counts) > 0 ? [[name, counts.add, counts.update, counts.remove]] : [],
  );
  const bounds = Buffer.from(JSON.stringify([[count ?? 0, share ?? 0], counted])).toString("base64url");
  return `${VERSION}.${control}.${bounds}`;
}

/**
 * Throws `Failure("stale")` unless a plan is the one that was approved: the same
 * control digest, and within the approved counts. What cannot be compared is
 * refused as well. `most`: what the config allows; the text may have been made
 * with more leeway, or by hand.
 */
export function mustMatchExpectation(expected: string, plan: Plan, most: Limit): void {
  const { control, tolerance: asked, exports } = parseExpectation(expected);
  const tolerance = [Math.min(asked[0], most.count ?? 0), Math.min(asked[1], most.share ?? 0)] as const;
  if (control !== plan.digest.control)
    throw new Failure("stale", "This is not the plan that was approved: its control digest differs.", {
      hint: "Configuration, lists, fields, checks or what was applied have changed since. Look at a new plan, and have that approved.",
    });
  const counted = new Map(exports.map(([name, ...counts]) => [name, counts]));
  const outside = plan.exports.flatMap((one) =>
    changesBeyond(one, counted.get(one.name) ?? [0, 0, 0], tolerance),
  );
  if (outside.length === 0) return;
  throw new Failure("stale", `More would be done than was approved: ${outside.join("; ")}.`, {
    hint: "Look at a new plan, and have that approved. `approvals.tolerance` says how far the counts may move.",
  });
}

/** Reads the text again; throws `Failure("invalid")` for any other. */
export function parseExpectation(text: string): Expectation {
  const [version, control = "", bounds = "", ...rest] = text.trim().split(".");
  if (version !== VERSION || rest.length > 0 || !/^[0-9a-f]{64}$/.test(control)) throw unreadable();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bounds, "base64url").toString("utf8"));
  } catch {
    throw unreadable();
  }
  if (!validateExpectation(value)) throw unreadable();
  const [tolerance, exports] = value as [Expectation["tolerance"], Expectation["exports"]];
  return { control, tolerance, exports };
}

function unreadable(): Failure {
  return new Failure("invalid", "--expect-digest was given something that is not a digest of a plan.", {
    hint: "Take the whole text that `rollcall plan` prints as the digest; nothing was changed.",
  });
}

function changesBeyond(
  { name, counts, error }: ExportPlan,
  counted: readonly number[],
  [count, share]: Expectation["tolerance"],
): string[] {
  if (error !== undefined) return [];
  return (["add", "update", "remove"] as const).flatMap((operation, index) => {
    const approved = counted[index] ?? 0;
    const most = approved + Math.max(count, Math.floor(approved * share));
    return counts[operation] > most
      ? [`${name}: ${counts[operation]} to ${operation}, at most ${most} were approved`]
      : [];
  });
}
