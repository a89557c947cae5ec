import { access } from "./access.js";
import type { AnyCheck, FoundBy, RefusingCheck, WarningCheck } from "./check.js";
import { dataPrivacy } from "./data-privacy.js";
import { emptySuppression } from "./empty-suppression.js";
import { formerId } from "./former-id.js";
import { freshness } from "./freshness.js";
import { integerTooLarge } from "./integer-too-large.js";
import { maxAddresses } from "./max-addresses.js";
import { missingAddresses } from "./missing-addresses.js";
import { missingConsent } from "./missing-consent.js";
import { oldList } from "./old-list.js";
import { optOutsEnded } from "./opt-outs-ended.js";
import { protection } from "./protected.js";
import { restraintsUnread } from "./restraints-unread.js";
import { emptySegment } from "./safeguards/empty-segment.js";
import { maxAdds } from "./safeguards/max-adds.js";
import { maxProfiles } from "./safeguards/max-profiles.js";
import { maxRejected } from "./safeguards/max-rejected.js";
import { maxRemovals } from "./safeguards/max-removals.js";
import { maxStrangerRemovals } from "./safeguards/max-stranger-removals.js";
import { maxWithdrawals } from "./safeguards/max-withdrawals.js";
import { minSourceRows } from "./safeguards/min-source-rows.js";
import { twoMirrors } from "./two-mirrors.js";
import { typeChanged } from "./type-changed.js";
import { unreadableAddresses } from "./unreadable-addresses.js";
import { contractHeadroom } from "./warnings/contract-headroom.js";
import { heldByOrphan } from "./warnings/held-by-orphan.js";
import { optOutPlace } from "./warnings/opt-out-place.js";
import { orphanSuppressed } from "./warnings/orphan-suppressed.js";
import { textOrder } from "./warnings/text-order.js";
import { unclearConsent } from "./warnings/unclear-consent.js";
import { unsubscribedElsewhere } from "./warnings/unsubscribed-elsewhere.js";

/** Every check that can refuse an export, in the order of the reference. */
const REFUSING = [
  dataPrivacy,
  access,
  twoMirrors,
  protection,
  oldList,
  maxAddresses,
  restraintsUnread,
  unreadableAddresses,
  typeChanged,
  integerTooLarge,
  optOutsEnded,
  formerId,
  maxProfiles,
  maxAdds,
  maxRejected,
  maxRemovals,
  maxWithdrawals,
  missingConsent,
  missingAddresses,
  maxStrangerRemovals,
  emptySuppression,
  freshness,
  minSourceRows,
  emptySegment,
] as const;

const WARNING = [
  contractHeadroom,
  unclearConsent,
  textOrder,
  unsubscribedElsewhere,
  optOutPlace,
  heldByOrphan,
  orphanSuppressed,
] as const;

export const REFUSING_CHECKS: readonly RefusingCheck<never>[] = REFUSING;
export const WARNING_CHECKS: readonly WarningCheck<never>[] = WARNING;
const ALL: readonly AnyCheck[] = [...REFUSING, ...WARNING];

type RegisteredCheck = (typeof REFUSING)[number] | (typeof WARNING)[number];

/** What was found in the rows of a plan, and stays with them. A check that is not listed here is not part of this type. */
export type FoundOnce = FoundBy<Extract<RegisteredCheck, { readonly asked: "once" }>>;

/** What is found of how things stand, also when a saved plan is applied. */
export type FoundAgain = FoundBy<Extract<RegisteredCheck, { readonly asked: "again" }>>;

/** The checks that `--override` may name. */
export const OVERRIDABLE: readonly string[] = REFUSING_CHECKS.filter(({ overridable }) => overridable).map(
  ({ name }) => name,
);

/** Whether something of this name is asked again when a saved plan is applied. */
export function isAskedAgain(check: string): boolean {
  return ALL.some(({ name, asked }) => name === check && asked === "again");
}

/** Whether a failed check also keeps withdrawals from being sent. */
export function holdsWithdrawals(check: string): boolean {
  return REFUSING_CHECKS.some(({ name, holdsWithdrawals: holds }) => name === check && holds);
}

/** Whether a check is about people who come. */
export function isAboutAdditions(check: string): boolean {
  return REFUSING_CHECKS.some(({ name, additions }) => name === check && additions);
}
