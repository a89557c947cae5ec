import type { Operation } from "../model/plan/change.js";
import { wordInSql } from "./word-in.js";

/** What is to happen to one person of an export. The words are stored with change sets. */
export type Action =
  | Operation
  /** Record only: an update that would send what was sent last. */
  | "refresh"
  /** Record only: back among the desired, or now known to be somebody's; nothing to send. */
  | "rejoin"
  /** Record only: on the list already, and this mode does not update. */
  | "found"
  /** Record only: a stranger who counts as ours from now on. */
  | "adopt"
  /** Record only: left the segments, stays on the list. */
  | "left"
  /** Record only: another export still wants the person on this list. */
  | "release"
  /** Record only: a claim that never reached the list. */
  | "forget"
  /** Record only: was to be removed, and is not on the list any more. */
  | "absent"
  /** Nothing is sent or recorded: the next run decides again. */
  | "waiting"
  /** The same of a removal of which the list need not show yet what became; it counts as unknown. */
  | "unresolved"
  /** Held back. */
  | "rejected"
  | "gone"
  | "opted out"
  | "address changed after opt-out"
  /** Nothing at all. */
  | "none";

/** What goes to the destination. */
export const SENT = ["add", "update", "remove"] as const satisfies readonly Operation[];

/** Who is put on the list, or given other values there. */
export const DELIVERED = ["add", "update"] as const satisfies readonly Operation[];

/** Whom the export has on its list from then on, whoever put them there. */
export const JOINING = ["add", "update", "rejoin", "found"] as const satisfies readonly Action[];

/** Who is not to be on the list for this export any more. */
export const LEAVING = ["remove", "release"] as const satisfies readonly Action[];

/** Whose claim ends. */
export const LET_GO = ["remove", "release", "forget"] as const satisfies readonly Action[];

/** Whom the export does not keep on a list that it shares with others. */
export const NOT_KEPT = ["remove", "forget", "left"] as const satisfies readonly Action[];

/** What is not news of whoever stays. */
export const NO_NEWS = ["none", "left"] as const satisfies readonly Action[];

/** What neither puts nor keeps anybody on the list, nor lets go. */
export const IDLE = ["none", "rejected", "gone"] as const satisfies readonly Action[];

/** Who is recorded, or taken off, with the values that are known already: nothing is built for them. */
export const AS_KNOWN = [
  "remove",
  "adopt",
  "left",
  "release",
  "forget",
  "rejoin",
  "found",
] as const satisfies readonly Action[];

/** What somebody who said no may still get: everything that takes them off or lets go of them. */
export const ALLOWED_AFTER_NO = ["remove", "release", "left", "forget"] as const satisfies readonly Action[];

/** What happens to somebody who is desired and is not delivered all the same. */
export const KEPT_BACK = [
  "rejected",
  "gone",
  "opted out",
  "address changed after opt-out",
  ...LEAVING,
] as const satisfies readonly Action[];

/** Whose claim ends although nothing is sent. */
export const RECORD_ENDS = ["release", "forget", "absent"] as const satisfies readonly Action[];

/** Of whom nothing is concluded. */
export const UNDECIDED = ["unresolved", "waiting"] as const satisfies readonly Action[];

/** SQL: whether `action`, of the rows that are called `of`, is one of these. */
export function actionInSql(actions: readonly Action[], of?: string): string {
  return wordInSql(of === undefined ? "action" : `${of}.action`, actions);
}
