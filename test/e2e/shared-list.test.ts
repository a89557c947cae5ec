import fc from "fast-check";
import { expect, it } from "vitest";
import type { SyncMode } from "../../src/model/export.js";
import { exportOf, openProject, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

const RUNS = process.env["ROLLCALL_TEST_FULL"] === "1" ? 60 : 5;
const SEED = Number(process.env["ROLLCALL_TEST_SEED"] ?? Date.now() % 2_147_483_647);
const PEOPLE = ["ann", "bob", "carl", "dora", "eve"].map((name) => `${name}@example.com`);
const EXPORTS = ["first", "second"] as const;
type Name = (typeof EXPORTS)[number];

/** In a segment with consent, in it without, or not in it. */
const standing = fc.constantFrom("in", "in", "refuses", "out");
type Standing = "in" | "refuses" | "out";
const round = fc.record({
  people: fc.array(fc.record({ first: standing, second: standing }), { minLength: 5, maxLength: 5 }),
  modes: fc.record({
    first: fc.constantFrom<SyncMode>("mirror", "mirror", "upsert", "add-only"),
    // Two mirrors on one list are an error.
    second: fc.constantFrom<SyncMode>("upsert", "add-only"),
  }),
  applied: fc.constantFrom<readonly Name[]>(EXPORTS, EXPORTS, ["first"], ["second"]),
});
type Round = typeof round extends fc.Arbitrary<infer Value> ? Value : never;

/** One list and who claims a place on it, told plainly. */
class SharedList {
  readonly members = new Set<string>();
  readonly #claims: Record<Name, Map<string, { found: boolean; left: boolean }>> = {
    first: new Map(),
    second: new Map(),
  };
  readonly #ran = new Set<Name>();

  apply({ people, modes, applied }: Round): void {
    const before = new Set(this.members);
    const standingOf = (name: Name, key: string): Standing => people[PEOPLE.indexOf(key)]?.[name] ?? "out";
    for (const name of applied) {
      for (const key of PEOPLE.filter((person) => standingOf(name, person) === "in")) {
        const claim = this.#claims[name].get(key);
        if (claim === undefined) {
          this.#claims[name].set(key, { found: !this.#ran.has(name) && before.has(key), left: false });
          this.members.add(key);
        } else claim.left = false;
      }
    }
    const removals: [Name, string][] = [];
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
      if (EXPORTS.some((other) => other !== name && this.#holds(other, key, removals))) continue;
      this.members.delete(key);
      for (const other of EXPORTS)
        if (this.#claims[other].get(key)?.left === true) this.#claims[other].delete(key);
    }
  }

  #holds(name: Name, key: string, removals: readonly (readonly [Name, string])[]): boolean {
    if (removals.some(([other, gone]) => other === name && gone === key)) return false;
    return this.#claims[name].get(key)?.left === false;
  }
}

it(`two exports on one list agree about everybody (seed ${SEED})`, { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(PEOPLE, { maxLength: 2 }),
      fc.array(round, { minLength: 2, maxLength: 5 }),
      async (there, rounds) => {
        const project = await openProject();
        try {
          const remote = remoteOf(project, "file");
          await remote.addList("customers");
          const model = new SharedList();
          for (const key of there) {
            await remote.addStranger(key, ["customers"]);
            model.members.add(key);
          }
          for (const one of rounds) {
            await project.profiles(
              one.people.map((standings, index) => rowOf(PEOPLE[index] ?? "", standings)),
            );
            await project.config(configOf(one));
            await project.apply({ targets: one.applied });
            model.apply(one);
            expect([...(await remote.members("customers")).keys()].sort()).toEqual([...model.members].sort());
            const planned = await project.plan({ targets: one.applied });
            for (const name of one.applied)
              expect(exportOf(planned, name).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
          }
        } finally {
          await project.stop();
        }
      },
    ),
    { numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: 500_000 },
  );
});

function rowOf(email: string, { first, second }: Readonly<Record<Name, Standing>>): Row {
  return { email, first, second };
}

function configOf({ modes }: Round): Yaml {
  const segment = (name: Name): Yaml => ({ source: "crm", where: `${name} <> 'out'` });
  const one = (name: Name): Yaml => ({
    connection: "file",
    list: "customers",
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
