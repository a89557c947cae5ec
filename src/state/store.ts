import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { Failure } from "../model/failure.js";
import type { DestinationType } from "../model/connection.js";
import type { StateBackend } from "../plugin/state-backend.js";
import { fileDigest } from "../platform/file-digest.js";
import { accountState, emptyRoot, parseRoot, serialiseRoot } from "./root.js";
import type { BlobRef, StateRoot } from "./root.js";

/** Folder of a blob's name: what it is for. */
export type BlobKind = "ledger" | "changesets" | "opt-outs" | "forgotten";

/** Changes a copy of the current root in place; called again on a newer one when another run was faster. */
export type Mutate = (root: StateRoot) => void;

const TRIES = 20;
const HOUR_MS = 3_600_000;

/** Reads the root; where there is none yet, makes one in memory that only `update` writes. */
export async function openState(backend: StateBackend, signal: AbortSignal): Promise<StateStore> {
  const stored = await backend.readRoot(signal);
  return stored === undefined
    ? new StateStore(backend, emptyRoot(), undefined)
    : new StateStore(backend, parseRoot(stored.bytes, backend.label), stored.version);
}

/** The state of one lineage: the root as last read or written, and the blobs it names. */
export class StateStore {
  readonly backend: StateBackend;
  #root: StateRoot;
  #version: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(backend: StateBackend, root: StateRoot, version: string | undefined) {
    this.backend = backend;
    this.#root = root;
    this.#version = version;
  }

  /** As last read or written; do not change it. */
  get root(): StateRoot {
    return this.#root;
  }

  get lineage(): string {
    return this.#root.lineage;
  }

  /** Whether anything was ever written. */
  get stored(): boolean {
    return this.#version !== undefined;
  }

  /** Before the first write: go by the lineage that a saved plan carries. */
  adoptLineage(lineage: string): void {
    if (this.stored) throw new TypeError("only a state that was never written can take a lineage");
    this.#root = { ...this.#root, lineage };
  }

  /**
   * Applies `mutate` to the newest root and writes it. When another run wrote
   * meanwhile, reads again and applies it again, so it must touch only the
   * entries of its own account and exports. Throws `Failure("stale")` when the
   * state belongs to another lineage by now.
   */
  async update(mutate: Mutate, signal: AbortSignal): Promise<StateRoot> {
    const turn = this.#queue.then(() => this.#update(mutate, signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Takes an account for a run: its epoch goes up, so that a run that had it
   * before and does not know yet that it lost its lock can record nothing more.
   */
  async takeAccount(key: string, type: DestinationType, signal: AbortSignal): Promise<HeldAccount> {
    const root = await this.update((draft) => {
      const known = accountState(draft, key);
      draft.accounts[key] = known ?? { type, epoch: 0, ledger: { deltas: [], rows: 0 }, spent: {} };
      draft.accounts[key].epoch += 1;
    }, signal);
    const epoch = accountState(root, key)?.epoch;
    return {
      update: (mutate, updateSignal) =>
        this.update((draft) => {
          if (accountState(draft, key)?.epoch !== epoch) throw displaced(key);
          mutate(draft);
        }, updateSignal),
    };
  }

  /** Stores a file under the hash of its bytes. */
  async putBlobFile(kind: BlobKind, path: string, signal: AbortSignal): Promise<BlobRef> {
    const digest = await fileDigest(path, signal);
    const ref = { name: `${kind}/${digest.sha256}`, ...digest };
    await this.backend.putBlob(ref.name, { path }, signal);
    return ref;
  }

  /** Stores bytes under their hash. */
  async putBlobBytes(kind: BlobKind, bytes: Uint8Array, signal: AbortSignal): Promise<BlobRef> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const ref = { name: `${kind}/${sha256}`, sha256, bytes: bytes.length };
    await this.backend.putBlob(ref.name, { bytes }, signal);
    return ref;
  }

  /** Copies a blob to `path` and checks that it is what was stored. */
  async fetchBlob(ref: BlobRef, path: string, signal: AbortSignal): Promise<void> {
    await this.backend.getBlob(ref.name, path, signal);
    const found = await fileDigest(path, signal);
    if (found.sha256 === ref.sha256 && found.bytes === ref.bytes) return;
    await rm(path, { force: true });
    throw new Failure("permanent", `${ref.name} in ${this.backend.label} is damaged (its bytes changed)`, {
      hint: "Restore this file, or the whole state, from a backup; nothing was changed.",
    });
  }

  async #update(mutate: Mutate, signal: AbortSignal): Promise<StateRoot> {
    for (let tries = 1; ; tries++) {
      const draft = structuredClone(this.#root);
      mutate(draft);
      draft.serial = this.#root.serial + 1;
      pruneSpent(draft, Date.now());
      const bytes = serialiseRoot(draft);
      try {
        const { version } = await this.backend.writeRoot(bytes, this.#version, signal);
        return this.#now(draft, version);
      } catch (error) {
        if (!isUncertain(error)) throw error;
        const stored = await this.backend.readRoot(signal);
        // The answer was lost, but the write was not.
        if (stored !== undefined && Buffer.compare(stored.bytes, bytes) === 0) {
          return this.#now(draft, stored.version);
        }
        if (tries === TRIES || stored === undefined) throw error;
        this.#now(this.#sameLineage(parseRoot(stored.bytes, this.backend.label)), stored.version);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** tries, 250)));
      }
    }
  }

  #now(root: StateRoot, version: string): StateRoot {
    this.#root = root;
    this.#version = version;
    return root;
  }

  #sameLineage(root: StateRoot): StateRoot {
    if (root.lineage === this.lineage) return root;
    throw new Failure("stale", `the state in ${this.backend.label} is not the one that was planned on`, {
      hint: "Another run made a state here meanwhile. Plan again.",
    });
  }
}

/** An account that a run has taken. */
export interface HeldAccount {
  /** As `StateStore.update`, but throws `Failure("conflict")` once another run has taken the account. */
  update(mutate: Mutate, signal: AbortSignal): Promise<StateRoot>;
}

function displaced(key: string): Failure {
  return new Failure("conflict", `another run has taken the account ${key} over`, {
    hint: "This run stops. What it had recorded is kept, and the other run settles the rest.",
  });
}

function isUncertain(error: unknown): boolean {
  return error instanceof Failure && (error.kind === "conflict" || error.kind === "unknown-outcome");
}

function pruneSpent(root: StateRoot, now: number): void {
  for (const account of Object.values(root.accounts)) {
    for (const [bucket, times] of Object.entries(account.spent)) {
      const recent = times.filter((time) => now - time < HOUR_MS);
      if (recent.length > 0) account.spent[bucket] = recent;
      else delete account.spent[bucket];
    }
  }
}
