import { execFileSync } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
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

test("every diagnostic is an annotation at its place in the repository when GitHub Actions runs the command", async () => {
  const { code, stderr } = await rollcall(["validate"], { cwd, env: { ...none, GITHUB_ACTIONS: "true" } });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^::error file=marketing\/exports\/weekly\.yaml,line=4,.*title=unknown-key::/m);
  expect(stderr).toContain("  at exports/weekly.yaml:4:");
});

test("annotations are written outside of GitHub Actions only when they are asked for", async () => {
  const plainly = await rollcall(["validate"], { cwd, env: none });
  expect(plainly.stderr).not.toMatch(/^::/m);
  const asked = await rollcall(["validate", "--format", "github"], { cwd, env: none });
  expect(asked.stderr).toMatch(/^::error file=marketing/m);
});

test("the code quality report for GitLab is written to a file", async () => {
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

/** Where the annotations of a run stand, as paths of the repository. */
const placesIn = (text: string): string[] =>
  [...text.matchAll(/^::\w+ (?:file=([^,]*),line=(\d+))?/gm)].map(([, file, line]) =>
    file === undefined ? "nowhere" : `${file}:${line}`,
  );

test("a folder behind a link is named by its place in the repository", async () => {
  const link = `${repository}-link`;
  await symlink(cwd, link);
  try {
    const { stderr } = await rollcall(["validate", "-C", link], {
      cwd: tmpdir(),
      env: { ...none, GITHUB_ACTIONS: "true" },
    });
    expect(placesIn(stderr)).toContain("marketing/exports/weekly.yaml:4");
  } finally {
    await rm(link);
  }
});

test("nothing is annotated under --untrusted where the checkout has no such file or line", async () => {
  const work = join(repository, "sales");
  const git = (...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
      cwd: work,
      encoding: "utf8",
    });
  await mkdir(join(work, "parts"), { recursive: true });
  const connection = { type: "file", path: "lists" };
  const root = { version: 1, include: ["parts/*.yaml"], segments: { all: { addresses: "all.csv" } } };
  const weekly = { connection: "main", list: "l", segments: ["all"], match: { email: "email" } };
  const write = (path: string, value: object): Promise<void> =>
    writeFile(join(work, path), JSON.stringify(value, undefined, 1));
  await write("exports.config.yaml", { ...root, exports: { weekly } });
  // Nobody agreed to it: a warning in the base's own file.
  await write("parts/old.yaml", { version: 1, connections: { main: connection } });
  git("add", ".");
  git("commit", "-qm", "base");
  git("branch", "reviewed");
  await rm(join(work, "parts/old.yaml"));
  await write("parts/new.yaml", { version: 1, connections: { main: { ...connection, path: "other" } } });
  git("add", ".");
  git("commit", "-qm", "change");
  const report = join(work, "report.json");
  const words = [
    "validate",
    "--untrusted",
    "--base",
    "reviewed",
    "--code-quality",
    "report.json",
    "-C",
    work,
  ];
  const { stderr, stdout } = await rollcall(words, {
    cwd: tmpdir(),
    env: { ...none, GITHUB_ACTIONS: "true" },
  });
  expect(stdout + stderr).toContain("parts/old.yaml:");
  const places = placesIn(stderr);
  expect(places).toContain("nowhere");
  expect(places).toContain("sales/parts/new.yaml:6");
  const quality = JSON.parse(await readFile(report, "utf8")) as {
    location: { path: string; lines: { begin: number } };
  }[];
  expect(quality.map(({ location: { path, lines } }) => `${path}:${lines.begin}`).sort()).toEqual(
    places.map((place) => (place === "nowhere" ? "sales/exports.config.yaml:1" : place)).sort(),
  );
  for (const path of quality.map(({ location }) => location.path))
    expect((await stat(join(repository, path))).isFile()).toBe(true);
});
