/** One of the checks that can refuse an export; the reference table is made of these. */
export interface CheckKind {
  readonly name: string;
  /** What makes it fail. */
  readonly fails: string;
  /** Whether `--override` may let an export pass it. */
  readonly overridable: boolean;
  /** Whether it holds up withdrawals too; see ADR 0006. */
  readonly holdsWithdrawals: boolean;
  /** Whether it is about people who come, so that it says nothing about a run that only takes people off. */
  readonly additions: boolean;
}

/** Every check that can refuse an export, in the order of the reference. */
export const CHECK_KINDS = [
  kind("data-privacy", "nobody agreed that data may be sent to the connection", {
    holdsWithdrawals: true,
    additions: true,
  }),
  kind("access", "`roles` are given, and whoever runs this may not use the connection"),
  kind("two-mirrors", "another export mirrors the same list, however either names it"),
  kind("protected", "the list of a protected export would be emptied, or lose more than half of its people"),
  kind("old-list", "people would leave an old list although their export is not sent to its new one"),
  kind("max-addresses", "all exports of the account come to more addresses than the contract allows", {
    additions: true,
  }),
  kind(
    "restraints-unread",
    "suppressions, consent or exclusions cannot be read once more when a saved plan is applied",
    { additions: true },
  ),
  kind("unreadable-addresses", "a segment that suppresses or excludes people cannot be read in full", {
    additions: true,
  }),
  kind(
    "type-changed",
    "an attribute has another type at the destination than when the export was last applied, and values do not fit it",
    { overridable: true, additions: true },
  ),
  kind("integer-too-large", "a number cannot be carried exactly in JSON", { additions: true }),
  kind(
    "opt-outs-ended",
    "a place at the destination names more than a fifth of those no more who had opted out there",
    {
      overridable: true,
      additions: true,
    },
  ),
  kind(
    "former-id",
    "`match.id` was another one before, which cannot be computed any more, and whoever said no or was forgotten may be known by it",
    { overridable: true, additions: true },
  ),
  kind("max-profiles", "the export comes to more people than `safeguards.maxProfiles`", {
    overridable: true,
    additions: true,
  }),
  kind("max-adds", "more people would be added than `safeguards.maxAdds` allows", {
    overridable: true,
    additions: true,
  }),
  kind(
    "max-rejected",
    "the destination rejects more people in the run than `safeguards.maxRejected` allows: the run stops there",
    { overridable: true, additions: true },
  ),
  kind("max-removals", "more people would be removed than `safeguards.maxRemovals` allows", {
    overridable: true,
  }),
  kind("max-withdrawals", "more people would be withdrawn than `safeguards.maxWithdrawals` allows", {
    overridable: true,
    holdsWithdrawals: true,
  }),
  kind(
    "missing-consent",
    "of more than a tenth of the delivered members the data says nothing of consent any more",
    {
      overridable: true,
      holdsWithdrawals: true,
    },
  ),
  kind(
    "missing-addresses",
    "of more than a tenth of the delivered members the data has a row still, but no address that can be used",
    { overridable: true },
  ),
  kind(
    "max-stranger-removals",
    "more members that no export claims would be removed than `safeguards.maxStrangerRemovals` allows",
    { overridable: true },
  ),
  kind(
    "empty-suppression",
    "a segment that suppresses or excludes people names nobody and its `allowEmpty` is not set",
    { overridable: true, additions: true },
  ),
  kind("freshness", "a source is older than its `maxAge`", { overridable: true }),
  kind("min-source-rows", "the segments hold fewer profiles than `safeguards.minSourceRows`", {
    overridable: true,
  }),
  kind("empty-segment", "a segment holds nobody and `safeguards.allowEmpty` is not set", {
    overridable: true,
  }),
] as const satisfies readonly CheckKind[];

/** The checks that `--override` may name. */
export const OVERRIDABLE: readonly string[] = CHECK_KINDS.filter(({ overridable }) => overridable).map(
  ({ name }) => name,
);

/** Whether a failed check also keeps withdrawals from being sent. */
export function holdsWithdrawals(check: string): boolean {
  return CHECK_KINDS.some(({ name, holdsWithdrawals: holds }) => name === check && holds);
}

/** Whether a check is about people who come. */
export function isAboutAdditions(check: string): boolean {
  return CHECK_KINDS.some(({ name, additions }) => name === check && additions);
}

function kind(
  name: string,
  fails: string,
  { overridable = false, holdsWithdrawals: holds = false, additions = false } = {},
): CheckKind {
  return { name, fails, overridable, holdsWithdrawals: holds, additions };
}
