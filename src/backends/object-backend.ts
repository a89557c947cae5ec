import { Failure } from "../model/failure.js";
import type {
  BlobContent,
  BlobEntry,
  HeldLease,
  Lease,
  LeaseInfo,
  StateBackend,
} from "../plugin/state-backend.js";
import { withRetries, HARMLESS_TWICE, NOT_CARRIED_OUT } from "./ask-again.js";
import { changedMeanwhile, conditionsIgnored, missingBlob } from "./failures.js";
import { Leases, type LeaseDocuments } from "./leases.js";
import { checkBlobName } from "./check-names.js";
import type { Condition, ObjectStore } from "./object-store.js";
import { readPieces, readBody, saveBody } from "./save-body.js";

/** Has the form of an ETag. */
const NO_VERSION = "0".repeat(32);

/**
 * State in a store of objects that can write under conditions:
 *
 * ```
 * <prefix>/root.json        the root document; its version is the object's ETag
 * <prefix>/blobs/ledger/…   immutable blobs
 * <prefix>/leases/<name>    see Leases
 * ```
 */
export class ObjectBackend implements StateBackend {
  readonly label: string;
  readonly #store: ObjectStore;
  readonly #prefix: string;
  readonly #leases: Leases;

  constructor(store: ObjectStore, prefix: string) {
    this.label = store.label;
    this.#store = store;
    this.#prefix = prefix;
    this.#leases = new Leases(this.#documents());
  }

  async readRoot(signal: AbortSignal): Promise<{ bytes: Uint8Array; version: string } | undefined> {
    return (await this.#read(this.#key("root.json"), signal)).stored;
  }

  async writeRoot(
    bytes: Uint8Array,
    ifVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string }> {
    const version = await this.#swap(this.#key("root.json"), bytes, ifVersion, signal);
    if (version === undefined) throw changedMeanwhile(this.label);
    return { version };
  }

  async putBlob(name: string, content: BlobContent, signal: AbortSignal): Promise<void> {
    const key = this.#blob(name);
    await withRetries(HARMLESS_TWICE, signal, async () => {
      const put = await this.#store.put(key, content, "absent", signal);
      if (put !== undefined || (await this.#store.touch(key, signal))) return;
      // Deleted in between, or the two met: the next try knows.
      throw new Failure("transient", `${name} was written and deleted at once in ${this.label}`);
    });
  }

  async getBlob(name: string, path: string, signal: AbortSignal): Promise<void> {
    await withRetries(NOT_CARRIED_OUT, signal, async () => {
      const { found } = await this.#store.get(this.#blob(name), signal);
      if (found === undefined) throw missingBlob(name, this.label);
      await saveBody(readPieces(found.body, `${name} in ${this.label}`, signal), path, signal);
    });
  }

  async readBlob(name: string, signal: AbortSignal): Promise<Uint8Array> {
    const { stored } = await this.#read(this.#blob(name), signal);
    if (stored === undefined) throw missingBlob(name, this.label);
    return stored.bytes;
  }

  async *listBlobs(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    const folder = this.#key("blobs/");
    for await (const entry of this.#list(folder + prefix, signal))
      yield { ...entry, name: entry.name.slice(folder.length) };
  }

  async deleteBlob(name: string, signal: AbortSignal): Promise<void> {
    const key = this.#blob(name);
    await withRetries(HARMLESS_TWICE, signal, () => this.#store.delete(key, signal));
  }

  acquireLease(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    return this.#leases.acquire(name, info, ttlMs, signal);
  }

  leases(signal: AbortSignal): Promise<readonly HeldLease[]> {
    return this.#leases.list(signal);
  }

  breakLease(name: string, id: string, signal: AbortSignal): Promise<void> {
    return this.#leases.break(name, id, signal);
  }

  #documents(): LeaseDocuments {
    const key = (name: string): string => this.#key(`leases/${name}`);
    return {
      clockStepMs: this.#store.clockStepMs,
      fix: (name) => `delete ${key(name)} there`,
      read: (name, signal) => this.#read(key(name), signal),
      swap: async (name, bytes, version, signal) =>
        (await this.#swap(key(name), bytes, version, signal)) !== undefined,
      names: async (signal) => {
        const folder = key("");
        const names: string[] = [];
        for await (const entry of this.#list(folder, signal)) names.push(entry.name.slice(folder.length));
        return names;
      },
    };
  }

  #read(
    key: string,
    signal: AbortSignal,
  ): Promise<{ stored: { bytes: Buffer; version: string } | undefined; now: number }> {
    return withRetries(NOT_CARRIED_OUT, signal, async () => {
      const { found, now } = await this.#store.get(key, signal);
      if (found === undefined) return { stored: undefined, now };
      const bytes = await readBody(found.body, `${key} in ${this.label}`, signal);
      return { stored: { bytes, version: found.version }, now };
    });
  }

  async #swap(
    key: string,
    bytes: Uint8Array,
    version: string | undefined,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const condition: Condition = version === undefined ? "absent" : { version };
    const put = (when: Condition): Promise<string | undefined> =>
      withRetries(NOT_CARRIED_OUT, signal, () => this.#store.put(key, { bytes }, when, signal));
    const made = await put(condition);
    if (made === undefined || condition !== "absent" || this.#store.keepsConditions) return made;
    // Services that ignore conditions answer as if they had kept them.
    for (const wrong of ["absent", { version: NO_VERSION }] as const)
      if ((await put(wrong)) !== undefined) throw conditionsIgnored(this.label);
    return made;
  }

  async *#list(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    let page: string | undefined;
    do {
      const asked = page;
      const found = await withRetries(NOT_CARRIED_OUT, signal, () => this.#store.list(prefix, asked, signal));
      yield* found.entries;
      page = found.next;
    } while (page !== undefined);
  }

  #blob(name: string): string {
    return this.#key(`blobs/${checkBlobName(name)}`);
  }

  #key(name: string): string {
    return `${this.#prefix}/${name}`;
  }
}
