/** What is done to a member. */
export type Operation = "add" | "update" | "remove";

/** Why: somebody changed the config, the profiles changed, or the list was changed at the destination. */
export type Cause = "config" | "churn" | "drift";

/** Why a desired person is not delivered. */
export type HoldReason =
  | "invalid"
  | "forgotten"
  | "suppressed"
  | "no consent"
  | "opted out"
  | "rejected"
  | "address changed after opt-out"
  | "gone at destination";

/** Of a contact that is not there, or not on the list, any more. */
export const GONE = "gone at destination" satisfies HoldReason;

/** How we know that a change was carried out. */
export type Evidence = "accepted" | "job-completed" | "read-back";

/** Where a membership came from. Only what we added (or adopted) is ever removed. */
export type Origin = "added" | "found" | "adopted";
