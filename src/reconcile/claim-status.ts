import { wordInSql } from "./word-in.js";

/** What is recorded of a person whom an export claims on a list. The words are stored in the ledger. */
export type ClaimStatus =
  /** Delivered, and on the list as far as we know. */
  | "member"
  /** Not desired any more, and still on the list. */
  | "left"
  /** Nobody knows how the last request about them ended. */
  | "unknown"
  /** The destination did not take what was sent last. */
  | "rejected"
  /** Taken off by somebody else, or off the list for another reason that is not ours. */
  | "gone"
  /** On the list, and put there by nobody of ours. */
  | "stranger";

/** Who is wanted on the list, and there as far as we know. */
export const STANDING = ["member", "unknown"] as const satisfies readonly ClaimStatus[];

/** Who was put on the list, or found there, and is on it for all that is known. */
export const SURELY_ON_LIST = ["member", "left"] as const satisfies readonly ClaimStatus[];

/** Those, and who may be on it. */
export const ON_LIST = [...SURELY_ON_LIST, "unknown"] as const satisfies readonly ClaimStatus[];

/** What was sent last did not arrive, or may not have. */
export const UNDELIVERED = ["unknown", "rejected"] as const satisfies readonly ClaimStatus[];

/** Those, and who is off the list: the claim alone does not say that somebody is on it. */
export const UNCERTAIN = [...UNDELIVERED, "gone"] as const satisfies readonly ClaimStatus[];

/** Who takes no room in an account because of us. */
export const NOT_OURS = ["gone", "stranger"] as const satisfies readonly ClaimStatus[];

/** SQL: whether `status`, of the claims that are called `of`, is one of these. */
export function statusInSql(statuses: readonly ClaimStatus[], of?: string): string {
  return wordInSql(of === undefined ? "status" : `${of}.status`, statuses);
}
