import { afterAll, beforeAll, expect, test } from "vitest";
import { type Project, openProject } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";

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

test("a place that cannot be written, or is taken, is a wrong use", async () => {
  const nowhere = await run("plan", "--markdown", "no/such/folder/comment.md");
  expect(nowhere).toMatchObject({ code: 3 });
  expect(nowhere.stderr).toContain("no/such/folder/comment.md cannot be written");
  const both = await run("plan", "--json", "--markdown");
  expect(both).toMatchObject({ code: 3 });
  expect(both.stderr).toContain("--markdown FILE");
});
