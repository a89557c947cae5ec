import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import { LeaseHeld } from "../../plugin/state-backend.js";
import type { HeldLease, Lease, LeaseInfo } from "../../plugin/state-backend.js";
import { processIdentity, processState } from "../../platform/process-identity.js";
import type { DurableFiles } from "./durable.js";
import { checkLeaseName } from "./names.js";
import { Versions } from "./versions.js";

/** What a version of a lease says; without `held` it is free. */
interface Entry {
  readonly held?: HeldLease & {
    /** Identity of the holding process, so that a dead one need not be waited for. */
    readonly process: string;
  };
}

/**
 * Leases as documents with compare-and-swap, one folder each: taking,
 * prolonging, giving back and breaking are all a swap, so two can never
 * succeed at once and a displaced holder learns it at its next swap.
 */
export class Leases {
  readonly #folder: string;
  readonly #files: DurableFiles;

  constructor(folder: string, files: DurableFiles) {
    this.#folder = join(folder, "leases");
    this.#files = files;
  }

  async acquire(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    const versions = this.#versions(name);
    const acquiredAt = new Date().toISOString();
    const held = (): NonNullable<Entry["held"]> => {
      const expiresAt = new Date(Date.now() + ttlMs).toISOString();
      return { ...info, name, id, acquiredAt, expiresAt, process: processIdentity };
    };
    const id = randomUUID();
    for (;;) {
      const current = await this.#read(versions, signal);
      if (current.held?.id === id) break;
      if (current.held !== undefined && isAlive(current.held)) throw new LeaseHeld(outward(current.held));
      if ((await versions.swap(encode({ held: held() }), current.number, signal)) !== undefined) break;
    }
    return {
      id,
      renew: (renewSignal) => this.#change(name, id, () => ({ held: held() }), renewSignal),
      release: async () => {
        try {
          await this.#change(name, id, () => ({}), new AbortController().signal);
        } catch (error) {
          // Somebody else has it already: then it is not ours to give back.
          if (!(error instanceof Failure && error.kind === "conflict")) throw error;
        }
      },
    };
  }

  async list(signal: AbortSignal): Promise<HeldLease[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const all: HeldLease[] = [];
    for (const name of names) {
      const { held } = await this.#read(this.#versions(name), signal);
      if (held !== undefined) all.push(outward(held));
    }
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async break(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#change(name, id, () => ({}), signal);
  }

  /** Swaps until it succeeds, as long as the lease with this id is the one that is held. */
  async #change(name: string, id: string, next: () => Entry, signal: AbortSignal): Promise<void> {
    const versions = this.#versions(name);
    for (;;) {
      const current = await this.#read(versions, signal);
      if (current.held?.id !== id) {
        throw new Failure("conflict", `the lock "${name}" is no longer the one with this id`, {
          hint: "It was released, or it expired and another run took it. Look at the locks again.",
        });
      }
      if ((await versions.swap(encode(next()), current.number, signal)) !== undefined) return;
    }
  }

  async #read(versions: Versions, signal: AbortSignal): Promise<Entry & { number: number }> {
    const version = await versions.read(signal);
    if (version === undefined) return { number: 0 };
    const entry = JSON.parse(Buffer.from(version.bytes).toString("utf8")) as Entry;
    return { ...entry, number: version.number };
  }

  #versions(name: string): Versions {
    return new Versions(join(this.#folder, checkLeaseName(name)), this.#files);
  }
}

function isAlive(held: NonNullable<Entry["held"]>): boolean {
  return Date.parse(held.expiresAt) > Date.now() && processState(held.process) !== "dead";
}

/** Without what is only ours to know. */
function outward({ name, id, operation, who, pid, acquiredAt, expiresAt }: HeldLease): HeldLease {
  return { name, id, operation, who, pid, acquiredAt, expiresAt };
}

function encode(entry: Entry): Uint8Array {
  return Buffer.from(JSON.stringify(entry));
}
