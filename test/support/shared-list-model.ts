import type { StoryType } from "./remote.js";
import type { SyncMode } from "../../src/model/config/export.js";
import type { Row, Yaml } from "./project.js";

export const SHARING = ["first", "second"] as const;
export type Sharing = (typeof SHARING)[number];

/** In a segment with consent, in it without, or not in it. */
export type Standing = "in" | "refuses" | "out";

/** Two exports of one list, who stands where, and which of the two are applied. */
export interface SharedRound {
  /** In the order of the people. */
  readonly people: readonly Readonly<Record<Sharing, Standing>>[];
  readonly modes: Readonly<Record<Sharing, SyncMode>>;
  readonly applied: readonly Sharing[];
}

/** One list and who claims a place on it, told plainly. */
export class SharedList {
  readonly members = new Set<string>();
  readonly #claims: Record<Sharing, Map<string, { found: boolean; left: boolean }>> = {
    first: new Map(),
    second: new Map(),
  };
  readonly #ran = new Set<Sharing>();
  readonly #people: readonly string[];

  constructor(people: readonly string[]) {
    this.#people = people;
  }

  apply({ people, modes, applied }: SharedRound): void {
    const before = new Set(this.members);
    const standingOf = (name: Sharing, key: string): Standing =>
      people[this.#people.indexOf(key)]?.[name] ?? "out";
    for (const name of applied) {
      for (const key of this.#people.filter((person) => standingOf(name, person) === "in")) {
        const claim = this.#claims[name].get(key);
        if (claim === undefined) {
          this.#claims[name].set(key, { found: !this.#ran.has(name) && before.has(key), left: false });
          this.members.add(key);
        } else claim.left = false;
      }
    }
    const removals: [Sharing, string][] = [];
    for (const name of applied) {
      for (const [key, claim] of this.#claims[name]) {
        const now = standingOf(name, key);
        if (now === "in") continue;
        if (now === "refuses" || (modes[name] === "mirror" && !claim.found)) removals.push([name, key]);
        else claim.left = true;
      }
      this.#ran.add(name);
    }
    for (const [name, key] of removals) {
      this.#claims[name].delete(key);
      if (SHARING.some((other) => other !== name && this.#holds(other, key, removals))) continue;
      this.members.delete(key);
      for (const other of SHARING)
        if (this.#claims[other].get(key)?.left === true) this.#claims[other].delete(key);
    }
  }

  #holds(name: Sharing, key: string, removals: readonly (readonly [Sharing, string])[]): boolean {
    if (removals.some(([other, gone]) => other === name && gone === key)) return false;
    return this.#claims[name].get(key)?.left === false;
  }
}

/** Each person's row. */
export function sharedRows(people: readonly string[], round: SharedRound): Row[] {
  return people.map((email, index) => {
    const { first, second } = round.people[index] ?? { first: "out", second: "out" };
    return { email, first, second };
  });
}

/** The config of a round: two exports that name one list. */
export function sharedConfig({ modes }: SharedRound, connection: StoryType, list: string): Yaml {
  const segment = (name: Sharing): Yaml => ({ source: "crm", where: `${name} <> 'out'` });
  const one = (name: Sharing): Yaml => ({
    connection,
    list,
    segments: [name],
    match: { email: "email" },
    consent: `${name} = 'in'`,
    mode: modes[name],
    safeguards: { maxRemovals: { share: "100%" }, allowEmpty: true },
  });
  return {
    segments: { first: segment("first"), second: segment("second") },
    exports: { first: one("first"), second: one("second") },
  };
}
