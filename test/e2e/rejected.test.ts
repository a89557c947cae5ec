import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { live } from "../faults/mortal.js";
import { namesOf, numbered, person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

/** All of the request that adds people has gone out. */
const SENT = {
  brevo: "sent POST /brevo/v3/contacts/import",
  sendgrid: "sent PUT /sendgrid/v3/marketing/contacts",
};
const BAD = ["p3@example.com", "p5@example.com"];

describe.each(["brevo", "sendgrid"] as const)("%s: a person whom the destination rejects", (type) => {
  let story: Story;
  /** Read by the sandbox with each request. */
  let refused: string[];

  beforeEach(async () => {
    refused = [...BAD];
    story = await openStory(type, {
      refuses: refused,
      weekly: {
        consent: "consent",
        attributes: { firstName: "name" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    });
  });
  afterEach(() => story.stop());

  const limit = (maxRejected: Yaml): Promise<void> =>
    story.configure({ safeguards: { maxRemovals: { share: "100%" }, maxRejected } });
  const row = (index: number, more: Row = {}): Row =>
    person(`p${index}`, { name: "Ann", consent: true, ...more });
  const people = (count: number): Row[] => numbered(0, count - 1, { name: "Ann", consent: true });
  const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: story.folder });
  const held = async (): Promise<number | undefined> =>
    (await story.planOf("weekly")).counts.heldBack.rejected;

  it("waits, is listed without an address, and is sent once more when somebody asks", async () => {
    await story.configure();
    await story.profiles(people(8));
    expect(await story.applyOf("weekly")).toMatchObject({ status: "partly", added: 6, rejected: 2 });
    const before = story.exchanges.length;
    expect(await story.applyOf("weekly")).toMatchObject({ status: "unchanged", rejected: 0 });
    expect(
      story.exchanges
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

    // One of them says no meanwhile: asking for a retry is not a reason to send anybody who did.
    refused.length = 0;
    await story.remote.addStranger("p5@example.com", []);
    await story.remote.optOut("p5@example.com");
    expect((await story.planOf("weekly", { retryRejected: true })).counts).toMatchObject({ add: 1 });
    expect((await run("apply", "--retry-rejected", "--auto-approve")).code).toBe(0);
    expect(await story.members()).toContain("p3");
    expect(await story.members()).not.toContain("p5");
    expect(await held()).toBeUndefined();
  });

  it("is sent by a plan that was saved with --retry-rejected, which apply FILE does not take", async () => {
    await story.configure();
    await story.profiles(people(8));
    await story.apply();
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
    expect(await story.members()).toHaveLength(8);
  });

  it("stops the run past maxRejected, except for withdrawals, and the next run goes on", async () => {
    await story.configure();
    await story.profiles([...people(3), row(20), row(21)]);
    await story.apply();
    await limit({ count: 1 });
    // Two new ones are rejected; one withdrew, one left, and one has another name.
    await story.profiles([row(1, { name: "Eve" }), ...people(8).slice(2), row(20, { consent: false })]);
    const stopped = await run("apply", "--auto-approve", "--override", "max-removals");
    expect(stopped.code).toBe(8);
    const words = stopped.stdout.replace(/\s+/g, " ");
    expect(words).toMatch(
      /rejected 2 of \d people, but at most 1 is allowed \(max-rejected\): the run stops there/,
    );
    expect(words).toContain(
      "`rollcall apply --target weekly --override max-removals --override weekly:max-rejected`",
    );
    const after = await story.members();
    expect(after).not.toContain("p20");
    expect(after).toContain("p21");
    expect(after).toContain("p0");
    // They wait by now, and count no more.
    expect((await run("apply", "--auto-approve")).code).toBe(0);
    expect(await story.members()).toEqual(["p1", "p2", "p4", "p6", "p7"]);
    expect(await held()).toBe(2);
  });

  it("does not stop the run when somebody overrides the check, which is recorded", async () => {
    await limit({ share: "10%" });
    await story.profiles(people(12));
    const result = await story.applyOf("weekly", { overrides: ["weekly:max-rejected"] });
    expect(result).toMatchObject({ status: "partly", added: 10, rejected: 2, overrides: ["max-rejected"] });
    expect(result.error).toBeUndefined();
  });

  it("stays on record when a run dies while it sends them once more", async () => {
    await story.configure();
    await story.profiles(people(8));
    await story.apply();
    refused.length = 0;
    const life = await live(
      story.folder,
      ["apply", "--retry-rejected", "--auto-approve"],
      { moment: SENT[type] },
      0,
    );
    expect(life.killed).toBe(true);
    await story.apply();
    await story.apply({ retryRejected: true });
    expect(await story.members()).toEqual(namesOf(people(8).map(({ email }) => String(email))));
    expect((await story.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      heldBack: {},
    });
  });
});
