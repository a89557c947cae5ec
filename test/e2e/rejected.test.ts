import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { live } from "../faults/mortal.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

/** All of the request that adds people has gone out. */
const SENT = {
  brevo: "sent POST /brevo/v3/contacts/import",
  sendgrid: "sent PUT /sendgrid/v3/marketing/contacts",
};
const BAD = ["p3@example.com", "p5@example.com"];

describe.each(["brevo", "sendgrid"] as const)("%s: whom the destination rejects", (type) => {
  let project: Project;
  let remote: Remote;
  let list: string;
  /** Read by the sandbox with each request. */
  let refused: string[];

  beforeEach(async () => {
    refused = [...BAD];
    project = await openProject({ refuses: refused });
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(() => project.stop());

  const configure = (safeguards: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    project.config({
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email" },
          consent: "consent",
          attributes: { firstName: "name" },
          safeguards: { maxRemovals: { share: "100%" }, ...safeguards },
        },
      },
    });
  const person = (index: number, more: Row = {}): Row => ({
    email: `p${index}@example.com`,
    name: "Ann",
    consent: true,
    ...more,
  });
  const people = (count: number): Row[] => Array.from({ length: count }, (_, index) => person(index));
  const emails = async (): Promise<string[]> => [...(await remote.members(list)).keys()].sort();
  const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: project.folder });
  const held = async (): Promise<number | undefined> =>
    (await project.planOf("weekly")).counts.heldBack.rejected;

  it("waits, is listed without an address, and is sent once more when somebody asks", async () => {
    await configure();
    await project.profiles(people(8));
    expect(await project.applyOf("weekly")).toMatchObject({ status: "partly", added: 6, rejected: 2 });
    const before = project.exchanges.length;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged", rejected: 0 });
    expect(
      project.exchanges
        .slice(before)
        .filter(({ method, path }) => method !== "GET" && /contacts(\/import)?$/.test(path)),
    ).toEqual([]);

    const { code, stdout, events } = await run("rejected", "--json");
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/p[35]@/);
    expect(events.find((event) => event.type === "result")).toMatchObject({
      data: { exports: [{ name: "weekly", people: 2, latest: [{ address: "p•••@example.com" }, {}] }] },
    });
    const own = await run("rejected", "weekly", "--reveal");
    expect(own.stdout).toContain("p3@example.com");
    expect(own.stdout).toContain("`rollcall apply --target weekly --retry-rejected`");
    expect((await run("rejected")).stdout).toContain("`rollcall apply --retry-rejected`");
    expect((await run("rejected", "weeky")).code).toBe(3);

    // One of them says no meanwhile: asking for a retry is no reason to send anybody who did.
    refused.length = 0;
    await remote.addStranger("p5@example.com", []);
    await remote.optOut("p5@example.com");
    expect((await project.planOf("weekly", { retryRejected: true })).counts).toMatchObject({ add: 1 });
    expect((await run("apply", "--retry-rejected", "--auto-approve")).code).toBe(0);
    expect(await emails()).toContain("p3@example.com");
    expect(await emails()).not.toContain("p5@example.com");
    expect(await held()).toBeUndefined();
  });

  it("is sent by a saved plan that was made so, and a plan file takes no such wish", async () => {
    await configure();
    await project.profiles(people(8));
    await project.apply();
    refused.length = 0;
    expect((await run("plan", "--retry-rejected", "--out", "plan.json")).stderr).toContain(
      "rollcall apply plan.json",
    );
    const wish = await run("apply", "plan.json", "--retry-rejected");
    expect([wish.code, wish.stderr]).toEqual([
      3,
      expect.stringContaining("--retry-rejected cannot be given"),
    ]);
    expect((await run("apply", "plan.json")).code).toBe(0);
    expect(await emails()).toHaveLength(8);
  });

  it("stops the run past maxRejected, but for who withdrew; the next run goes on", async () => {
    await configure();
    await project.profiles([...people(3), person(20), person(21)]);
    await project.apply();
    await configure({ maxRejected: { count: 1 } });
    // Two new ones are rejected; one withdrew, one left, and one has another name.
    await project.profiles([
      person(1, { name: "Eve" }),
      ...people(8).slice(2),
      person(20, { consent: false }),
    ]);
    const stopped = await run("apply", "--auto-approve", "--override", "max-removals");
    expect(stopped.code).toBe(8);
    const words = stopped.stdout.replace(/\s+/g, " ");
    expect(words).toMatch(
      /rejected 2 of \d people, but at most 1 is allowed \(max-rejected\): the run stops there/,
    );
    expect(words).toContain(
      "`rollcall apply --target weekly --override max-removals --override weekly:max-rejected`",
    );
    const after = await emails();
    expect(after).not.toContain("p20@example.com");
    expect(after).toContain("p21@example.com");
    expect(after).toContain("p0@example.com");
    // They wait by now, and count no more.
    expect((await run("apply", "--auto-approve")).code).toBe(0);
    expect(await emails()).toEqual(["p1", "p2", "p4", "p6", "p7"].map((name) => `${name}@example.com`));
    expect(await held()).toBe(2);
  });

  it("stops nothing where somebody lets the check pass, which is recorded", async () => {
    await configure({ maxRejected: { share: "10%" } });
    await project.profiles(people(12));
    const result = await project.applyOf("weekly", { overrides: ["weekly:max-rejected"] });
    expect(result).toMatchObject({ status: "partly", added: 10, rejected: 2, overrides: ["max-rejected"] });
    expect(result.error).toBeUndefined();
  });

  it("is lost from no record by a run that dies while it sends them once more", async () => {
    await configure();
    await project.profiles(people(8));
    await project.apply();
    refused.length = 0;
    const life = await live(
      project.folder,
      ["apply", "--retry-rejected", "--auto-approve"],
      { moment: SENT[type] },
      0,
    );
    expect(life.killed).toBe(true);
    await project.apply();
    await project.apply({ retryRejected: true });
    expect(await emails()).toEqual(people(8).map(({ email }) => email));
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      heldBack: {},
    });
  });
});
