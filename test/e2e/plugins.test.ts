import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rollcall } from "../support/rollcall.js";

const PLUGINS = "plugins: [./own.mjs]\n";
const CONFIG = `version: 1
connections:
  box: {type: file, path: lists}
sources:
  crm: {type: files, path: people.csv}
segments:
  all: {source: crm}
exports:
  weekly: {connection: box, list: {id: customers}, segments: [all], match: {email: email}}
`;
const MODULE = `import { writeFileSync } from "node:fs";
writeFileSync(new URL("ran", import.meta.url), "");
export const manifest = {contract: 1, kind: "destination", type: "own-lists", label: "Own", description: "Own.", isService: true};
export const load = () => {};
`;

let cwd: string;
const git = (...words: string[]): string =>
  execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...words], {
    cwd,
    encoding: "utf8",
  });
const commit = async (config: string): Promise<void> => {
  await writeFile(join(cwd, "exports.config.yaml"), config);
  git("add", ".");
  git("commit", "-qm", "change");
};
const ran = (): boolean => existsSync(join(cwd, "ran"));

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "rollcall-plugins-"));
  git("init", "-q", "-b", "main");
  await writeFile(join(cwd, "people.csv"), "email\nanna@example.com\n");
  await writeFile(join(cwd, "own.mjs"), MODULE);
});
afterEach(() => rm(cwd, { recursive: true }));

const LOOKING = ["plan", "validate", "graph", "env list", "test", "connections list"];

describe.each([
  ["the change adds", CONFIG, `${PLUGINS}${CONFIG}`, "this checkout"],
  ["base and change name", `${PLUGINS}${CONFIG}`, `${PLUGINS}${CONFIG}`, "this checkout"],
  ["the base names, and the change leaves out,", `${PLUGINS}${CONFIG}`, CONFIG, "main"],
])("a plug-in that %s", (_, base, change, whose) => {
  beforeEach(async () => {
    await commit(base);
    git("switch", "-qc", "change");
    if (change !== base) await commit(change.replace("version: 1\n", "version: 1\n\n"));
  });

  test.each(LOOKING)("is refused with an explanation and never run by %s --untrusted", async (words) => {
    const said = await rollcall([...words.split(" "), "--untrusted", "--base", "main"], { cwd });
    expect(said.code, said.stdout).toBe(3);
    const text = (said.stdout + said.stderr).replaceAll(/\s+/gu, " ");
    expect(text).toContain(`The config of ${whose}`);
    expect(text).toContain("--untrusted runs no code of a checkout");
    expect(ran()).toBe(false);
  });

  test("is not run by fmt, trusted or not", async () => {
    await rollcall(["fmt", "--check"], { cwd });
    await rollcall(["fmt", "--check", "--untrusted", "--base", "main"], { cwd });
    expect(ran()).toBe(false);
  });
});

test("a plug-in of a trusted checkout is run", async () => {
  await commit(`${PLUGINS}${CONFIG}`);
  const said = await rollcall(["validate"], { cwd });
  expect(said.code, said.stderr).toBe(0);
  expect(ran()).toBe(true);
});
