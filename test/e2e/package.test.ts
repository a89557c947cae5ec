import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { integrityOf } from "../support/ci/installed.js";
import { commandsOf } from "../support/commands-of.js";
import { FULL } from "../support/full.js";
import { project } from "../support/rollcall.js";

let root: string;
let clone: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rollcall-package-"));
  clone = await cloned("clone");
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** This checkout as it is, as a fresh clone of it would be. */
async function cloned(name: string): Promise<string> {
  const folder = join(root, name);
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  for (const path of listed.split("\0").filter((one) => /^(?:src|\.ci|schemas|templates|[^/]+$)/.test(one))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(project, path), join(folder, path));
  }
  const git = (...words: string[]): Buffer =>
    execFileSync("git", ["-c", "user.name=Ben", "-c", "user.email=ben@example.com", ...words], {
      cwd: folder,
    });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
  return folder;
}

const bash = async (script: string, cwd: string): Promise<{ code: number; log: string }> => {
  // Where npm was run, if these tests are run by it, is another folder.
  const { INIT_CWD: _, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: "1" };
  try {
    const { stdout, stderr } = await promisify(execFile)("bash", ["-euc", script], { cwd, env });
    return { code: 0, log: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, log: stdout + stderr };
  }
};

test("npm pack in a clone makes the package that Rollcall is installed from, and overwrites nothing else", async () => {
  await symlink(join(project, "node_modules"), join(clone, "node_modules"));
  const lists = join(root, "lists");
  await mkdir(lists);
  await writeFile(join(lists, "package.json"), '{"name": "ours", "dependencies": {}}');
  const refused = await bash("npm run --silent package -- ../lists", clone);
  expect([refused.code, refused.log]).toEqual([3, expect.stringContaining("has a package.json of its own")]);

  const packed = await bash("npm run --silent package -- ../lists/tools/rollcall --store postgres", clone);
  expect(packed.code, packed.log).toBe(0);
  const folder = join(lists, "tools/rollcall");
  const archive = await readFile(join(folder, "rollcall.tgz"));
  expect(packed.log).toContain(integrityOf(archive));
  const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as {
    packages: Record<string, { integrity: string }>;
  };
  expect(lock.packages["node_modules/rollcall"]?.integrity).toBe(integrityOf(archive));
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: clone, encoding: "utf8" }).trim();
  const manifest = await readFile(join(folder, "package.json"), "utf8");
  expect(JSON.parse(manifest)).toMatchObject({
    description: expect.stringContaining(commit),
    dependencies: { rollcall: "file:rollcall.tgz", pg: expect.stringMatching(/^\d/) },
  });
  const inside = execFileSync("tar", ["-tzf", join(folder, "rollcall.tgz")], { encoding: "utf8" });
  expect(inside).toContain("package/dist/command/rollcall.js");
  expect(inside).toContain("package/dist/command/LICENSES.md");
  expect(inside).not.toMatch(/\.npmrc|\.env|node_modules|tsbuildinfo|package\/test/);

  if (!FULL) return;
  // Another clone of the same files gives the same bytes, and stores stay as they were.
  const other = await cloned("another-clone");
  await symlink(join(project, "node_modules"), join(other, "node_modules"));
  const again = await bash("npm run --silent package -- ../lists/tools/rollcall", other);
  expect(again.code, again.log).toBe(0);
  expect(integrityOf(await readFile(join(folder, "rollcall.tgz")))).toBe(integrityOf(archive));
  expect(await readFile(join(folder, "package.json"), "utf8")).toContain('"pg"');
}, 240_000);

test.runIf(FULL)(
  "the steps of the README from a fresh clone to a first test work as written",
  async () => {
    const { code, log } = await bash(commandsOf("README.md", "install"), clone);
    expect(code, log).toBe(0);
    expect(log).toMatch(/rollcall\.tgz sha512-/);
    expect(log).toContain("exports.config.yaml");
    expect(log).toMatch(/\d+ cases?/);
  },
  600_000,
);
