import { chmod, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Project, openProject } from "../support/project.js";
import { jsonLines, rollcall } from "../support/rollcall.js";

let project: Project;

beforeAll(async () => {
  project = await openProject();
  await project.profiles([
    { email: "canary.one@example.com", name: "Ann" },
    { email: "canary.two@example.com", name: "Bob" },
  ]);
  await project.config({
    segments: { everyone: { source: "crm" } },
    exports: {
      weekly: {
        connection: "file",
        list: { name: "weekly", create: true },
        segments: ["everyone"],
        match: { email: "email" },
        attributes: { name: "name" },
      },
    },
  });
});
afterAll(() => project.stop());

const run = (...words: string[]) => rollcall(words, { cwd: project.folder });

test("plan --markdown prints the comment and nothing else on stdout", async () => {
  const { code, stdout, stderr } = await run("plan", "--markdown", "--reveal");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<!-- rollcall:plan default exports\.config\.yaml -->\n/);
  expect(stdout).toContain("```sh\nrollcall apply\n```");
  expect(stdout).not.toContain("canary");
  // The text for people is no comment, and shows what --reveal asks for.
  expect(stderr).toContain("canary.one@example.com");
});

test("plan --markdown FILE leaves the text on stdout, and the command names what the plan was narrowed to", async () => {
  const { code, stdout } = await run("plan", "--target", "weekly", "--markdown", "comment.md");
  expect(code).toBe(0);
  expect(stdout).toContain("Plan: 2 to add");
  expect(await project.read("comment.md")).toContain("```sh\nrollcall apply --target weekly\n```");
});

test("plan --html FILE writes one page that only its owner reads and that loads nothing", async () => {
  await project.write("plan.html", "what was there before, for everybody to read");
  await chmod(join(project.folder, "plan.html"), 0o644);
  expect(await run("plan", "--html", "plan.html")).toMatchObject({ code: 0 });
  const page = await project.read("plan.html");
  expect(page).toContain("Plan: 2 to add");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|\bsrc=|\bhref=|url\(|@import|canary/);
  expect((await stat(join(project.folder, "plan.html"))).mode & 0o777).toBe(0o600);
});

test("--json-into writes what --json prints, beside the text", async () => {
  const { code, stdout } = await run("plan", "--detailed-exitcode", "--json-into", "plan.ndjson");
  expect(code).toBe(2);
  expect(stdout).toContain("Plan: 2 to add");
  const told = jsonLines(await project.read("plan.ndjson"));
  expect(told[0]).toMatchObject({ type: "version", format: "1.0" });
  expect(told.map(({ type }) => type)).toEqual(expect.arrayContaining(["stage", "plan", "plan-summary"]));
  expect(told.at(-1)).toMatchObject({ type: "end", exitCode: 2 });
  expect((await stat(join(project.folder, "plan.ndjson"))).mode & 0o777).toBe(0o600);
});

test("apply sends nothing when the file of --json-into cannot be written", async () => {
  const refused = await run("apply", "--auto-approve", "--json-into", "no/such/folder/run.ndjson");
  expect(refused).toMatchObject({ code: 3 });
  expect(refused.stderr).toContain("Nothing was sent.");
  expect(await readdir(join(project.folder, "lists"))).toEqual([]);
  const applied = await run("apply", "--auto-approve", "--json-into", "run.ndjson");
  expect(applied).toMatchObject({ code: 0 });
  const types = jsonLines(await project.read("run.ndjson")).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(["plan", "export-result", "run", "run-summary", "end"]));
});

test("a run fails when its file of events cannot be written, and the text says so", async () => {
  const { code, stderr, stdout } = await run("drift", "--json-into", "/dev/full");
  expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining("weekly") });
  expect(stderr).toContain("not whole (ENOSPC)");
});

test("an output file that cannot be written or exists already is wrong usage", async () => {
  const nowhere = await run("plan", "--markdown", "no/such/folder/comment.md");
  expect(nowhere).toMatchObject({ code: 3 });
  expect(nowhere.stderr).toContain("no/such/folder/comment.md cannot be written");
  const both = await run("plan", "--json", "--markdown");
  expect(both).toMatchObject({ code: 3 });
  expect(both.stderr).toContain("--markdown FILE");
});
