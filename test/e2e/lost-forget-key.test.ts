import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ForgetKeyReplacement } from "../../src/model/reports/forget-key.js";
import { keepBeginning } from "../support/beginning.js";
import { addressOf, person } from "../support/people.js";
import type { Row } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import type { Story } from "../support/story.js";

/** The key of forgotten people is lost: there is a way on, it says what is lost, and nobody is sent again by it. */
describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  let story: Story;

  const row = (name: string, more: Row = {}): Row => person(name, { plan: "gold", note: "", ...more });
  const open = keepBeginning(type, { weekly: { mode: "mirror" }, person: row }, async (one) => {
    await one.write("forget.key", "a".repeat(40));
    await one.people("anna", "ben", "cleo");
    await one.configure(
      {},
      {
        forget: { key: { file: "forget.key" } },
        segments: { all: { source: "crm", where: "plan = 'gold'" } },
      },
    );
    await one.apply();
    story = one;
    await done("forget", "anna@example.com", "ben@example.com", "--auto-approve");
    await one.write("forget.key", "b".repeat(40));
  });
  beforeEach(async () => {
    story = await open();
  });
  afterEach(() => story.stop());

  const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: story.folder });
  const done = async (...words: string[]): Promise<Ended> => {
    const ended = await run(...words);
    expect([words, ended.code, ended.stderr]).toEqual([words, 0, ended.stderr]);
    return ended;
  };
  const replaced = async (...words: string[]): Promise<ForgetKeyReplacement> => {
    const { events } = await done("state", "replace-forget-key", "--json", ...words);
    return events.find(({ type }) => type === "result")?.["data"] as ForgetKeyReplacement;
  };
  const named = (...names: readonly string[]): Promise<void> =>
    story.write("gone.txt", names.map((name) => `${addressOf(name)}\n`).join(""));

  test("goes on while everybody in doubt is held back, until all are named", async () => {
    // Also where nobody wants the person today, and where an address is in another column.
    await story.profiles([
      row("anna", { plan: "none", note: "was ben@example.com" }),
      row("cleo"),
      row("dora"),
    ]);
    const refused = await run("plan");
    expect(refused.code).toBe(5);
    expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain("`rollcall state replace-forget-key --dry-run`");
    expect((await run("state", "replace-forget-key")).code).toBe(3);
    const sent = story.exchanges.length;
    const dry = await done("state", "replace-forget-key", "--dry-run");
    expect(story.exchanges.length).toBe(sent);
    expect(dry.stdout.replaceAll(/\s+/g, " ")).toContain("is in no source today and comes back into one");
    expect((await run("plan")).code).toBe(5);
    const about = { people: 2, ids: 0, named: 0, doubted: 3, released: false };
    expect(await replaced("--auto-approve")).toMatchObject(about);
    const root = (await done("state", "show", "--root", "--json")).stdout;
    expect(root).toContain('"lostKeys"');

    await story.people("anna", "ben", "cleo", "dora", "emil");
    expect((await story.planAndApply("weekly")).planned.counts).toMatchObject({ add: 1, unchanged: 1 });
    expect(await story.members()).toEqual(["cleo", "emil"]);

    await named("anna");
    expect((await run("state", "replace-forget-key", "--file", "gone.txt", "--auto-approve")).code).toBe(5);
    await named("anna", "ben");
    expect(await replaced("--file", "gone.txt", "--auto-approve")).toMatchObject({
      released: true,
      doubted: 0,
    });
    await story.apply();
    expect(await story.members()).toEqual(["cleo", "dora", "emil"]);
    expect((await run("state", "replace-forget-key", "--auto-approve")).code).toBe(3);
  });

  test("lets nobody go because others were forgotten since, nor for a list of people who are on one", async () => {
    await story.people("anna", "ben", "cleo", "dora", "emil", "finn");
    await replaced("--auto-approve");
    await story.apply();
    const before = await story.members();
    await done("forget", "cleo@example.com", "--auto-approve");
    await done("forget", "dora@example.com", "--auto-approve");
    const again = async (...names: string[]): Promise<number | null> => {
      await named(...names);
      const words = names.length === 0 ? [] : ["--file", "gone.txt"];
      return (await run("state", "replace-forget-key", ...words, "--auto-approve")).code;
    };
    expect(await again()).toBe(5);
    expect(await again("anna")).toBe(5);
    const [member = ""] = (await story.members()).filter((name) => !["anna", "ben"].includes(name));
    if (member !== "") expect(await again("anna", member)).toBe(5);
    await story.apply();
    expect(await story.members()).toEqual(before.filter((name) => !["cleo", "dora"].includes(name)));
    for (const name of ["anna", "ben"]) expect(before).not.toContain(name);
  });

  test("holds back whoever is forgotten later, and those of before", async () => {
    await named("anna", "ben");
    expect(await replaced("--file", "gone.txt", "--auto-approve")).toMatchObject({
      named: 2,
      released: true,
    });
    await story.people("anna", "ben", "cleo", "dora");
    await story.apply();
    await done("forget", "cleo@example.com", "--auto-approve");
    await story.apply();
    expect(await story.members()).toEqual(["dora"]);
  });
});
