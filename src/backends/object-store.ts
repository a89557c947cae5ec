import type { Readable } from "node:stream";
import type { BlobContent, BlobEntry } from "../plugin/state-backend.js";

/**
 * A store of objects by key, as cloud vendors have them. A method fails with a
 * `Failure`: `auth`, `not-found` (of the container itself), `transient` (not
 * carried out), `unknown-outcome` (a write that may have been) or `permanent`;
 * after an abort with whatever it likes. It tries nothing again.
 */
export interface ObjectStore {
  /** For messages, without secrets. */
  readonly label: string;
  /** How coarse the store's clock is. */
  readonly clockStepMs: number;
  /** Whether conditions are known to be kept. Where they are not, a document that was just made is used to find out. */
  readonly keepsConditions: boolean;
  get(key: string, signal: AbortSignal): Promise<Got>;
  /** The new version, or undefined when the condition does not hold. */
  put(
    key: string,
    content: BlobContent,
    condition: Condition,
    signal: AbortSignal,
  ): Promise<string | undefined>;
  /** Makes an object count as written now; false when there is none. */
  touch(key: string, signal: AbortSignal): Promise<boolean>;
  /** Some of those with this prefix, in the order of their names, which are whole keys; `page` is what the call before gave as `next`. */
  list(prefix: string, page: string | undefined, signal: AbortSignal): Promise<Page>;
  /** Fine when there is none. */
  delete(key: string, signal: AbortSignal): Promise<void>;
}

export interface Got {
  /** Undefined when there is no such object. */
  readonly found: { readonly body: Readable; readonly version: string } | undefined;
  /** The store's clock when it answered, epoch ms. */
  readonly now: number;
}

export interface Page {
  readonly entries: readonly BlobEntry[];
  readonly next: string | undefined;
}

/** What has to be stored for a put to count. */
export type Condition = "absent" | { readonly version: string };
