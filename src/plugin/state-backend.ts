import { Failure } from "../model/failure.js";
import { commandLine } from "../model/words/command-line.js";
import { operationInWords, subjectInWords, type Lock, type LockSubject } from "../model/run/lock.js";
import type { StoreOptions } from "../model/manifests/store-manifest.js";
import type { Secret } from "../platform/secrets/secret.js";

/** A kind of store. Stateless: everything that belongs to a state is in what `open` returns. */
export interface StateBackendPlugin {
  /** `options` as its manifest makes them, `secrets` by its `secretKeys`. Asks the store nothing yet. */
  open(options: StoreOptions, secrets: Readonly<Record<string, Secret>>): Promise<StateBackend>;
}

/** A place that keeps state: one small root document with compare-and-swap, immutable blobs, and leases. */
export interface StateBackend {
  /** For messages, without secrets: `folder .rollcall`. */
  readonly label: string;
  readRoot(signal: AbortSignal): Promise<StoredRoot | undefined>;
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
  /** Those that were not given back, expired ones as well. */
  leases(signal: AbortSignal): Promise<readonly HeldLease[]>;
  /** Ends a lease whoever holds it; `id` must be the one that was looked at. */
  breakLease(name: string, id: string, signal: AbortSignal): Promise<void>;
}

export interface StoredRoot {
  readonly bytes: Uint8Array;
  readonly version: string;
  /** The document that this one took the place of, where the place keeps it. */
  readonly before?: Uint8Array | undefined;
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
  /** What is leased, for people. */
  readonly subject: LockSubject;
  readonly operation: string;
  readonly environment?: string | undefined;
  /** user@host. */
  readonly who: string;
  readonly pid: number;
}

export interface HeldLease extends Lock {
  readonly name: string;
}

/** A holder that never gave its lease back: it may have begun something until then, and it may still be under way. */
export interface Lapsed {
  readonly holder: HeldLease;
  /** ISO, by the clock of the store. */
  readonly until: string;
  /** The same by the clock of this machine, in epoch ms. */
  readonly untilHere: number;
}

export interface Lease {
  readonly id: string;
  /** The last holder before this one, if it never gave the lease back: it expired, its process died, or somebody broke it. */
  readonly lapsed: Lapsed | undefined;
  /** Prolongs it; throws `Failure("conflict")` when somebody else has it now. */
  renew(signal: AbortSignal): Promise<void>;
  release(): Promise<void>;
}

/** Somebody else has the lease; says who, since when and until when, and how to end it. */
export class LeaseHeld extends Failure {
  readonly holder: HeldLease;

  constructor(holder: HeldLease) {
    super(
      "lock-held",
      `the ${subjectInWords(holder.subject)} is locked by ${holder.who} (process ${holder.pid}, ${operationInWords(holder)}) since ${holder.acquiredAt}`,
      {
        hint:
          `Wait until that run ends. If it has died, its lock expires at ${holder.expiresAt} by itself. ` +
          `To end it now: \`${commandLine(["lock", "release", holder.id])}\`.`,
      },
    );
    this.holder = holder;
  }
}
