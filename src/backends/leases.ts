import { randomUUID } from "node:crypto";
import { Failure } from "../model/failure.js";
import { LeaseHeld } from "../plugin/state-backend.js";
import type { HeldLease, Lapsed, Lease, LeaseInfo } from "../plugin/state-backend.js";
import { processIdentity } from "../platform/process-identity.js";
import { decodeEntry, encodeEntry, type Entry } from "./lease-entry.js";
import { checkLeaseName } from "./check-names.js";
import { believed, free, lapsedHere, lapsedOf, outward, stateOf, timeText } from "./lease-moment.js";

/** Swaps in a row whose outcome may stay unknown. */
const TRIES = 5;

/** Swaps in a row that somebody else came before. Whoever does so is done with it soon, so that this many mean something else. */
const MISSES = 100;

/** Where leases are kept: a small document each, with compare-and-swap and the clock of the store. */
export interface LeaseDocuments {
  /** How coarse `now` is: the time of the store is that, or up to so much later. */
  readonly clockStepMs: number;
  /** What to do about a document that cannot be read. */
  readonly fix: (name: string) => string;
  /** `now` in epoch ms; without `stored` there was never a lease of this name. */
  read(name: string, signal: AbortSignal): Promise<LeaseDocument>;
  /** False when `version` is not the stored one any more; may throw `Failure("unknown-outcome")`. */
  swap(name: string, bytes: Uint8Array, version: string | undefined, signal: AbortSignal): Promise<boolean>;
  names(signal: AbortSignal): Promise<readonly string[]>;
}

export interface LeaseDocument {
  readonly stored: { readonly bytes: Uint8Array; readonly version: string } | undefined;
  readonly now: number;
}

interface Read {
  readonly entry: Entry;
  readonly version: string | undefined;
  readonly now: number;
}

/**
 * Leases as documents with compare-and-swap: taking, prolonging, giving back
 * and breaking are all a swap, so two can never succeed at once and a displaced
 * holder learns it at its next swap. Every time in a document is the store's,
 * so that it does not matter what the clocks of the holders say. A swap whose
 * answer was lost is looked up: the document says whose it is.
 */
export class Leases {
  readonly #documents: LeaseDocuments;

  constructor(documents: LeaseDocuments) {
    this.#documents = documents;
  }

  async acquire(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    checkLeaseName(name);
    const id = randomUUID();
    let acquiredAt: string | undefined;
    let before: Entry["lapsed"];
    let lapsed: Lapsed | undefined;
    const entry = (now: number): Entry => {
      const expiresAt = timeText(now + this.#documents.clockStepMs + ttlMs);
      const held = { ...info, name, id, acquiredAt: (acquiredAt ??= timeText(now)), expiresAt };
      return { held: { ...held, process: processIdentity, ttlMs }, ...free(before, now) };
    };
    let refusal: LeaseHeld | undefined;
    await this.#swapping(name, signal, ({ entry: written, now }) => {
      refusal = undefined;
      if (written.held?.id === id) return undefined;
      const current = believed(written, now, ttlMs);
      if (current.held !== undefined && stateOf(current.held, now) === "live") {
        refusal = new LeaseHeld(outward(current.held, now));
        // Written down, or it would end that much after each look at it.
        return current.held.expiresAt === written.held?.expiresAt ? undefined : current;
      }
      before = lapsedOf(current, now);
      lapsed = lapsedHere(before, now);
      return entry(now);
    });
    if (refusal !== undefined) throw refusal;
    return {
      id,
      lapsed,
      renew: (renewSignal) => this.#change(name, id, ({ now }) => entry(now), renewSignal),
      release: async () => {
        try {
          // Who comes next has to know of the one before us: we may not have waited for it.
          const given = ({ now }: Read): Entry => free(before, now);
          await this.#change(name, id, given, new AbortController().signal);
        } catch (error) {
          // Somebody else has it already: then it is not ours to give back.
          if (!(error instanceof Failure && error.kind === "conflict")) throw error;
        }
      },
    };
  }

  async list(signal: AbortSignal): Promise<HeldLease[]> {
    const all: HeldLease[] = [];
    for (const name of await this.#documents.names(signal)) {
      const { entry, now } = await this.#read(name, signal);
      const { held } = believed(entry, now, entry.held?.ttlMs ?? Infinity);
      if (held !== undefined) all.push(outward(held, now));
    }
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async break(name: string, id: string, signal: AbortSignal): Promise<void> {
    checkLeaseName(name);
    await this.#change(name, id, ({ entry, now }) => free(lapsedOf(entry, now), now), signal);
  }

  /** Swaps until it succeeds, as long as the lease with this id is the one that is held. */
  async #change(
    name: string,
    id: string,
    next: (current: Read) => Entry,
    signal: AbortSignal,
  ): Promise<void> {
    let ended = false;
    await this.#swapping(name, signal, (current, uncertain) => {
      if (current.entry.held?.id === id) {
        const entry = next(current);
        ended = entry.held === undefined;
        return entry;
      }
      // Ending it may have been carried out although the answer was lost.
      if (uncertain && ended) return undefined;
      throw new Failure("conflict", `the lock "${name}" is no longer the one with this id`, {
        hint: "It was released, or it expired and another run took it. Look at the locks again.",
      });
    });
  }

  /** Puts what `decide` makes of the current document; when that changed meanwhile, decides again. Undefined is done. */
  async #swapping(
    name: string,
    signal: AbortSignal,
    decide: (current: Read, uncertain: boolean) => Entry | undefined,
  ): Promise<void> {
    for (let [uncertain, missed] = [0, 0]; ;) {
      const current = await this.#read(name, signal);
      const entry = decide(current, uncertain > 0);
      if (entry === undefined) return;
      try {
        if (await this.#documents.swap(name, encodeEntry(entry), current.version, signal)) return;
        if (++missed === MISSES) throw neverSwapped(name);
      } catch (error) {
        const unknown = error instanceof Failure && error.kind === "unknown-outcome";
        if (!unknown || ++uncertain === TRIES) throw error;
      }
    }
  }

  async #read(name: string, signal: AbortSignal): Promise<Read> {
    const { stored, now } = await this.#documents.read(name, signal);
    const entry = stored === undefined ? {} : decodeEntry(stored.bytes, name, this.#documents.fix(name));
    return { entry, version: stored?.version, now };
  }
}

function neverSwapped(name: string): Failure {
  return new Failure(
    "permanent",
    `the lock "${name}" cannot be written: its version is never the stored one`,
    {
      hint: "Check whether a proxy is in between that changes ETags, as one does that compresses answers.",
    },
  );
}
