import type { Limit } from "./export.js";

/** What becomes of the people on a list that an export lets go: `remove` takes off those whom we added. */
export type Members = "keep" | "remove";

/** An export that is no longer wanted. */
export interface Removed {
  readonly export: string;
  readonly members: Members;
  /** Most people that one run may take off; undefined: what the export allowed when it was last applied. */
  readonly maxRemovals: Limit | undefined;
}

/** An export that got another name. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** An export that goes to another list; each list by its id or its name. */
export interface Relocated {
  readonly export: string;
  readonly fromList: string;
  readonly toList: string;
  readonly oldMembers: Members;
  readonly maxRemovals: Limit | undefined;
}

export type Moved = Renamed | Relocated;
