import { expect, it, onTestFinished } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

type Type = "brevo" | "sendgrid";

const people = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ email: `p${index + 1}@example.com`, first_name: "Ann" }));

interface Stage {
  readonly project: Project;
  readonly remote: Remote;
  readonly list: string;
}

/** A list, and addresses that the vendor refuses without naming them. */
async function stage(type: Type, refuses: readonly string[], rows: readonly Row[]): Promise<Stage> {
  const project = await openProject({ refuses });
  onTestFinished(() => project.stop());
  const remote = remoteOf(project, type);
  const list = await remote.addList("customers");
  await remote.addStranger("stranger@example.com", [list], "Stranger");
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: type,
        list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { firstName: "first_name" },
      },
    },
  });
  await project.profiles(rows);
  return { project, remote, list };
}

/** Requests that write contacts, refused ones as well. */
function writes({ exchanges }: Project): number {
  return exchanges.filter(({ method, path }) => /\/contacts(\/import)?$/.test(path) && method !== "GET")
    .length;
}

async function mustHold({ remote, list }: Stage, emails: readonly string[]): Promise<void> {
  const members = await remote.members(list);
  expect([...members.keys()].sort()).toEqual(["stranger@example.com", ...emails].sort());
}

it.each(["brevo", "sendgrid"] as const)(
  "%s: two wrong rows among 300 are found, all others are sent once, and the next plan is empty",
  async (type) => {
    const bad = ["p17@example.com", "p203@example.com"];
    const set = await stage(type, bad, people(300));
    const result = await set.project.applyOf("weekly");
    expect(result).toMatchObject({ status: "partly", added: 298, rejected: 2, unknown: 0 });
    expect(result.error).toBeUndefined();
    expect(writes(set.project)).toBeLessThanOrEqual(40);
    await mustHold(
      set,
      people(300)
        .map(({ email }) => String(email))
        .filter((email) => !bad.includes(email)),
    );
    const plan = await set.project.planOf("weekly");
    expect(plan.counts).toMatchObject({ add: 0, update: 0, remove: 0, heldBack: { rejected: 2 } });
  },
);

it.each<Type>(FULL ? ["brevo", "sendgrid"] : ["brevo"])(
  "%s: a request that is refused whoever is in it blames nobody",
  async (type) => {
    const all = people(100);
    const set = await stage(
      type,
      all.map(({ email }) => String(email)),
      all,
    );
    const result = await set.project.applyOf("weekly");
    expect(result).toMatchObject({ status: "failed", added: 0, rejected: 0, unknown: 0 });
    expect(result.error?.message).toContain("whatever people are in it");
    expect(writes(set.project)).toBeLessThanOrEqual(16);
    await mustHold(set, []);
    expect((await set.project.planOf("weekly")).counts).toMatchObject({ add: 100 });
  },
);

it("rows that the budget leaves undecided are not sent, and later runs go on until the wrong one is found", async (context) => {
  if (!FULL) return context.skip("part of npm run test:full");
  const all = people(400);
  // Every twentieth: more than 64 requests can find.
  const bad = all.flatMap(({ email }, index) => (index % 20 === 7 ? [String(email)] : []));
  const set = await stage("sendgrid", bad, all);
  const first = await set.project.applyOf("weekly");
  expect(first.status).toBe("partly");
  expect(first.error?.message).toContain("were not sent");
  expect(first.requests).toBeLessThanOrEqual(66);
  let rejected = first.rejected;
  let added = first.added;
  for (let run = 0; run < 6; run++) {
    const next = await set.project.applyOf("weekly");
    rejected += next.rejected;
    added += next.added;
    if (next.error === undefined) break;
  }
  expect({ rejected, added }).toEqual({ rejected: bad.length, added: all.length - bad.length });
  await mustHold(
    set,
    all.map(({ email }) => String(email)).filter((email) => !bad.includes(email)),
  );
  expect((await set.project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
});

it.each<Type>(FULL ? ["brevo", "sendgrid"] : ["sendgrid"])(
  "%s: a reply that is lost in the middle of the search is looked up at the vendor",
  async (type) => {
    const bad = ["p17@example.com"];
    const set = await stage(type, bad, people(100));
    const add = { brevo: ["POST", "/contacts/import"], sendgrid: ["PUT", "/v3/marketing/contacts"] }[type];
    const heal = set.project.sandbox.inject({
      method: add[0] ?? "",
      path: add[1] ?? "",
      nth: 5,
      effect: { kind: "drop", carriedOut: true },
    });
    await set.project.apply();
    heal();
    await set.project.apply();
    await mustHold(
      set,
      people(100)
        .map(({ email }) => String(email))
        .filter((email) => !bad.includes(email)),
    );
    expect((await set.project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  },
);

it("somebody who opts out during the search does not make others count as wrong", async () => {
  const project: Project = await openProject({
    refuses: ["p1@example.com", "p2@example.com"],
    sandbox: {
      onExchange: ({ method, path }) => {
        if (method === "PUT" && path.endsWith("/contacts")) {
          project.sandbox.sendgrid().unsubscribe("p1@example.com");
          letTimePass(2);
        }
      },
    },
  });
  onTestFinished(() => project.stop());
  onTestFinished(resetClock);
  const list = await remoteOf(project, "sendgrid").addList("customers");
  await project.config({
    connections: project.connections({ optOuts: { maxAge: "1s" } }),
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "sendgrid", list, segments: ["all"], match: { email: "email" } } },
  });
  await project.profiles(people(2));
  const result = await project.applyOf("weekly");
  expect(result).toMatchObject({ status: "failed", added: 0, rejected: 0, unknown: 0 });
  expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, heldBack: {} });
});

it("brevo: an address that Brevo does not accept is rejected alone, however few go out together", async () => {
  const row = (email: string): Row => ({ email, first_name: "Ann" });
  const set = await stage("brevo", [], [row("p1@example.c")]);
  expect(await set.project.applyOf("weekly")).toMatchObject({ added: 0, rejected: 1, unknown: 0 });
  await set.project.profiles([row("p1@example.c"), row("p2@example.c"), row("p3@example.c")]);
  const { error, ...both } = await set.project.applyOf("weekly");
  expect(both).toMatchObject({ added: 0, rejected: 2 });
  expect(error).toBeUndefined();
  await set.project.profiles([row("p1@example.c"), row("p4@example.c"), row("p5@example.com")]);
  expect(await set.project.applyOf("weekly")).toMatchObject({ added: 1, rejected: 1 });
  await mustHold(set, ["p5@example.com"]);
  expect((await set.project.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { rejected: 2 } });
});
