import type { OpenTrialReport } from "../connections/open-trial.js";

/** What a state holds, in counts: no address and no key is in it. */
export interface StateListing {
  /** The place, as messages name it. */
  readonly place: string;
  readonly environment: string | undefined;
  readonly lineage: string;
  readonly serial: number;
  /** Fingerprint of the key of the last write; undefined when it is in clear. */
  readonly keyId: string | undefined;
  readonly exports: readonly ExportListing[];
  readonly accounts: readonly AccountListing[];
  /** Everything that is stored, also what nothing needs any more. */
  readonly stored: Stored;
  /** People who are held back for good. */
  readonly forgotten: number;
}

export interface Stored {
  readonly blobs: number;
  readonly bytes: number;
}

export interface ExportListing {
  readonly name: string;
  readonly account: string;
  readonly list: RecordedList;
  readonly generation: number;
  readonly lastRun: RecordedRun | undefined;
  /** Addresses that it claims to be on its list. */
  readonly people: number;
  readonly protected: boolean;
  /** It goes to another list since a run that has not ended well. */
  readonly moving: boolean;
}

export interface RecordedList {
  readonly id: string;
  readonly name: string | undefined;
}

export interface RecordedRun {
  readonly id: string;
  readonly status: string;
  readonly at: string;
  readonly actor: string;
}

export interface AccountListing {
  readonly account: string;
  readonly exports: number;
  readonly ledger: LedgerSize;
  readonly openRun: string | undefined;
  readonly trial: OpenTrialReport | undefined;
}

export interface LedgerSize extends Stored {
  readonly rows: number;
}

/** Claims that are alike. */
export interface ClaimCount {
  readonly status: string;
  readonly origin: string;
  readonly reason: string | undefined;
  readonly people: number;
}

/** A run that has not ended. */
export interface OpenRunReport {
  readonly runId: string;
  readonly startedAt: string;
  readonly actor: string;
  readonly exports: readonly string[];
  /** Batches that were begun and whose end is not known yet; undefined when its journal cannot be read. */
  readonly pending: number | undefined;
}

/** When a list was last taken into state as it was found. */
export interface ObservationReport {
  readonly operation: string;
  readonly listId: string;
  readonly at: string;
  readonly actor: string;
  readonly people: number;
}

export interface ExportRecordReport extends ExportListing {
  readonly kind: "export";
  /** As last applied: YAML in which addresses are masked. */
  readonly definition: string;
  readonly claims: readonly ClaimCount[];
  readonly formerNames: readonly string[];
  readonly formerLists: readonly string[];
  readonly observation: ObservationReport | undefined;
  readonly openRun: OpenRunReport | undefined;
}

export interface AccountRecordReport extends Omit<AccountListing, "exports" | "openRun"> {
  readonly kind: "account";
  readonly exports: readonly string[];
  readonly claims: readonly ClaimCount[];
  readonly optOuts: OptOutsReport | undefined;
  readonly openRun: OpenRunReport | undefined;
  readonly observations: Readonly<Record<string, ObservationReport>>;
  /** Requests of the last hour, by rate-limit bucket. */
  readonly spent: Readonly<Record<string, number>>;
}

export interface OptOutsReport {
  readonly people: number;
  /** Addresses that somebody else took off a list, as far as that is remembered beside the claims. */
  readonly takenOff: number;
  /** Where the next read begins; the destination's own form. */
  readonly watermark: string;
  readonly readAt: string;
}

/** What a change of the record means before it is made. */
export interface RecordChange {
  readonly export: string;
  readonly account: string;
  readonly list: RecordedList;
  readonly claims: readonly ClaimCount[];
}

/** A state that goes to another place. */
export interface Migration {
  readonly from: string;
  readonly to: string;
  readonly lineage: string;
  readonly serial: number;
  /** What goes along, as stored. */
  readonly blobs: number;
  readonly bytes: number;
  /** Fingerprint of the key that it is encrypted with there; undefined in clear. */
  readonly keyId: string | undefined;
  /** Whether it is encrypted again first, at the old place. */
  readonly encrypts: boolean;
  /** `closed`: an earlier run closed the old place and came no further. */
  readonly stage: "begin" | "closed" | "done";
}
