import type { DestinationType } from "../config/connection.js";
import type { DriftPolicy, StrangerPolicy } from "../config/export.js";

/** How lists differ from what is recorded: nothing that the config or the profiles caused. */
export interface Drift {
  readonly formatVersion: "1.0";
  readonly tool: string;
  readonly createdAt: string;
  /** The environment of the config; undefined where it has none. */
  readonly environment?: string | undefined;
  /** Whether it was taken into state. */
  readonly recorded: boolean;
  readonly revealed: boolean;
  readonly exports: readonly ExportDrift[];
}

/** What somebody did at the destination. */
export type DriftKind = "stranger" | "gone" | "returned" | "changed" | "opted out";

export interface ExportDrift {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly connection: string;
  readonly type: DestinationType;
  readonly account: string;
  readonly list: { readonly id: string | undefined; readonly name: string | undefined };
  /** Nothing of this export is recorded, so there is nothing to compare the list with. */
  readonly neverApplied: boolean;
  readonly counts: DriftCounts;
  /** Of `changed`, by attribute; one person may count for several. */
  readonly fields: readonly { readonly attribute: string; readonly count: number }[];
  readonly samples: readonly DriftSample[];
  /** Members whose values were compared with what we sent. */
  readonly compared: number;
  /** Members whose values could not be compared. */
  readonly notCompared: readonly { readonly reason: string; readonly count: number }[];
  readonly policy: DriftPolicy & { readonly strangers: StrangerPolicy };
  /** The list could not be compared; the counts mean nothing. */
  readonly error:
    { readonly kind: string; readonly message: string; readonly hint: string | undefined } | undefined;
}

export interface DriftCounts {
  /** Addresses on the list. */
  readonly members: number;
  /** On the list, claimed by no export. */
  readonly strangers: number;
  /** Of these, people who opted out; every policy leaves them alone. */
  readonly strangersOptedOut: number;
  /** Recorded as delivered, taken off the list by somebody else. */
  readonly gone: number;
  /** Recorded as gone, on the list again. */
  readonly returned: number;
  /** Hold other values than we sent, in attributes that we own. */
  readonly changed: number;
  /** Unsubscribed or blocked since the last run. */
  readonly optedOut: number;
  /** Recorded by an earlier `drift --record` and still so. */
  readonly known: { readonly gone: number; readonly changed: number; readonly strangers: number };
  /** We wrote about them so lately that the destination need not show it yet. */
  readonly tooRecent: number;
  /** Their last request has an unknown outcome; the next apply looks them up. */
  readonly unsettled: number;
}

export interface DriftSample {
  readonly kind: DriftKind;
  /** `a•••@example.com` unless revealed. */
  readonly address: string;
  /** Attributes that differ, for `changed`. */
  readonly fields: readonly string[];
}
