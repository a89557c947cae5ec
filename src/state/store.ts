import { believedTime } from "../model/believed-time.js";
import { Failure } from "../model/failure.js";
import type { DestinationType } from "../model/config/connection.js";
import type { StateBackend, StoredRoot } from "../plugin/state-backend.js";
import { BlobStore } from "./storage/blob-store.js";
import { divertBackend } from "./storage/diverted-backend.js";
import { createJournalStorage } from "./journal/journal-storage.js";
import type { JournalStorage } from "./journal/journal.js";
import { mustBeHere } from "./root/moved-away.js";
import { mustBelongTo } from "./root/must-belong-to.js";
import { mustFollowRoot, mustNotGoBack } from "./root/root-order.js";
import { accountState, blobRefs, emptyRoot, parseRoot, serialiseRoot } from "./root/root.js";
import type { BlobRef, StateRoot } from "./root/root.js";
import { KeyRing } from "./storage/state-key.js";

/** Changes a copy of the current root in place; called again on a newer one when another run was faster. */
export type RootChange = (root: StateRoot) => void;

const TRIES = 20;
const HOUR_MS = 3_600_000;

/** Reads the root; where there is none yet, makes one in memory that only `update` writes. */
export async function openState(
  backend: StateBackend,
  signal: AbortSignal,
  keys: KeyRing = new KeyRing(),
  environment?: string,
): Promise<StateStore> {
  const stored = await backend.readRoot(signal);
  if (stored === undefined)
    return new StateStore(backend, emptyRoot(environment), undefined, keys, environment);
  const root = readable(stored, backend, keys);
  mustBelongTo(environment, root, backend.label);
  return new StateStore(backend, root, stored.version, keys, environment);
}

/** A root whose blobs we have the key of. */
function readable({ bytes, before }: StoredRoot, { label }: StateBackend, keys: KeyRing): StateRoot {
  const root = parseRoot(bytes, label);
  mustFollowRoot(root, before, label);
  mustBeHere(root, label);
  if (root.encryption !== undefined) keys.find(root.encryption.keyId, `the state in ${label}`);
  return root;
}

/** The state of one lineage: the root as last read or written, and the blobs it names. */
export class StateStore extends BlobStore {
  /** Of the config; undefined where it has none. */
  readonly environment: string | undefined;
  #root: StateRoot;
  #version: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    backend: StateBackend,
    root: StateRoot,
    version: string | undefined,
    keys: KeyRing = new KeyRing(),
    environment?: string,
  ) {
    super(backend, keys);
    this.environment = environment;
    this.#root = root;
    this.#version = version;
  }

  /** As last read or written; do not change it. */
  get root(): StateRoot {
    return this.#root;
  }

  override get lineage(): string {
    return this.#root.lineage;
  }

  /** Whether anything was ever written. */
  get stored(): boolean {
    return this.#version !== undefined;
  }

  /** Where journals are written and read, under the envelope like everything else. */
  get journals(): JournalStorage {
    return createJournalStorage(this.backend, this.keys, this.lineage);
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
  async update(mutate: RootChange, signal: AbortSignal): Promise<StateRoot> {
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
    return this.#holder(key, accountState(root, key)?.epoch);
  }

  /** Puts a whole root in the place of the one that was read; throws `Failure("conflict")` when it is another by now. */
  async replace(root: StateRoot, signal: AbortSignal): Promise<void> {
    const replaced = this.stored ? { ...root, replaces: this.#root.serial } : root;
    const { version } = await this.backend.writeRoot(serialiseRoot(replaced), this.#version, signal);
    this.#now(root, version);
  }

  /**
   * The same state, written to another place: what is put goes to `beside`,
   * what is not there is read from here. For a state that cannot be written any more.
   */
  diverted(beside: StateBackend): StateStore {
    const root = structuredClone(this.#root);
    const backend = divertBackend(this.backend, beside);
    return new StateStore(backend, root, undefined, this.keys, this.environment);
  }

  /** An account as the run holds it that the root names last. */
  heldAccount(key: string): HeldAccount {
    return this.#holder(key, accountState(this.#root, key)?.epoch);
  }

  #holder(key: string, epoch: number | undefined): HeldAccount {
    return {
      update: (mutate, signal) =>
        this.update((draft) => {
          if (accountState(draft, key)?.epoch !== epoch) throw displaced(key);
          mutate(draft);
        }, signal),
    };
  }

  /** Reads the root again. */
  async reload(signal: AbortSignal): Promise<StateRoot> {
    const stored = await this.backend.readRoot(signal);
    if (stored === undefined) throw this.#gone();
    return this.#now(this.#sameLineage(readable(stored, this.backend, this.keys)), stored.version);
  }

  /** A blob that is gone because another run replaced it is not damage. */
  protected override async mustStillRefer(ref: BlobRef, signal: AbortSignal): Promise<void> {
    if (!this.stored) return;
    const known = this.#root;
    const newest = await this.reload(signal);
    if (newest.serial === known.serial || blobRefs(newest).some(({ name }) => name === ref.name)) return;
    throw new Failure("stale", `the state in ${this.backend.label} was changed by another run meanwhile`, {
      hint: "Run the command again; it starts from the newer state.",
    });
  }

  async #update(mutate: RootChange, signal: AbortSignal): Promise<StateRoot> {
    for (let tries = 1; ; tries++) {
      const draft = structuredClone(this.#root);
      mutate(draft);
      draft.serial = this.#root.serial + 1;
      delete draft.replaces;
      if (this.environment !== undefined) draft.environment = this.environment;
      pruneSpent(draft, Date.now());
      if (this.keys.current !== undefined) draft.encryption = { keyId: this.keys.current.id };
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
        if (stored === undefined && this.#version !== undefined) throw this.#gone();
        if (tries === TRIES || stored === undefined) throw error;
        this.#now(this.#sameLineage(readable(stored, this.backend, this.keys)), stored.version);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * 2 ** tries, 250)));
      }
    }
  }

  #now(root: StateRoot, version: string): StateRoot {
    this.#root = root;
    this.#version = version;
    return root;
  }

  #gone(): Failure {
    return new Failure("permanent", `the state in ${this.backend.label} is gone`, {
      hint: "It was there when this run began. Restore it from a backup, then run again.",
    });
  }

  #sameLineage(root: StateRoot): StateRoot {
    if (this.stored) mustNotGoBack(root, this.#root, this.backend.label);
    if (root.lineage === this.lineage) return root;
    throw new Failure("stale", `the state in ${this.backend.label} is not the one that was planned on`, {
      hint: "Another run made a state here meanwhile. Plan again.",
    });
  }
}

/** An account that a run has taken. */
export interface HeldAccount {
  /** As `StateStore.update`, but throws `Failure("conflict")` once another run has taken the account. */
  update(mutate: RootChange, signal: AbortSignal): Promise<StateRoot>;
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
      const recent = times.map((time) => believedTime(time, now)).filter((time) => now - time < HOUR_MS);
      if (recent.length > 0) account.spent[bucket] = recent;
      else delete account.spent[bucket];
    }
  }
}
