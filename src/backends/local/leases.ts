import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import { LeaseHeld } from "../../plugin/state-backend.js";
import type { HeldLease, Lease, LeaseInfo } from "../../plugin/state-backend.js";
import { processIdentity, processState } from "../../platform/process-identity.js";
import type { DurableFiles } from "./durable.js";
import { decodeEntry, encodeEntry, type Entry, type Stored } from "./lease-entry.js";
import { checkLeaseName } from "./names.js";
import { Versions } from "./versions.js";

/** Nothing that a holder began before this is still under way. */
const LONG_AGO_MS = 24 * 3_600_000;

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
    const id = randomUUID();
    let lapsed: Entry["lapsed"];
    const entry = (): Entry => {
      const expiresAt = new Date(Date.now() + ttlMs).toISOString();
      const held = { ...info, name, id, acquiredAt, expiresAt, process: processIdentity };
      return { held, ...free(lapsed) };
    };
    for (;;) {
      const current = await this.#read(name, signal);
      if (current.held?.id === id) break;
      if (current.held !== undefined && stateOf(current.held) === "live") {
        throw new LeaseHeld(outward(current.held));
      }
      lapsed = lapsedOf(current);
      if ((await versions.swap(encodeEntry(entry()), current.number, signal)) !== undefined) break;
    }
    return {
      id,
      lapsed: lapsed && { holder: { ...lapsed.holder, state: "expired" }, until: lapsed.until },
      renew: (renewSignal) => this.#change(name, id, entry, renewSignal),
      release: async () => {
        try {
          // Who comes next has to know of the one before us: we may not have waited for it.
          await this.#change(name, id, () => free(lapsed), new AbortController().signal);
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
      const { held } = await this.#read(name, signal);
      if (held !== undefined) all.push(outward(held));
    }
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async break(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#change(name, id, (current) => free(lapsedOf(current)), signal);
  }

  /** Swaps until it succeeds, as long as the lease with this id is the one that is held. */
  async #change(
    name: string,
    id: string,
    next: (current: Entry) => Entry,
    signal: AbortSignal,
  ): Promise<void> {
    const versions = this.#versions(name);
    for (;;) {
      const current = await this.#read(name, signal);
      if (current.held?.id !== id) {
        throw new Failure("conflict", `the lock "${name}" is no longer the one with this id`, {
          hint: "It was released, or it expired and another run took it. Look at the locks again.",
        });
      }
      if ((await versions.swap(encodeEntry(next(current)), current.number, signal)) !== undefined) return;
    }
  }

  async #read(name: string, signal: AbortSignal): Promise<Entry & { number: number }> {
    const version = await this.#versions(name).read(signal);
    if (version === undefined) return { number: 0 };
    const entry = decodeEntry(version.bytes, name, join(this.#folder, name));
    return { ...entry, number: version.number };
  }

  #versions(name: string): Versions {
    return new Versions(join(this.#folder, checkLeaseName(name)), this.#files);
  }
}

function stateOf(held: NonNullable<Entry["held"]>): HeldLease["state"] {
  if (processState(held.process) === "dead") return "dead";
  return Date.parse(held.expiresAt) > Date.now() ? "live" : "expired";
}

/** Whoever does not renew any more begins nothing after its time is up, and a dead process nothing from now on. */
function lapsedOf({ held, lapsed }: Entry): Entry["lapsed"] {
  if (held === undefined) return lapsed;
  const now = new Date().toISOString();
  const until = stateOf(held) === "dead" && now < held.expiresAt ? now : held.expiresAt;
  return lapsed !== undefined && lapsed.until > until ? lapsed : { holder: stored(held), until };
}

function free(lapsed: Entry["lapsed"]): Entry {
  const old = lapsed === undefined || Date.now() - Date.parse(lapsed.until) > LONG_AGO_MS;
  return old ? {} : { lapsed };
}

/** Without what is only ours to know. */
function outward(held: NonNullable<Entry["held"]>): HeldLease {
  return { ...stored(held), state: stateOf(held) };
}

function stored({ name, id, subject, operation, who, pid, acquiredAt, expiresAt }: Stored): Stored {
  return { name, id, subject, operation, who, pid, acquiredAt, expiresAt };
}
