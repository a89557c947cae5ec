import type { Narrowing } from "../../model/plan/narrowing.js";

/** An `apply` as its words: no wider than the run that tells it. */
export function applyWords({
  targets = [],
  overrides = [],
  removalsOnly,
  retryRejected,
}: Narrowing = {}): string[] {
  return [
    "apply",
    ...(targets.length === 0 ? [] : ["--target", ...targets]),
    ...(removalsOnly === true ? ["--removals-only"] : []),
    ...(retryRejected === true ? ["--retry-rejected"] : []),
    ...overrides.flatMap((check) => ["--override", check]),
  ];
}
