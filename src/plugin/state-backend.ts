import { Failure } from "../model/failure.js";

/** A place that keeps state: one small root document with compare-and-swap, immutable blobs, and leases. */
export interface StateBackend {
  /** For messages, without secrets: `folder .rollcall`. */
  readonly label: string;
  readRoot(signal: AbortSignal): Promise<{ bytes: Uint8Array; version: string } | undefined>;
  /** Writes only if the stored version is `ifVersion` (undefined: only if there is none); otherwise throws `Failure("conflict")`. */
  writeRoot(
    bytes: Uint8Array,
    ifVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string }>;
  /** Put if absent; putting the same name twice is one blob, which counts as modified by the second. `name` has slashes: `ledger/…`, `changesets/…`, `journal/…`, and is never also the folder of another. */
  putBlob(name: string, content: BlobContent, signal: AbortSignal): Promise<void>;
  /** Copies a blob to `path`; throws `Failure("not-found")`. */
  getBlob(name: string, path: string, signal: AbortSignal): Promise<void>;
  readBlob(name: string, signal: AbortSignal): Promise<Uint8Array>;
  /** In the order of their names. */
  listBlobs(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry>;
  deleteBlob(name: string, signal: AbortSignal): Promise<void>;
  /** Takes the named lease or throws `LeaseHeld`. An expired lease may be taken. */
  acquireLease(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease>;
  leases(signal: AbortSignal): Promise<readonly HeldLease[]>;
  /** Ends a lease whoever holds it; `id` must be the one that was looked at. */
  breakLease(name: string, id: string, signal: AbortSignal): Promise<void>;
}

export type BlobContent = { readonly bytes: Uint8Array } | { readonly path: string };

export interface BlobEntry {
  readonly name: string;
  /** Size as stored. */
  readonly bytes: number;
  /** When it was last put, by the clock of the store. */
  readonly modifiedAt: Date;
}

export interface LeaseInfo {
  readonly operation: string;
  /** user@host. */
  readonly who: string;
  readonly pid: number;
}

export interface HeldLease extends LeaseInfo {
  readonly name: string;
  /** Never used twice. */
  readonly id: string;
  readonly acquiredAt: string;
  readonly expiresAt: string;
}

export interface Lease {
  readonly id: string;
  /** Prolongs it; throws `Failure("conflict")` when somebody else has it now. */
  renew(signal: AbortSignal): Promise<void>;
  release(): Promise<void>;
}

/** Somebody else has the lease; says who, since when and until when. */
export class LeaseHeld extends Failure {
  readonly holder: HeldLease;

  constructor(holder: HeldLease) {
    super(
      "lock-held",
      `"${holder.name}" is locked by ${holder.who} (process ${holder.pid}, ${holder.operation}) since ${holder.acquiredAt}`,
      {
        hint: `Wait until that run ends. If it is dead, its lock expires at ${holder.expiresAt}; then run again.`,
      },
    );
    this.holder = holder;
  }
}
