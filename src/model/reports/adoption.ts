import type { DestinationType } from "../config/connection.js";
import type { SyncMode } from "../config/export.js";

/** What taking over the members of a list would do. Holds no address in the clear unless `revealed`. */
export interface Adoption {
  readonly formatVersion: "1.0";
  readonly tool: string;
  readonly createdAt: string;
  readonly revealed: boolean;
  readonly export: string;
  readonly connection: string;
  readonly type: DestinationType;
  readonly list: { readonly id: string; readonly name: string };
  readonly mode: SyncMode;
  /** Leave members alone whom the segments do not want. */
  readonly onlyDesired: boolean;
  readonly counts: AdoptionCounts;
  readonly samples: readonly { readonly kind: AdoptionKind; readonly address: string }[];
}

/** Found by an earlier run, wanted and claimed by nobody, or neither claimed nor wanted. */
export type AdoptionKind = "found" | "wanted" | "stranger";

export interface AdoptionCounts {
  readonly members: number;
  /** Taken over now. */
  readonly adopts: number;
  /** Of these, whom the next mirror apply takes off the list, because the segments do not want them. */
  readonly wouldRemove: number;
  readonly found: number;
  readonly wanted: number;
  readonly strangers: number;
  /** Ours already. */
  readonly ours: number;
  /** Another export's. */
  readonly others: number;
  /** Left alone, because they opted out. */
  readonly optedOut: number;
  /** Left alone, because they were forgotten. */
  readonly forgotten: number;
  /** Left alone, because what becomes of them is not settled: an unknown outcome, a rejection, or taken off before. */
  readonly unsettled: number;
}
