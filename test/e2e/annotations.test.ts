import { execFileSync } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rollcall } from "../support/rollcall.js";

let repository: string;
let cwd: string;

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), "rollcall-annotations-"));
  execFileSync("git", ["init", "-q", repository]);
  cwd = join(repository, "marketing");
  await mkdir(join(cwd, "exports"), { recursive: true });
  await writeFile(join(cwd, "exports.config.yaml"), "version: 1\ninclude: [exports/*.yaml]\n");
  await writeFile(join(cwd, "exports/weekly.yaml"), "version: 1\nexports:\n  weekly:\n    segmnets: [x]\n");
});
afterAll(() => rm(repository, { recursive: true, force: true }));

const none = { GITHUB_ACTIONS: "", GITLAB_CI: "" };

test("in GitHub Actions every diagnostic is an annotation at its place in the repository", async () => {
  const { code, stderr } = await rollcall(["validate"], { cwd, env: { ...none, GITHUB_ACTIONS: "true" } });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^::error file=marketing\/exports\/weekly\.yaml,line=4,.*title=unknown-key::/m);
  expect(stderr).toContain("  at exports/weekly.yaml:4:");
});

test("elsewhere only when it is asked for", async () => {
  const plainly = await rollcall(["validate"], { cwd, env: none });
  expect(plainly.stderr).not.toMatch(/^::/m);
  const asked = await rollcall(["validate", "--format", "github"], { cwd, env: none });
  expect(asked.stderr).toMatch(/^::error file=marketing/m);
});

test("GitLab's report of code quality goes into a file", async () => {
  const words = ["validate", "--code-quality", "report.json"];
  expect(await rollcall(words, { cwd, env: { ...none, GITLAB_CI: "true" } })).toMatchObject({ code: 3 });
  const report = JSON.parse(await readFile(join(cwd, "report.json"), "utf8")) as unknown[];
  expect(report).toContainEqual({
    description: expect.stringContaining("segmnets") as unknown,
    check_name: "unknown-key",
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    severity: "major",
    location: {
      path: "marketing/exports/weekly.yaml",
      lines: expect.objectContaining({ begin: 4 }) as unknown,
    },
  });
  expect(await rollcall(["validate", "--format", "gitlab"], { cwd, env: none })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("--code-quality") as unknown,
  });
});
