import type { Batch, Shipment } from "../../reconcile/change-set/shipments.js";
import type { Engine } from "../../engine/engine.js";
import type { OutcomeTables } from "../../reconcile/change-set/outcomes.js";
import type { OptedOutNow } from "../../reconcile/change-set/opted-out-rows.js";
import type { Emit } from "../../model/run/event.js";
import type { Failure } from "../../model/failure.js";
import type { Codec } from "../../plugin/codec.js";
import type { Capabilities, Destination, FoundContacts } from "../../plugin/destination.js";
import type { Relation } from "../../plugin/relation.js";
import type { JournalWriter } from "../../state/journal/journal.js";

/** What is needed to send the changes of one account. */
export interface AccountJob {
  readonly accountKey: string;
  readonly engine: Engine;
  readonly capabilities: Capabilities;
  readonly shipments: readonly Shipment[];
  readonly batches: readonly Batch[];
  readonly outcomes: OutcomeTables;
  readonly journal: JournalWriter;
  /** By export. */
  readonly destinations: ReadonlyMap<string, Destination>;
  readonly codecs: ReadonlyMap<string, Codec>;
  /** By export: read everything back, or this many rows of a batch. */
  readonly readBack: ReadonlyMap<string, "all" | { readonly sample: number }>;
  /** Batches of which the destination refused a part by itself: all that may be concerned is read back. */
  readonly partlyRefused: Set<number>;
  /** By export: how many may be rejected; none where any number may. */
  readonly rejectedLimits: ReadonlyMap<string, RejectedLimit>;
  /** By export: the one that has to be delivered before anybody leaves. */
  readonly waitsFor: ReadonlyMap<string, string>;
  /**
   * Reads everybody who changed since the plan, and counts who of them opted out. Tells more cheaply than a list who is on
   * it; undefined where the destination does not tell that so.
   */
  readonly scanChanged: () => Promise<Relation | undefined>;
  /** Table `export`, `key` of those to be removed who were on the list as far as we knew. */
  readonly wereOnList: string;
  /** By export: lists that it came from, whose opt-outs count on its own. */
  readonly formerLists: ReadonlyMap<string, readonly string[]>;
  /** Who opted out by now; reads it again when the last read is not fresh. */
  readonly optOutsNow: () => Promise<OptOutsNow>;
  /** Every contact of the account, with `email`; undefined where not all of them were read. */
  readonly everybody: Relation | undefined;
  /** Counts whom an answer shows to have opted out among the opt-outs. */
  readonly noteOptOuts: (found: FoundContacts) => Promise<void>;
  /** How many contacts the contract with the vendor allows; undefined when the connection does not say. */
  readonly contract: number | undefined;
  /** How long a job is waited for, in milliseconds. */
  readonly jobTimeoutMs: number;
  /** Asked before each batch; throws when another run may have the account by now. */
  readonly mustHold: () => Promise<unknown>;
  /** Aborts with the reason when the account is lost. */
  readonly lost: AbortSignal;
  readonly emit: Emit;
  /** Stops at once. */
  readonly signal: AbortSignal;
  /** Stops before the next request. */
  readonly stop: AbortSignal;
}

export interface OptOutsNow extends OptedOutNow {
  /** Table `key`, `phone` of contacts that have a number; undefined when nobody is recognised by one. */
  readonly phones: string | undefined;
}

/** How many of an export's people the destination may reject in a run. */
export interface RejectedLimit {
  readonly most: number;
  /** What stops the export. */
  readonly failure: (rejected: number) => Failure;
}

/** How sending for one export went. */
export interface Progress {
  requests: number;
  /** People whom a finished job lost or changed without a word. */
  lost: number;
  error: Error | undefined;
  interrupted: boolean;
}

export function destinationOf(
  job: Pick<AccountJob, "destinations">,
  shipment: Pick<Shipment, "exportName">,
): Destination {
  const destination = job.destinations.get(shipment.exportName);
  if (destination === undefined) throw new TypeError(`no destination for ${shipment.exportName}`);
  return destination;
}
