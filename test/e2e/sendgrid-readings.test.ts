import { expect, it, onTestFinished } from "vitest";
import { SWITCHES, type Switches } from "../../src/sandbox/index.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";

const LOST = "sendgridMissingIdentifierLosesRow";
const names = (Object.keys(SWITCHES) as (keyof Switches)[]).filter((name) => name.startsWith("sendgrid"));
const others = names.filter((name) => name !== LOST);

/** Switches that are on. Each by itself takes long, so that most runs try all that get on together. */
const READINGS: readonly (readonly (keyof Switches)[])[] = [
  [LOST],
  others,
  ...(FULL ? [[], ...others.map((name) => [name])] : []),
];

const at = (name: string): string => `${name}@example.com`;
const row = (name: string, score: number | null, tier: string): Row => ({
  email: at(name),
  first_name: name,
  score,
  tier,
});

/** Addresses that went out to be written. */
function written({ exchanges }: Project, from: number): string {
  const writes = exchanges.slice(from).filter(({ method }) => method === "PUT");
  return JSON.stringify(writes.map(({ requestBody }) => requestBody));
}

it.each(READINGS.map((on) => ({ on, count: on.length })))(
  "a whole life at SendGrid with $count doubtful readings ($on.0): everybody is where they belong or told, and who said no is never sent",
  async ({ on }) => {
    const project = await openProject({
      sandbox: {
        delays: { jobMs: 20, visibleMs: 0, fieldMs: 300 },
        switches: Object.fromEntries(on.map((name) => [name, true])),
      },
    });
    onTestFinished(() => project.stop());
    onTestFinished(resetClock);
    const state = project.sandbox.sendgrid();
    // In the account already, known by more than the address.
    state.addContact({ email: at("dora"), external_id: "crm-4" });
    state.unsubscribe(at("eve"));
    await project.config({
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: "sendgrid",
          list: { name: "Customers", create: true },
          segments: ["all"],
          match: { email: "email" },
          attributes: {
            firstName: "first_name",
            Tier: { column: "tier", createMissing: true, nulls: "clear" },
            Score: { column: "score", type: "number", createMissing: true },
          },
          safeguards: { maxRemovals: { share: "100%" } },
        },
      },
    });
    const lost = on.includes(LOST) ? 1 : 0;
    await project.profiles(
      ["ann", "bob", "cy", "dora", "eve"].map((name, index) => row(name, index + 1, "gold")),
    );
    expect(await project.applyOf("weekly")).toMatchObject({
      added: 4 - lost,
      rejected: lost,
      unknown: 0,
      error: undefined,
    });
    expect(written(project, 0)).not.toContain(at("eve"));
    const lists = state.listIds("Customers");
    expect(lists).toHaveLength(1);
    const [list = ""] = lists;

    // Bob changes, Cy leaves, Ann unsubscribes and changes, Fay joins.
    state.unsubscribe(at("ann"));
    const from = project.exchanges.length;
    await project.profiles([
      row("ann", 10, ""),
      row("bob", 20, ""),
      row("dora", 4, "gold"),
      row("fay", 6, "new"),
    ]);
    expect(await project.applyOf("weekly")).toMatchObject({
      added: 1,
      updated: 1,
      removed: 1,
      unknown: 0,
      error: undefined,
    });
    expect(written(project, from)).not.toMatch(/ann@|eve@/);
    const members = state.members(list).map(({ email, custom_fields }) => [email, custom_fields]);
    expect(Object.fromEntries(members)).toEqual({
      [at("ann")]: { Tier: "gold", Score: 1 },
      [at("bob")]: { Score: 20 },
      ...(lost === 1 ? {} : { [at("dora")]: { Tier: "gold", Score: 4 } }),
      [at("fay")]: { Tier: "new", Score: 6 },
    });

    // A while later somebody takes Bob off by hand: seen, and not undone.
    letTimePass(120);
    state.removeFromList(at("bob"), list);
    expect((await project.drift()).get("weekly")?.counts).toMatchObject({ gone: 1 });
    await project.profiles([
      row("ann", 10, ""),
      row("bob", 30, ""),
      row("dora", 4, "gold"),
      row("fay", 6, "new"),
    ]);
    await project.apply();
    expect(state.members(list).map(({ email }) => email)).not.toContain(at("bob"));
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
    expect(
      project.exchanges.filter(({ path }) => path === "/v3/marketing/contacts").map(({ method }) => method),
    ).not.toContain("DELETE");
  },
);
