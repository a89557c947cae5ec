import { createHash } from "node:crypto";
import { Failure } from "../model/failure.js";
import type { HeldLease } from "../plugin/state-backend.js";

export type Stored = Omit<HeldLease, "state">;

/** What a version of a lease says; without `held` it is free. */
export interface Entry {
  readonly held?: Stored & {
    /** Identity of the holding process, so that a dead one need not be waited for. */
    readonly process: string;
    /** How long it is held without a sign of life; missing where an older version wrote it. */
    readonly ttlMs?: number;
  };
  /** The last holder that never gave it back. */
  readonly lapsed?: {
    readonly holder: Stored;
    readonly until: string;
    /** As that holder's. */
    readonly ttlMs?: number;
  };
}

/** As JSON with a checksum: a flipped bit must not end a lock early. */
export function encodeEntry(entry: Entry): Uint8Array {
  return Buffer.from(JSON.stringify({ checksum: checksumOf(entry), ...entry }));
}

/** Throws unless it is what was written; `fix` says what to do then. */
export function decodeEntry(bytes: Uint8Array, name: string, fix: string): Entry {
  try {
    const { checksum: _, ...entry } = JSON.parse(Buffer.from(bytes).toString("utf8")) as Entry & {
      checksum?: unknown;
    };
    if (Buffer.compare(encodeEntry(entry), bytes) === 0) return entry;
  } catch {
    // Not JSON, or not an object.
  }
  throw new Failure("permanent", `the lock "${name}" is damaged`, {
    hint: `Make sure that nobody runs apply, then ${fix}.`,
  });
}

function checksumOf(entry: Entry): string {
  return createHash("sha256").update(JSON.stringify(entry)).digest("hex").slice(0, 32);
}
