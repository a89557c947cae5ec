import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { Failure } from "../../src/model/failure.ts";
import { LeaseHeld } from "../../src/plugin/state-backend.ts";
import type {
  BlobContent,
  BlobEntry,
  HeldLease,
  Lapsed,
  Lease,
  LeaseInfo,
  StateBackend,
} from "../../src/plugin/state-backend.ts";

/** Ways to be wrong on purpose, each of which one case of the conformance suite must notice. */
export type Flaw =
  | "lossy"
  | "torn"
  | "last-writer-wins"
  | "no-expiry"
  | "overwriting"
  | "deaf"
  | "any-id"
  | "forgetful-create"
  | "first-date"
  | "forgets-the-lapsed";

/** What clients of one memory share. */
export class MemoryStore {
  root: { bytes: Uint8Array; version: number } | undefined;
  readonly blobs = new Map<string, Uint8Array>();
  readonly modified = new Map<string, Date>();
  readonly leases = new Map<string, HeldLease>();
  readonly lapsed = new Map<string, Lapsed>();
  loseNextAnswer = false;
}

/** A state backend in memory, for tests only. */
export class MemoryBackend implements StateBackend {
  readonly label = "memory";
  readonly #store: MemoryStore;
  readonly #flaw: Flaw | undefined;

  constructor(store: MemoryStore, flaw?: Flaw) {
    this.#store = store;
    this.#flaw = flaw;
  }

  async readRoot(signal: AbortSignal): Promise<{ bytes: Uint8Array; version: string } | undefined> {
    await this.#turn(signal);
    const { root } = this.#store;
    return root && { bytes: root.bytes.slice(), version: String(root.version) };
  }

  async writeRoot(
    bytes: Uint8Array,
    ifVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string }> {
    await this.#turn(signal);
    const { root } = this.#store;
    if (this.#flaw !== "last-writer-wins" && (ifVersion ?? "0") !== String(root?.version ?? 0)) {
      throw new Failure("conflict", "the root was changed");
    }
    const version = (root?.version ?? 0) + 1;
    if (this.#flaw === "torn") {
      this.#store.root = { bytes: bytes.slice(0, bytes.length / 2), version };
      await setImmediate();
    }
    this.#store.root = { bytes: bytes.slice(), version };
    if (this.#lost()) throw new Failure("unknown-outcome", "no answer");
    return { version: String(version) };
  }

  async putBlob(name: string, content: BlobContent, signal: AbortSignal): Promise<void> {
    await this.#turn(signal);
    checkName(name);
    if (this.#flaw === "lossy") return;
    const bytes = "bytes" in content ? content.bytes.slice() : await readFile(content.path);
    if (this.#flaw === "overwriting" || !this.#store.blobs.has(name)) this.#store.blobs.set(name, bytes);
    if (this.#flaw !== "first-date" || !this.#store.modified.has(name))
      this.#store.modified.set(name, new Date());
  }

  async getBlob(name: string, path: string, signal: AbortSignal): Promise<void> {
    await writeFile(path, await this.readBlob(name, signal), { mode: 0o600 });
  }

  async readBlob(name: string, signal: AbortSignal): Promise<Uint8Array> {
    await this.#turn(signal);
    const bytes = this.#store.blobs.get(name);
    if (bytes === undefined) throw new Failure("not-found", `${name} is missing`);
    return bytes.slice();
  }

  async *listBlobs(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    await this.#turn(signal);
    const found = [...this.#store.blobs].filter(([name]) => name.startsWith(prefix));
    for (const [name, { length }] of found.sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield { name, bytes: length, modifiedAt: this.#store.modified.get(name) ?? new Date(0) };
    }
  }

  async deleteBlob(name: string, signal: AbortSignal): Promise<void> {
    await this.#turn(signal);
    this.#store.blobs.delete(name);
  }

  async acquireLease(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    await this.#turn(signal);
    const id = randomUUID();
    const times = () => ({ expiresAt: new Date(Date.now() + ttlMs).toISOString() });
    const take = (): void => {
      const holder = this.#store.leases.get(name);
      const expired = holder !== undefined && Date.parse(holder.expiresAt) <= Date.now();
      if (holder !== undefined && !(expired && this.#flaw !== "no-expiry")) throw new LeaseHeld(holder);
      if (holder !== undefined) this.#lapse(holder);
      const acquiredAt = new Date().toISOString();
      this.#store.leases.set(name, { ...info, name, id, acquiredAt, ...times(), state: "live" });
    };
    take();
    // Asking again after a lost answer meets one's own lease.
    if (this.#lost() && this.#flaw === "forgetful-create") take();
    return {
      id,
      lapsed: this.#store.lapsed.get(name),
      renew: async (renewSignal) => {
        await this.#turn(renewSignal);
        this.#store.leases.set(name, { ...this.#held(name, id), ...times() });
      },
      release: async () => {
        if (this.#store.leases.get(name)?.id === id) this.#store.leases.delete(name);
      },
    };
  }

  async leases(signal: AbortSignal): Promise<readonly HeldLease[]> {
    await this.#turn(signal);
    const now = new Date().toISOString();
    return [...this.#store.leases.values()]
      .map((lease): HeldLease => ({ ...lease, state: lease.expiresAt > now ? "live" : "expired" }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async breakLease(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#turn(signal);
    if (this.#flaw !== "any-id") this.#lapse(this.#held(name, id));
    this.#store.leases.delete(name);
  }

  #lapse(holder: HeldLease): void {
    if (this.#flaw === "forgets-the-lapsed") return;
    const known = this.#store.lapsed.get(holder.name);
    if (known !== undefined && known.until > holder.expiresAt) return;
    this.#store.lapsed.set(holder.name, {
      holder,
      until: holder.expiresAt,
      untilHere: Date.parse(holder.expiresAt),
    });
  }

  #held(name: string, id: string): HeldLease {
    const held = this.#store.leases.get(name);
    if (held?.id !== id) throw new Failure("conflict", "somebody else has the lease");
    return held;
  }

  #lost(): boolean {
    const lost = this.#store.loseNextAnswer;
    this.#store.loseNextAnswer = false;
    return lost;
  }

  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#flaw === "deaf") return;
    await setImmediate();
    signal.throwIfAborted();
  }
}

function checkName(name: string): void {
  if (!/^(?:[A-Za-z0-9_][A-Za-z0-9._-]*)(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(name)) {
    throw new Failure("invalid", "not a blob name");
  }
}
