import { join } from "node:path";
import { Failure } from "../../../model/failure.js";
import { digestFile } from "../../../platform/files/file-digest.js";
import type { StateBackend } from "../../../plugin/state-backend.js";
import type { StateStore } from "../../../state/store.js";
import { findBlobsInUse } from "../../../state/upkeep/in-use.js";

const RUNS = "runs/";
/** Kept for people, whether anything refers to it or not: see `state gc`. */
const HISTORY = ["journal/", "changesets/", RUNS];

export interface Contents {
  /** Blobs that the state cannot do without, with what they have to be. */
  readonly needed: ReadonlySet<string>;
  /** Everything that moves, with its size as stored. */
  readonly all: ReadonlyMap<string, number>;
}

/** What a state refers to, the journals of its unfinished runs, and its history. */
export async function findContents(
  state: StateStore,
  scratch: string,
  signal: AbortSignal,
): Promise<Contents> {
  const { refs, journals } = await findBlobsInUse(state, state.root, scratch, signal);
  const all = new Map(refs.map(({ name, bytes }) => [name, bytes]));
  for (const prefix of new Set([...journals, ...HISTORY]))
    for await (const { name, bytes } of state.backend.listBlobs(prefix, signal)) all.set(name, bytes);
  return { needed: new Set(refs.map(({ name }) => name)), all };
}

/** Copies blobs as they are stored, each until the new place gives back the same bytes. */
export class Copy {
  copied = 0;
  readonly #state: StateStore;
  readonly #to: StateBackend;
  readonly #scratch: string;
  readonly #signal: AbortSignal;
  /** Digests of what is there for certain. */
  readonly #there = new Map<string, string>();

  constructor(state: StateStore, to: StateBackend, scratch: string, signal: AbortSignal) {
    this.#state = state;
    this.#to = to;
    this.#scratch = scratch;
    this.#signal = signal;
  }

  async all({ all, needed }: Contents): Promise<void> {
    for (const name of all.keys()) await this.#one(name, needed.has(name));
  }

  async #one(name: string, needed: boolean): Promise<void> {
    // Only how a run ended is ever written again under one name.
    if (this.#there.has(name) && !name.startsWith(RUNS)) return;
    const path = join(this.#scratch, "moving");
    await this.#state.backend.getBlob(name, path, this.#signal);
    const { sha256 } = await digestFile(path, this.#signal);
    if (needed && !name.endsWith(`/${sha256}`)) throw damaged(name, this.#state.backend.label);
    if (this.#there.get(name) === sha256) return;
    if ((await this.#digestThere(name)) !== sha256) await this.#put(name, path, sha256);
    this.#there.set(name, sha256);
  }

  async #put(name: string, path: string, sha256: string): Promise<void> {
    // What an earlier try may have left there broken.
    await this.#to.deleteBlob(name, this.#signal);
    await this.#to.putBlob(name, { path }, this.#signal);
    if ((await this.#digestThere(name)) !== sha256) throw damaged(name, this.#to.label);
    this.copied += 1;
  }

  async #digestThere(name: string): Promise<string | undefined> {
    const path = join(this.#scratch, "moved");
    try {
      await this.#to.getBlob(name, path, this.#signal);
    } catch (error) {
      if (error instanceof Failure && error.kind === "not-found") return undefined;
      throw error;
    }
    return (await digestFile(path, this.#signal)).sha256;
  }
}

function damaged(name: string, label: string): Failure {
  return new Failure("permanent", `${name} in ${label} is damaged (its bytes changed)`, {
    hint: "The state was not moved. Restore this blob from a backup, or find out what changes bytes there, then run this again.",
  });
}
