import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FULL } from "../support/full.js";
import type { Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { smallDisk, type SmallDisk } from "../support/small-disk.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

const KEY = "0123456789abcdef".repeat(4);
let story: Story;
let disk: SmallDisk | undefined;
/** Called once, when the destination has carried out a request of this run and the reply is not sent yet. */
let afterWrite: (() => void) | undefined;

beforeEach(async () => {
  story = await openMirror(() => {
    afterWrite?.();
    afterWrite = undefined;
  });
  await story.write("state.key", KEY);
});
afterEach(async () => {
  disk?.close();
  disk = undefined;
  await story.stop();
});

const configure = (encrypted: boolean, more: Yaml = {}): Promise<void> =>
  story.configure({}, { state: encrypted ? { encryption: { key: { file: "state.key" } } } : {}, ...more });
const cli = (words: string[], env: Record<string, string> = {}): Promise<Ended> =>
  rollcall([...words, "-C", story.folder], { cwd: story.folder, env, within: disk?.within ?? [] });
const apply = (): Promise<Ended> => cli(["apply", "--auto-approve"]);
const plain = ({ stdout, stderr }: Ended): string => `${stdout} ${stderr}`.replaceAll(/\s+/g, " ");
const settled = async (): Promise<void> => {
  const { code } = await cli(["plan", "--detailed-exitcode"]);
  expect(code).toBe(0);
};
/** Puts a small disk under the state folder or another one; says why when that is impossible. */
async function onSmallDisk(folder: string, skip: (why: string) => void): Promise<SmallDisk> {
  await mkdir(join(story.folder, folder), { recursive: true });
  const made = await smallDisk(join(story.folder, folder), 2);
  if (typeof made !== "string") return (disk = made);
  process.stdout.write(`skipped: ${made}\n`);
  skip(made);
  throw new Error(made);
}

const errored = async (): Promise<string> => {
  const found = (await readdir(story.folder)).filter((name) => name.startsWith("rollcall-errored-"));
  expect(found).toHaveLength(1);
  const folder = join(story.folder, found[0] ?? "");
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(entry.parentPath, entry.name));
    expect([entry.name, (mode & 0o777).toString(8)]).toEqual([
      entry.name,
      entry.isDirectory() ? "700" : "600",
    ]);
  }
  return found[0] ?? "";
};

test("a full disk is reported before anything is sent, or leaves a copy with its command, and nobody is lost", async ({
  skip,
}) => {
  await configure(true);
  const small = await onSmallDisk(".rollcall", skip);
  await story.people("anna", "ben");
  expect((await apply()).code).toBe(0);

  small.fill();
  await story.people("ben", "carl");
  const before = await apply();
  expect([before.code, plain(before)]).toEqual([
    1,
    expect.stringMatching(/the disk that holds the state folder .* is full/),
  ]);
  expect(await story.members()).toEqual(["anna", "ben"]);
  small.free();

  afterWrite = () => small.fill();
  const during = await apply();
  expect(during.code).not.toBe(0);
  expect(plain(during)).toContain(
    "What was sent could not be recorded: the disk that holds the state folder",
  );
  const copy = await errored();
  expect(plain(during)).toContain(`state push ${join(story.folder, copy)}\``);
  small.free();
  expect((await cli(["state", "push", copy, "--dry-run"])).code).toBe(0);
  const pushed = await cli(["state", "push", copy]);
  expect([pushed.code, plain(pushed)]).toEqual([0, expect.stringContaining("Put ")]);
  expect((await cli(["state", "push", copy])).stdout).toContain("already");
  expect((await apply()).code).toBe(0);
  expect(await story.members()).toEqual(["ben", "carl"]);
  await settled();
  // By now the copy is old.
  const late = await cli(["state", "push", copy]);
  expect([late.code, plain(late)]).toEqual([6, expect.stringContaining("another run has taken the account")]);
  await rm(join(story.folder, copy), { recursive: true });

  if (!FULL) return;
  // Without the push the next apply looks everything up.
  await story.people("carl", "dora");
  afterWrite = () => small.fill();
  expect((await apply()).code).not.toBe(0);
  small.free();
  expect((await apply()).code).toBe(0);
  expect(await story.members()).toEqual(["carl", "dora"]);
  await settled();
}, 120_000);

test("a read-only folder is reported, also when it becomes so in the middle", async ({ skip }) => {
  skip(!FULL, "only with ROLLCALL_TEST_FULL=1");
  await configure(false);
  const small = await onSmallDisk(".rollcall", skip);
  await story.people("anna", "ben");
  expect((await apply()).code).toBe(0);
  await story.people("ben", "carl");
  small.readOnly(true);
  const before = await apply();
  expect([before.code, plain(before)]).toEqual([
    1,
    expect.stringMatching(/cannot be written or read \(EROFS\)/),
  ]);
  expect((await cli(["plan"])).code).toBe(0);
  small.readOnly(false);
  afterWrite = () => small.readOnly(true);
  const during = await apply();
  expect(plain(during)).toContain("could not be recorded: the state folder");
  const copy = await errored();
  small.readOnly(false);
  expect((await cli(["state", "push", copy])).code).toBe(0);
  expect((await apply()).code).toBe(0);
  expect(await story.members()).toEqual(["ben", "carl"]);
  await settled();
}, 120_000);

test("a full temporary folder is named, and the state is not blamed", async ({ skip }) => {
  await configure(true);
  const small = await onSmallDisk("temporary", skip);
  const env = { TMPDIR: join(story.folder, "temporary") };
  await story.people("anna", "ben");
  expect((await cli(["apply", "--auto-approve"], env)).code).toBe(0);
  small.fill();
  await story.people("ben", "carl");
  const ended = await cli(["apply", "--auto-approve"], env);
  expect([ended.code, plain(ended)]).toEqual([
    1,
    expect.stringContaining("the disk of the temporary folder"),
  ]);
  expect(plain(ended)).not.toContain("state folder");
  expect(plain(ended)).toContain("TMPDIR");
  expect(await story.members()).toEqual(["anna", "ben"]);
  small.free();
  afterWrite = () => small.fill();
  const during = await cli(["apply", "--auto-approve"], env);
  expect(during.code).not.toBe(0);
  expect(plain(during)).toMatch(/temporary folder|temporary files/);
  small.free();
  expect((await cli(["apply", "--auto-approve"], env)).code).toBe(0);
  expect(await story.members()).toEqual(["ben", "carl"]);
  await settled();
}, 120_000);

test("the copy of a state folder that was deleted in the middle of a run brings nobody back who was forgotten since", async ({
  skip,
}) => {
  skip(!FULL, "only with ROLLCALL_TEST_FULL=1");
  await story.write("forget.key", "f".repeat(64));
  await configure(true, { forget: { key: { file: "forget.key" } } });
  await story.people("anna", "ben");
  expect((await apply()).code).toBe(0);
  await story.people("ben", "carl");
  const { rmSync } = await import("node:fs");
  afterWrite = () => rmSync(join(story.folder, ".rollcall"), { recursive: true });
  const during = await apply();
  expect(during.code).not.toBe(0);
  expect(plain(during)).toMatch(/the state in .* is gone/);
  const copy = await errored();
  const pushed = await cli(["state", "push", copy]);
  expect([pushed.code, plain(pushed)]).toEqual([0, expect.stringContaining("Put ")]);
  // Out of sight of `forget`, which refuses beside a copy.
  await rename(join(story.folder, copy), join(story.folder, "aside"));
  expect((await cli(["forget", "ben@canary.example", "--auto-approve"])).code).toBe(0);
  const late = await cli(["state", "push", "aside"]);
  expect([late.code, plain(late)]).toEqual([6, expect.stringContaining("another run has taken the account")]);
  expect((await apply()).code).toBe(0);
  expect(await story.members()).toEqual(["carl"]);
  await settled();
}, 120_000);
