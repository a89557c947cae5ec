import { randomUUID } from "node:crypto";
import { cp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseRoot, serialiseRoot, type StateRoot } from "../../src/state/root/root.js";
import type { Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

let story: Story;

beforeEach(async () => {
  story = await openMirror();
  await story.write("state.key", "0123456789abcdef".repeat(4));
});
afterEach(() => story.stop());

const configure = (state: Yaml): Promise<void> => story.configure({}, { state });

const flip = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 4;
  await writeFile(path, bytes);
};
const half = async (path: string): Promise<void> =>
  truncate(path, Math.floor((await readFile(path)).length / 2));
const newer = async (path: string): Promise<void> =>
  writeFile(path, (await readFile(path, "utf8")).replace('"formatVersion": 1', '"formatVersion": 2'));

/** Of several versions or blobs the one that counts. */
async function current(paths: readonly string[]): Promise<string> {
  const names = [...(await story.stateFiles()).keys()];
  const root =
    names
      .filter((path) => path.startsWith("root/"))
      .sort()
      .at(-1) ?? "";
  const text = await story.read(`.rollcall/${root}`);
  return paths.find((path) => text.includes(path.replace("blobs/", ""))) ?? root;
}

/** The document of a root file, with its own checksum. */
const edited =
  (change: (root: StateRoot) => void) =>
  async (path: string): Promise<void> => {
    const root = parseRoot(await readFile(path), "folder");
    change(root);
    await writeFile(path, serialiseRoot(root));
  };
/** The file before it, under its name. */
const older = async (path: string): Promise<void> => {
  const number = Number(basename(path, ".json")) - 1;
  await cp(join(dirname(path), `${String(number).padStart(12, "0")}.json`), path);
};

/** What is done to which file, and what is said about it. */
const faults: readonly [
  name: string,
  file: RegExp,
  harm: (path: string) => Promise<void>,
  message: RegExp,
][] = [
  ["a torn root", /^root\//, half, /the state in .* is damaged/],
  ["a flipped bit in the root", /^root\//, flip, /the state in .* is damaged/],
  ["a root of a newer format", /^root\//, newer, /newer rollcall/],
  ["a root that is the one before it", /^root\//, older, /is damaged: .* stands after serial/],
  [
    "a root of a later serial",
    /^root\//,
    edited((root) => (root.serial += 3)),
    /is damaged: .* stands after serial/,
  ],
  [
    "a root of an earlier serial",
    /^root\//,
    edited((root) => (root.serial -= 1)),
    /is damaged: .* stands after serial/,
  ],
  [
    "a root of another state",
    /^root\//,
    edited((root) => (root.lineage = randomUUID())),
    /is damaged: .* that of another state/,
  ],
  ["a truncated ledger", /^blobs\/ledger\//, half, /ledger\/.* is damaged/],
  ["a flipped bit in the ledger", /^blobs\/ledger\//, flip, /ledger\/.* is damaged/],
  ["a missing ledger", /^blobs\/ledger\//, (path) => rm(path), /ledger\/.* is missing/],
  ["flipped opt-outs", /^blobs\/opt-outs\//, flip, /opt-outs\/.* is damaged/],
  ["missing opt-outs", /^blobs\/opt-outs\//, (path) => rm(path), /opt-outs\/.* is missing/],
  ["a flipped lock", /^leases\//, flip, /the lock .* is damaged/],
];

test.each([
  ["in clear", {}],
  ["encrypted", { encryption: { key: { file: "state.key" } } }],
])(
  "a damaged state (%s) is reported, nothing is sent, and runs go on once it is restored",
  async (_, state) => {
    await configure(state);
    await story.people("anna", "ben");
    await story.apply();
    await story.people("ben", "carl");
    const folder = join(story.folder, ".rollcall");
    const backup = join(story.folder, "kept");
    await cp(folder, backup, { recursive: true, preserveTimestamps: true });
    for (const [name, file, harm, message] of faults) {
      const paths = [...(await story.stateFiles()).keys()].filter((path) => file.test(path));
      for (const path of name.includes("lock") ? paths : [await current(paths)])
        await harm(join(folder, path));
      const ended = await story.applyResult().catch((error: Error & { hint?: string }) => error);
      const told =
        ended instanceof Error ? { message: ended.message, hint: ended.hint } : ended.run?.exports[0]?.error;
      expect([name, told?.message], name).toEqual([name, expect.stringMatching(message)]);
      expect(told?.hint, name).toMatch(/[Rr]estore|Install|delete/);
      expect(await story.members(), name).toEqual(["anna", "ben"]);
      await rm(folder, { recursive: true });
      await cp(backup, folder, { recursive: true, preserveTimestamps: true });
    }
    expect((await story.applyOf("weekly")).status).toBe("succeeded");
    expect(await story.members()).toEqual(["ben", "carl"]);
    await story.mustBeSettled();
  },
  60_000,
);

test("a root of another project is not mistaken for ours", async () => {
  await configure({ path: "theirs" });
  await story.people("x", "y");
  await story.apply();
  await configure({ path: ".rollcall" });
  await story.apply();
  await rm(join(story.folder, ".rollcall/root"), { recursive: true });
  await cp(join(story.folder, "theirs/root"), join(story.folder, ".rollcall/root"), { recursive: true });
  await story.people("x");
  const { code, stdout, stderr } = await rollcall(["apply", "--auto-approve"], { cwd: story.folder });
  expect([code, `${stdout}${stderr}`.replaceAll(/\s+/g, " ")]).toEqual([
    1,
    expect.stringMatching(/is missing from the state in .* Restore/),
  ]);
  expect(await story.members()).toEqual(["x", "y"]);
});
