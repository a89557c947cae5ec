/** What narrows an `apply`, or lets it pass checks. */
export interface Narrowing {
  readonly target?: readonly string[] | undefined;
  readonly override?: readonly string[] | undefined;
  readonly removalsOnly?: boolean | undefined;
  readonly retryRejected?: boolean | undefined;
}

/** An `apply` as its words: no wider than the run that tells it. */
export function applyWords({
  target = [],
  override = [],
  removalsOnly = false,
  retryRejected = false,
}: Narrowing): string[] {
  return [
    "apply",
    ...(target.length === 0 ? [] : ["--target", ...target]),
    ...(removalsOnly ? ["--removals-only"] : []),
    ...(retryRejected ? ["--retry-rejected"] : []),
    ...override.flatMap((check) => ["--override", check]),
  ];
}
