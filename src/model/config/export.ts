import type { AttributeMapping } from "./attribute.js";
import type { Schedule, WhenStale } from "./schedule.js";

/** `add-only` never updates or removes, `upsert` never removes, `mirror` does both. */
export type SyncMode = "add-only" | "upsert" | "mirror";

/** A list by its id, or by a name that may be created. */
export type ListTarget =
  | { readonly id: string }
  | { readonly name: string; readonly create: boolean; readonly folder: string | undefined };

/** A limit as a count, a share (0…1) of the delivered members, or both; the stricter wins. */
export interface Limit {
  readonly count: number | undefined;
  readonly share: number | undefined;
}

/** What is done about changes that others made at the destination, once they are recorded. */
export interface DriftPolicy {
  /** People whom somebody took off the list stay off, or are added again unless they opted out. */
  readonly removed: "respect" | "restore";
  /** Changed values of our attributes are sent again, or kept until the profile changes. */
  readonly values: "restore" | "keep";
}

/** What becomes of members whom no export claims: nothing, they count as ours, or a mirror takes them off. */
export type StrangerPolicy = "report" | "adopt" | "remove";

export interface Safeguards {
  readonly maxProfiles: number | undefined;
  /** Of everybody who is removed, whatever the reason; past it only withdrawals are sent. */
  readonly maxRemovals: Limit;
  /** Of those removed because of consent or suppression. */
  readonly maxWithdrawals: Limit;
  readonly maxAdds: Limit;
  /** Of members whom no export claims; nobody unless stated. */
  readonly maxStrangerRemovals: Limit;
  /** Of the people whom one run sends, those that the destination rejects; past it the run stops. */
  readonly maxRejected?: Limit | undefined;
  /** Fewer source rows than this stops the export. */
  readonly minSourceRows: number | undefined;
  /** Let a segment fall to nobody. */
  readonly allowEmpty: boolean;
}

/** SQL that answers yes or no of a profile, or a column with the values of it that mean yes. */
export type ConsentRule = string | { readonly column: string; readonly is: readonly string[] };

export interface Export {
  readonly name: string;
  readonly displayName: string | undefined;
  /** Empty: the export is kept without one, and inactive. */
  readonly connection: string;
  /** What happens when the config has no such connection. */
  readonly whenDisconnected: "error" | "detach";
  readonly list: ListTarget;
  /** In order: the first segment that holds an address wins it. */
  readonly segments: readonly string[];
  readonly match: { readonly email: string; readonly id: string | undefined };
  /** Who may be sent; everybody else is held back. */
  readonly consent: ConsentRule | undefined;
  readonly attributes: readonly AttributeMapping[];
  readonly mode: SyncMode;
  /** Undefined: only when somebody applies it. */
  readonly schedule: Schedule | undefined;
  readonly whenStale: WhenStale;
  readonly drift: DriftPolicy;
  readonly strangers: StrangerPolicy;
  readonly safeguards: Safeguards;
  /** How much of a Brevo import is read back: everything, or this many rows of each batch. */
  readonly readBack: "all" | { readonly sample: number };
  /** Undefined: as recorded, because leaving the key out takes no protection away. */
  readonly protect: boolean | undefined;
}
