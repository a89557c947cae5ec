import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processIdentity, readProcessState } from "../../../src/platform/process-identity.ts";
import { withRunFolder } from "../../../src/state/run-folder.ts";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "rollcall-test-"));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const [machine = ""] = processIdentity.split(".");
const ended = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

test("a run folder is private, and gone afterwards whether the work succeeds or fails", async () => {
  let folder = "";
  await withRunFolder(async (path) => {
    folder = path;
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await writeFile(join(path, "x"), "secret");
  }, parent);
  expect(existsSync(folder)).toBe(false);
  await expect(withRunFolder(() => Promise.reject(new Error("work")), parent)).rejects.toThrow("work");
  expect(await readdir(parent)).toEqual([]);
});

test("a temporary folder that cannot be used is said to be the cause", async () => {
  const nowhere = join(parent, "nowhere");
  await expect(withRunFolder(() => Promise.resolve(), nowhere)).rejects.toMatchObject({
    kind: "permanent",
    message: `the temporary folder ${nowhere} cannot be used (ENOENT)`,
  });
});

test("folders of dead runs are deleted, and those of live runs or of others stay", async () => {
  const dead = join(parent, `rollcall-run-${machine}.${ended()}.5-abcdef`);
  await mkdir(dead);
  await writeFile(join(dead, "people.parquet"), "x");
  const other = join(parent, "something-else");
  await mkdir(other);
  const trap = join(parent, `rollcall-run-${machine}.${ended()}.5-ghijkl`);
  await symlink(other, trap);
  await writeFile(join(other, "kept"), "x");
  await withRunFolder(async (living) => {
    await withRunFolder(async () => undefined, parent);
    expect(existsSync(living)).toBe(true);
  }, parent);
  expect(existsSync(dead)).toBe(false);
  expect(existsSync(join(other, "kept"))).toBe(true);
});

test("a process is told from a dead one, from one that got its number later, and from one elsewhere", () => {
  expect(readProcessState(processIdentity)).toBe("running");
  expect(readProcessState(`${machine}.${ended()}.1`)).toBe("dead");
  if (process.platform === "linux") expect(readProcessState(`${machine}.${process.pid}.1`)).toBe("dead");
  expect(readProcessState(`000000000000.${process.pid}.1`)).toBe("elsewhere");
  for (const nonsense of ["", "x", `${machine}.-1.1`, `${machine}.0.1`]) {
    expect(readProcessState(nonsense)).toBe("elsewhere");
  }
});
