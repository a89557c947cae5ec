import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { starterConfig } from "../../../../src/config/write/starter.js";
import { manifest } from "../../../../src/destinations/brevo/manifest.js";
import { initCi, type InitCiResult } from "../../../../src/usecases/init-ci.js";
import { CI_FILES, CI_SYSTEMS } from "../../../../src/usecases/init/ci-files.js";

let folder: string;
const git = (...words: string[]): Buffer => execFileSync("git", words, { cwd: folder });
const write = (cwd = folder): Promise<InitCiResult> =>
  initCi({ cwd, system: "github", signal: new AbortController().signal });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-init-"));
  git("init", "--quiet", "--initial-branch=work");
  await writeFile(join(folder, "exports.config.yaml"), starterConfig(manifest));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("init ci writes nothing when a file would be overwritten", async () => {
  const there = join(folder, ".github/workflows/rollcall-drift.yaml");
  await mkdir(join(folder, ".github/workflows"), { recursive: true });
  await writeFile(there, "mine");
  await expect(write()).rejects.toThrow(".github/workflows/rollcall-drift.yaml is already here.");
  expect(await readFile(there, "utf8")).toBe("mine");
  expect(await readdir(join(folder, ".github/workflows"))).toEqual(["rollcall-drift.yaml"]);
});

test("the files go to the top of a checkout, where CI systems look", async () => {
  await mkdir(join(folder, "lists"));
  await writeFile(join(folder, "lists/exports.config.yaml"), starterConfig(manifest));
  await expect(write(join(folder, "lists"))).rejects.toThrow("This folder is lists/ of a checkout.");
  await rm(join(folder, ".git"), { recursive: true });
  await expect(write()).rejects.toThrow("This is not a git checkout.");
  expect(existsSync(join(folder, ".github"))).toBe(false);
});

test("an invalid config gets no files", async () => {
  await writeFile(join(folder, "exports.config.yaml"), "version: 2\n");
  const { written, diagnostics } = await write();
  expect(written).toBeUndefined();
  expect(diagnostics).not.toEqual([]);
  expect(existsSync(join(folder, ".github"))).toBe(false);
});

test("the branch that is applied is the remote's default, and keys are taken from the config", async () => {
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
  const { written, remote } = await write();
  expect(written).toEqual(CI_FILES.github.map(({ path }) => path));
  expect(remote).toBe(false);
  const apply = await readFile(join(folder, ".github/workflows/rollcall-apply.yaml"), "utf8");
  expect(apply).toContain(`branches: ["trunk"]`);
  expect(apply).toContain("BREVO_API_KEY: ${{ secrets.BREVO_API_KEY }}");
});

test("every template is one of a system's files", async () => {
  const templates = await readdir("templates/ci", { recursive: true, withFileTypes: true });
  const paths = templates.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const named = CI_SYSTEMS.flatMap((system) =>
    CI_FILES[system].map(({ template }) => join("templates/ci", template)),
  );
  expect(paths.sort()).toEqual(named.sort());
});
