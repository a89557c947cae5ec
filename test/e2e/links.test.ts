import { execFileSync } from "node:child_process";
import { lstat, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CANARY, folderElsewhere } from "../support/hostile-files.js";
import { rollcall, type Ended } from "../support/rollcall.js";

const CONFIG = `version: 1
connections:
  box: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
sources:
  crm: {type: files, path: crm.csv}
segments:
  all: {source: crm}
forget: {key: {env: FORGET_KEY}}
exports:
  weekly: {connection: box, list: {name: all, create: true}, segments: [all], match: {email: email}}
`;
const TESTS = `sources:
  crm: [{email: a@example.com}]
cases:
  - name: all are in
    expect: {segments: {all: {members: [a@example.com]}}}
`;

let folder: string;

beforeEach(async () => {
  folder = await folderElsewhere();
  await mkdir(join(folder, "lists"));
  await writeFile(join(folder, "crm.csv"), "email\na@example.com\n");
  await writeFile(join(folder, "exports.config.yaml"), CONFIG);
  await writeFile(join(folder, "segments.test.yaml"), TESTS);
});

const run = (...words: string[]): Promise<Ended> =>
  rollcall(words, { cwd: folder, env: { ROLLCALL_SECRET: CANARY, FORGET_KEY: "ab".repeat(32) } });

describe("a config that leads out of the project", () => {
  it.each([
    ["to the environment", ["validate"], "/proc/self/environ"],
    ["to zeros without end", ["plan", "--json"], "/dev/zero"],
    ["to a terminal", ["fmt"], "/dev/ptmx"],
  ])("%s is refused at once and not shown", async (_name, words, target) => {
    await rm(join(folder, "exports.config.yaml"));
    await symlink(target, join(folder, "exports.config.yaml"));
    const { code, stdout, stderr } = await run(...words);
    expect(code).toBe(3);
    expect(`${stdout}${stderr}`).toContain("leads out of the project folder");
    expect(`${stdout}${stderr}`).not.toContain(CANARY);
  });

  it("as a pipe that nobody writes to is refused at once", async () => {
    await rm(join(folder, "exports.config.yaml"));
    execFileSync("mkfifo", [join(folder, "exports.config.yaml")]);
    const { code, stderr } = await run("plan");
    expect([code, stderr]).toEqual([3, expect.stringContaining("is a named pipe and not a file")]);
  });

  it("as a test is refused and not shown", async () => {
    await symlink("/proc/self/environ", join(folder, "environment.test.yaml"));
    const { code, stdout, stderr } = await run("test");
    expect([code, stderr]).toEqual([3, expect.stringContaining("environment.test.yaml leads out of")]);
    expect(`${stdout}${stderr}`).not.toContain(CANARY);
  });
});

describe("an output at whose place the checkout has a link", () => {
  const OUTPUTS: readonly [words: readonly string[], outputs: readonly string[]][] = [
    [
      ["plan", "--markdown", "a.md", "--html", "a.html", "--json-into", "a.ndjson", "--out", "a.json"],
      ["a.md", "a.html", "a.ndjson", "a.json"],
    ],
    [["validate", "--code-quality", "quality.json"], ["quality.json"]],
    [["test", "--junit", "tests.xml"], ["tests.xml"]],
  ];

  it.each(OUTPUTS)("%j takes the place of it", async (words, outputs) => {
    const victim = join(await folderElsewhere(), "bashrc");
    await writeFile(victim, "before");
    for (const name of outputs) await symlink(victim, join(folder, name));
    expect(await run(...words)).toMatchObject({ code: 0 });
    for (const name of outputs) expect((await lstat(join(folder, name))).isFile(), name).toBe(true);
    expect(await readFile(victim, "utf8")).toBe("before");
  });

  it("init leaves .gitignore alone when that is a link, and writes nothing", async () => {
    const elsewhere = await folderElsewhere();
    await writeFile(join(elsewhere, "bashrc"), "before\n");
    await symlink(join(elsewhere, "bashrc"), join(elsewhere, ".gitignore"));
    const { code, stderr } = await rollcall(["init", "-C", elsewhere], { cwd: folder });
    expect([code, stderr]).toEqual([0, expect.stringContaining("Point its source")]);
    await rm(join(elsewhere, "exports.config.yaml"));
    await rm(join(elsewhere, ".gitignore"));
    await symlink(join(folder, "crm.csv"), join(elsewhere, ".gitignore"));
    const refused = await rollcall(["init", "-C", elsewhere], { cwd: folder });
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining(".gitignore leads out of")]);
    await expect(lstat(join(elsewhere, "exports.config.yaml"))).rejects.toThrow("ENOENT");
    expect(await readFile(join(folder, "crm.csv"), "utf8")).toBe("email\na@example.com\n");
  });

  it("fmt writes where a link of the repository leads, and out of it never", async () => {
    const untidy = CONFIG.replace("version: 1\n", "version:   1\n");
    await mkdir(join(folder, ".git"));
    await mkdir(join(folder, "team"));
    await writeFile(join(folder, "exports.config.yaml"), untidy);
    await symlink("../exports.config.yaml", join(folder, "team/exports.config.yaml"));
    expect(await run("fmt", "team/exports.config.yaml")).toMatchObject({ code: 0 });
    expect((await lstat(join(folder, "team/exports.config.yaml"))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(folder, "exports.config.yaml"), "utf8")).toContain("version: 1\n");
    const elsewhere = join(await folderElsewhere(), "other.yaml");
    await writeFile(elsewhere, untidy);
    await symlink(elsewhere, join(folder, "other.yaml"));
    const { code, stderr } = await run("fmt", "other.yaml");
    expect([code, stderr]).toEqual([3, expect.stringContaining("leads out of")]);
    expect(await readFile(elsewhere, "utf8")).toBe(untidy);
  });
});

it("saved plans, approvals and people to forget are read from files of bounded size only", async () => {
  for (const words of [
    ["show", "/dev/zero"],
    ["apply", "/dev/zero"],
    ["forget", "--file", "/dev/zero", "--dry-run"],
  ]) {
    const { code, stderr } = await run(...words);
    expect([code, stderr], words.join(" ")).toEqual([
      3,
      expect.stringContaining("is a device and not a file"),
    ]);
  }
  const { code, stderr } = await run("show", "/proc/self/environ");
  expect([code, stderr]).toEqual([3, expect.stringContaining("does not have the size")]);
  expect(stderr).not.toContain(CANARY);
});
