import { afterEach, beforeEach, expect, test } from "vitest";
import { parseStateKey } from "../../src/state/storage/state-key.js";
import type { Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

const ONE = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const TWO = "aa".repeat(32);
const idOf = (key: string): string => parseStateKey(key, "it").id;
let story: Story;

beforeEach(async () => {
  story = await openMirror();
  await story.write("one.key", `${ONE}\n`);
  await story.write("two.key", TWO);
});
afterEach(() => story.stop());

const configure = (encryption?: Yaml): Promise<void> =>
  story.configure({}, encryption === undefined ? {} : { state: { encryption } });
/** Names of blobs and segments by whether they are encrypted. */
async function stored(): Promise<{ sealed: string[]; clear: string[] }> {
  const blobs = [...(await story.stateFiles())].filter(([name]) => name.startsWith("blobs/"));
  const sealed = blobs.filter(([, bytes]) => bytes.subarray(0, 8).toString() === "ROLLCALL");
  const clear = blobs.filter((blob) => !sealed.includes(blob));
  return { sealed: sealed.map(([name]) => name), clear: clear.map(([name]) => name) };
}
const cli = (...words: string[]) => rollcall(words, { cwd: story.folder });

test("nothing about people is stored in clear when the config has a key", async () => {
  await configure({ key: { file: "one.key" } });
  await story.people("anna", "ben");
  await story.apply();
  await story.people("ben", "carl");
  await story.apply();
  expect(await story.members()).toEqual(["ben", "carl"]);
  await story.mustBeSettled();
  const { sealed, clear } = await stored();
  expect(clear).toEqual([]);
  for (const kind of ["ledger", "opt-outs", "changesets", "journal"])
    expect(
      sealed.some((name) => name.startsWith(`blobs/${kind}/`)),
      kind,
    ).toBe(true);
  const everything = Buffer.concat([...(await story.stateFiles()).values()]).toString("latin1");
  expect(everything).not.toContain("canary");
  expect(everything).not.toContain("PAR1");
  expect(everything).not.toContain(ONE);
  expect(everything).toContain(idOf(ONE));
});

test("a key that is missing, wrong or malformed is refused with what to do, and nothing changes", async () => {
  await configure({ key: { file: "one.key" } });
  await story.people("anna");
  await story.apply();
  await story.people("anna", "ben");
  const before = await story.stateFiles();
  await story.write("bad.key", "hunter2");
  const cases: [Yaml | undefined, string, string][] = [
    [undefined, `is encrypted with the key ${idOf(ONE)}, and the config names no key`, "encryption: {key:"],
    [{ key: { file: "two.key" } }, `the key ${idOf(ONE)}; the config gives ${idOf(TWO)}.`, "previousKeys"],
    [
      { key: { file: "bad.key" } },
      "`state.encryption.key` names is not a key for the state",
      "openssl rand -base64 32",
    ],
  ];
  for (const [encryption, message, hint] of cases) {
    await configure(encryption);
    for (const command of [["plan"], ["apply", "--auto-approve"]]) {
      const { code, stderr } = await cli(...command);
      const text = stderr.replaceAll(/\s+/g, " ");
      expect(code).toBe(3);
      expect(text).toContain(message);
      expect(text).toContain(hint);
      expect(text).not.toMatch(/hunter2|aaaaaaaa/);
    }
  }
  expect(await story.stateFiles()).toEqual(before);
  expect(await story.members()).toHaveLength(1);
});

test("rekey encrypts what was in clear or under an older key, which is not needed afterwards", async () => {
  await configure();
  await story.people("anna", "ben");
  await story.apply();
  expect((await stored()).sealed).toEqual([]);
  const noKey = await cli("state", "rekey");
  expect([noKey.code, noKey.stderr]).toEqual([3, expect.stringContaining("names no key")]);

  // What was stored in clear stays readable when a key is given.
  await configure({ key: { file: "one.key" } });
  await story.people("anna", "ben", "carl");
  await story.apply();
  expect((await stored()).sealed).not.toEqual([]);
  expect((await stored()).clear).not.toEqual([]);
  const first = await cli("state", "rekey", "--json");
  expect(first.code).toBe(0);
  expect(first.events.find(({ type }) => type === "result")).toMatchObject({
    command: "state rekey",
    data: { keyId: idOf(ONE) },
  });
  expect((await stored()).clear).toEqual([]);

  await configure({ key: { file: "two.key" }, previousKeys: [{ file: "one.key" }] });
  await story.people("ben", "carl", "dora");
  await story.apply();
  expect((await cli("state", "rekey")).stdout).toContain(idOf(TWO));
  const again = await cli("state", "rekey");
  expect(again.stdout.replaceAll(/\s+/g, " ")).toContain("already");
  await configure({ key: { file: "two.key" } });
  expect((await story.planOf("weekly")).counts).toMatchObject({
    add: 0,
    update: 0,
    remove: 0,
    unchanged: 3,
  });
  expect(await story.members()).toEqual(["ben", "carl", "dora"]);
});

test("a key that the command makes can be used", async () => {
  const { stdout, stderr } = await cli("state", "new-key");
  const key = parseStateKey(stdout.trim(), "it");
  expect(stderr).toContain(key.id);
  await story.write("one.key", stdout);
  await configure({ key: { file: "one.key" } });
  await story.people("anna");
  await story.apply();
  expect((await stored()).clear).toEqual([]);
});
