import type { SyncMode } from "../../src/model/config/export.js";

/** What one attribute of a profile is worth: a value to store, nothing (empty), or something that does not fit. */
export type Cell = { readonly value: string | number | boolean } | "empty" | "misfit";

/** A profile as the test made it, so that the model need not parse anything. */
export interface ModelProfile {
  /** The key of its address; undefined for something that is not an address. */
  readonly key: string | undefined;
  readonly consent: boolean;
  readonly updated: number;
  /** Lower rows win. */
  readonly segments: readonly number[];
  readonly suppressed: boolean;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface ModelDefinition {
  readonly mode: SyncMode;
  readonly needsConsent: boolean;
  readonly suppresses: boolean;
  readonly newestFirst: boolean;
  /** Null policy by attribute; an attribute that is absent is not mapped. */
  readonly attributes: Readonly<Record<string, "leave" | "clear">>;
}

interface Claim {
  readonly found: boolean;
  left: boolean;
}

export type Stored = Record<string, string | number | boolean>;

/**
 * One list as it should be, told in the plainest way: no SQL, no hashes, no
 * ledger of deliveries. Where two profiles of one address tie, either may win,
 * so that each attribute has a set of stored states that are right.
 */
export class ListModel {
  readonly members = new Set<string>();
  readonly optedOut = new Set<string>();
  /** Attributes by address, whether or not it is on the list; several when a tie left it open. */
  readonly contacts = new Map<string, Stored[]>();
  readonly #claims = new Map<string, Claim>();
  readonly #forgotten = new Set<string>();
  #firstRun = true;

  addStranger(key: string): void {
    this.members.add(key);
    if (!this.contacts.has(key)) this.contacts.set(key, [{}]);
  }

  /** Somebody is forgotten, and held back from then on. */
  forget(key: string): void {
    this.#drop(key);
    this.#forgotten.add(key);
  }

  /** Told what a successful apply saw. */
  apply(definition: ModelDefinition, profiles: readonly ModelProfile[]): void {
    const suppressed = keysOf(profiles.filter((profile) => definition.suppresses && profile.suppressed));
    const chosen = profiles.filter(({ segments }) => segments.length > 0);
    const unwilling = keysOf(chosen.filter(({ consent }) => definition.needsConsent && !consent));
    const desired = keysOf(chosen);
    for (const key of desired) {
      if (suppressed.has(key) || unwilling.has(key) || this.optedOut.has(key)) continue;
      if (this.#forgotten.has(key)) continue;
      const claim = this.#claims.get(key);
      const there = claim === undefined && this.#firstRun && this.members.has(key);
      if (claim === undefined) this.#claims.set(key, { found: there, left: false });
      else claim.left = false;
      this.members.add(key);
      const isNew = claim === undefined && !there;
      if (isNew || definition.mode !== "add-only")
        this.#store(
          key,
          winners(
            chosen.filter((profile) => profile.key === key),
            definition,
          ),
          definition,
        );
    }
    for (const [key, claim] of this.#claims) {
      if (suppressed.has(key) || unwilling.has(key)) this.#drop(key);
      else if (this.optedOut.has(key) || desired.has(key)) continue;
      else if (definition.mode === "mirror" && !claim.found) this.#drop(key);
      else claim.left = true;
    }
    this.#firstRun = false;
  }

  #drop(key: string): void {
    this.members.delete(key);
    this.#claims.delete(key);
  }

  #store(key: string, from: readonly ModelProfile[], { attributes }: ModelDefinition): void {
    const before = this.contacts.get(key) ?? [{}];
    const after = before.flatMap((stored) =>
      from.map(({ cells }) => {
        const next = { ...stored };
        for (const [name, nulls] of Object.entries(attributes)) {
          const cell = cells[name] ?? "empty";
          if (typeof cell === "object") next[name] = cell.value;
          else if (cell === "empty" && nulls === "clear") delete next[name];
        }
        return next;
      }),
    );
    const distinct = new Map(after.map((stored) => [JSON.stringify(Object.entries(stored).sort()), stored]));
    this.contacts.set(key, [...distinct.values()]);
  }
}

function keysOf(profiles: readonly ModelProfile[]): Set<string> {
  return new Set(profiles.flatMap(({ key }) => (key === undefined ? [] : [key])));
}

/** The profiles that may win an address: first segment, then the newest; more than one on a tie. */
function winners(
  profiles: readonly ModelProfile[],
  { newestFirst }: ModelDefinition,
): readonly ModelProfile[] {
  const rank = Math.min(...profiles.flatMap(({ segments }) => segments));
  const best = profiles.filter(({ segments }) => segments.includes(rank));
  if (!newestFirst) return best;
  const newest = Math.max(...best.map(({ updated }) => updated));
  return best.filter(({ updated }) => updated === newest);
}
