import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ForgetKeyReplacement } from "../../src/model/reports/forget-key.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

/** The key of forgotten people is lost: there is a way on, it says what is lost, and nobody is sent again by it. */
describe.each(["brevo", "sendgrid"] as const)("%s", (connection) => {
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, connection);
    list = await remote.addList("customers");
    await project.write("forget.key", "a".repeat(40));
    await people("anna", "ben", "cleo");
    await project.config({
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm", where: "plan = 'gold'" } },
      exports: { weekly: { connection, list, segments: ["all"], match: { email: "email" }, mode: "mirror" } },
    });
    await project.apply();
    await done("forget", "anna@example.com", "ben@example.com", "--auto-approve");
    await project.write("forget.key", "b".repeat(40));
  });
  afterEach(() => project.stop());

  const people = (...names: readonly string[]): Promise<void> =>
    project.profiles(names.map((name) => ({ email: `${name}@example.com`, plan: "gold", note: "" })));
  const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: project.folder });
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
    writeFile(join(project.folder, "gone.txt"), names.map((name) => `${name}@example.com\n`).join(""));
  const on = async (): Promise<string[]> => {
    await project.sandbox.settle();
    return [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
  };

  test("goes on with everybody held back of whom it is in doubt, until all are named", async () => {
    // Also where nobody wants the person today, and where an address is in another column.
    const row = (name: string, more: Row = {}): Row => ({
      email: `${name}@example.com`,
      plan: "gold",
      ...more,
    });
    await project.profiles([
      row("anna", { plan: "none", note: "was ben@example.com" }),
      row("cleo", { note: "" }),
      row("dora", { note: "" }),
    ]);
    const refused = await run("plan");
    expect(refused.code).toBe(5);
    expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain("`rollcall state replace-forget-key --dry-run`");
    expect((await run("state", "replace-forget-key")).code).toBe(3);
    const sent = project.exchanges.length;
    const dry = await done("state", "replace-forget-key", "--dry-run");
    expect(project.exchanges.length).toBe(sent);
    expect(dry.stdout.replaceAll(/\s+/g, " ")).toContain("is in no source today and comes back into one");
    expect((await run("plan")).code).toBe(5);
    const about = { people: 2, ids: 0, named: 0, doubted: 3, released: false };
    expect(await replaced("--auto-approve")).toMatchObject(about);
    const root = (await done("state", "show", "--root", "--json")).stdout;
    expect(root).toContain('"lostKeys"');

    await people("anna", "ben", "cleo", "dora", "emil");
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, unchanged: 1 });
    await project.apply();
    expect(await on()).toEqual(["cleo", "emil"]);

    await named("anna");
    expect((await run("state", "replace-forget-key", "--file", "gone.txt", "--auto-approve")).code).toBe(5);
    await named("anna", "ben");
    expect(await replaced("--file", "gone.txt", "--auto-approve")).toMatchObject({
      released: true,
      doubted: 0,
    });
    await project.apply();
    expect(await on()).toEqual(["cleo", "dora", "emil"]);
    expect((await run("state", "replace-forget-key", "--auto-approve")).code).toBe(3);
  });

  test("lets nobody go because others were forgotten since, nor for a list of people who are on one", async () => {
    await people("anna", "ben", "cleo", "dora", "emil", "finn");
    await replaced("--auto-approve");
    await project.apply();
    const before = await on();
    await done("forget", "cleo@example.com", "--auto-approve");
    await done("forget", "dora@example.com", "--auto-approve");
    const again = async (...names: string[]): Promise<number | null> => {
      await named(...names);
      const words = names.length === 0 ? [] : ["--file", "gone.txt"];
      return (await run("state", "replace-forget-key", ...words, "--auto-approve")).code;
    };
    expect(await again()).toBe(5);
    expect(await again("anna")).toBe(5);
    const [member = ""] = (await on()).filter((name) => !["anna", "ben"].includes(name));
    if (member !== "") expect(await again("anna", member)).toBe(5);
    await project.apply();
    expect(await on()).toEqual(before.filter((name) => !["cleo", "dora"].includes(name)));
    for (const name of ["anna", "ben"]) expect(before).not.toContain(name);
  });

  test("holds back whoever is forgotten later, and those of before", async () => {
    await named("anna", "ben");
    expect(await replaced("--file", "gone.txt", "--auto-approve")).toMatchObject({
      named: 2,
      released: true,
    });
    await people("anna", "ben", "cleo", "dora");
    await project.apply();
    await done("forget", "cleo@example.com", "--auto-approve");
    await project.apply();
    expect(await on()).toEqual(["dora"]);
  });
});
