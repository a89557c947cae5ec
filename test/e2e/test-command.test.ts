import { writeFile } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ROWS } from "../support/case-files.js";
import { rollcall, start } from "../support/rollcall.js";

const PASSING = `${ROWS}cases:
  - {name: Austrians are in, expect: {segments: {dach: {includes: [ben@example.com]}}}}
`;
const FAILING = `${ROWS}cases:
  - {name: Americans are in, expect: {segments: {dach: {includes: [carl@example.com]}}}}
`;

test("rollcall test ends with 0 when tests pass and with 1 when one fails, and its events fit their schema", async () => {
  const cwd = await folderWith({ "a.test.yaml": PASSING, "deep/b.test.yml": FAILING });
  const passed = await rollcall(["test", "a.test.yaml"], { cwd });
  expect(passed.stdout).toContain("✓ Austrians are in");
  expect(passed).toMatchObject({ code: 0, stderr: "" });
  const both = await rollcall(["test", "--json", "--junit", "out.xml"], { cwd });
  expect(both.code).toBe(1);
  expect(both.events.at(-2)).toMatchObject({ type: "test-summary", passed: 1, failed: 1 });
  expect(both.stderr).toContain("at deep/b.test.yml:9:");
  expect(readFileSync(join(cwd, "out.xml"), "utf8")).toContain('tests="2" failures="1"');
  // Neither state nor lists nor anything else.
  expect(readdirSync(cwd).sort()).toEqual(["a.test.yaml", "deep", "exports.config.yaml", "out.xml"]);
  const filtered = await rollcall(["test", "--filter", "AUSTRIANS"], { cwd });
  expect(filtered.code, filtered.stderr).toBe(0);
  expect(filtered.stdout).toContain("1 case passed in 1 file");
});

test("all faults of test files are reported at once, with exit code 3", async () => {
  const cwd = await folderWith({
    "a.test.yaml": `nwo: 1\ncases:\n  - {name: x, expect: {segments: {dach: {member: []}}}}\n`,
    "b.test.yaml": `sources: {crn: []}\ncases:\n  - {name: x, given: {recorded: {weekli: []}}, expect: {segments: {dahc: {count: 0}}}}\n  - {name: x, expect: {exports: {weekly: {count: -1}}}}\n`,
    "c.test.yaml": `now: 2026-13-01T00:00:00Z\nfields: {newz: {}}\naddresses: {dach: []}\ncases:\n  - {name: x, given: {recorded: {weekli: []}}, expect: {segments: {dahc: {count: 0}}}}\n  - {name: x, expect: {exports: {weekly: {count: 1}}}}\n`,
    "d.test.yaml": "",
  });
  const { code, stderr, stdout } = await rollcall(["test"], { cwd });
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  for (const part of [
    "Did you mean `now`?",
    "Did you mean `members`?",
    "has to be at least 0",
    "There is no time 2026-13-01T00:00:00Z",
    "There is no connection `newz`",
    "There is no segment with an address file `dach`",
    "Did you mean `weekly`?",
    "Did you mean `dach`?",
    'Two cases are called "x"',
    "A test file has `cases:`",
  ])
    expect(stderr).toContain(part);
});

test("rollcall test fails when it finds no test", async () => {
  const cwd = await folderWith({ "node_modules/x/a.test.yaml": PASSING });
  const none = await rollcall(["test"], { cwd });
  expect(none.code).toBe(3);
  expect(none.stderr).toContain("rollcall schema test");
  expect((await rollcall(["test", "no-such"], { cwd })).code).toBe(3);
  await writeFile(join(cwd, "a.test.yaml"), PASSING);
  expect((await rollcall(["test", "--filter", "nobody"], { cwd })).code).toBe(3);
  await writeFile(join(cwd, "exports.config.yaml"), "version: 1\nexport: {}\n");
  const broken = await rollcall(["test"], { cwd });
  expect(broken.code).toBe(3);
  expect(broken.stderr).toContain("Did you mean `exports`?");
});

test("--watch runs again when a test or the config changes, and Ctrl-C ends it well", async () => {
  const cwd = await folderWith({ "a.test.yaml": FAILING, "sql/all.sql": "select * from crm\n" });
  const { child, ended } = start(["test", "--watch"], { cwd });
  let text = "";
  child.stdout?.on("data", (part: string) => (text += part));
  child.stderr?.on("data", (part: string) => (text += part));
  const shows = (words: string): Promise<void> =>
    expect.poll(() => text, { timeout: 25_000, interval: 20 }).toContain(words);
  const waiting = "Waiting for changes";
  await shows(waiting);
  expect(text).toContain("1 of 1 case failed");
  text = "";
  await writeFile(join(cwd, "a.test.yaml"), PASSING);
  await shows(waiting);
  expect(text).toContain("1 case passed");
  text = "";
  await writeFile(join(cwd, "a.test.yaml"), "cases: 1\n");
  await shows(waiting);
  expect(text).toContain("has to be a list");
  text = "";
  await writeFile(join(cwd, "a.test.yaml"), FAILING);
  await shows(waiting);
  const config = readFileSync(join(cwd, "exports.config.yaml"), "utf8");
  text = "";
  await writeFile(
    join(cwd, "exports.config.yaml"),
    config.replace(/dach: {.*}/, "dach: {sqlFile: sql/all.sql}"),
  );
  await shows(waiting);
  expect(text).toContain("1 case passed");
  text = "";
  await writeFile(join(cwd, "sql/all.sql"), "select * from crm where country = 'AT'\n");
  await shows(waiting);
  expect(text).toContain("1 of 1 case failed");
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 0 });
}, 90_000);
