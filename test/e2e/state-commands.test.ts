import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { accountLeaseName } from "../../src/state/lease.js";
import { openState } from "../../src/state/store.js";
import { gcState } from "../../src/usecases/state/gc.js";
import { pullState } from "../../src/usecases/state/pull.js";
import { pushState } from "../../src/usecases/state/push.js";
import { clockAt } from "../support/clock.js";
import type { Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

const DAY_MS = 24 * 3_600_000;
let story: Story;

beforeEach(async () => {
  story = await openMirror();
});
afterEach(() => story.stop());

const configure = (more: Yaml = {}): Promise<void> => story.configure({}, more);
const cli = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: story.folder });
const data = (ended: Ended): unknown => ended.events.find(({ type }) => type === "result")?.["data"];
const plain = (text: string): string => text.replaceAll(/\s+/g, " ");
const state = (): string => join(story.folder, ".rollcall");

/** Makes every blob look as old as that. */
async function age(days: number): Promise<void> {
  const then = new Date(Date.now() - days * DAY_MS);
  for (const name of (await story.stateFiles()).keys())
    if (name.startsWith("blobs/")) await utimes(join(state(), name), then, then);
}
const kinds = async (): Promise<Record<string, number>> => {
  const count: Record<string, number> = {};
  for (const name of (await story.stateFiles()).keys()) {
    const [top, kind = ""] = name.split("/");
    if (top === "blobs") count[kind] = (count[kind] ?? 0) + 1;
  }
  return count;
};

const never = new AbortController().signal;
const options = () => ({ cwd: story.folder, actor: "tester", signal: never });
const gc = async (dryRun = false) => (await gcState({ ...options(), dryRun })).result;

test("gc deletes old blobs that nothing needs, and nothing else", async () => {
  await configure({ state: { retention: { unreferenced: "7d", history: "30d" } } });
  for (const names of [["anna", "ben"], ["ben"], ["ben", "carl", "dora"]]) {
    await story.people(...names);
    await story.apply();
  }
  const before = await kinds();
  expect(await gc()).toMatchObject({ deleted: {} });
  // By a clock that is ahead everything would be old enough.
  const ahead = clockAt(new Date(Date.now() + 40 * DAY_MS).toISOString());
  const wrong = await rollcall(["state", "gc", "--json"], { cwd: story.folder, env: ahead });
  expect([wrong.code, await kinds()]).toEqual([0, before]);
  await age(8);
  const preview = await gc(true);
  expect(await kinds()).toEqual(before);
  expect(data(await cli("state", "gc", "--json"))).toEqual(preview);
  const afterWeek = await kinds();
  expect(afterWeek).toMatchObject({
    "opt-outs": 1,
    changesets: before["changesets"],
    journal: before["journal"],
    runs: 3,
  });
  expect(afterWeek["ledger"]).toBeLessThan(before["ledger"] ?? 0);
  await age(31);
  const { stdout } = await cli("state", "gc");
  expect(plain(stdout)).toMatch(/Deleted [\d,]+ blobs \(.*\) that nothing needs: changesets .* journal/);
  expect(await kinds()).toEqual({ ledger: afterWeek["ledger"], "opt-outs": 1 });
  expect(await readdir(join(state(), "blobs/journal")).catch(() => [])).toHaveLength(1);
  expect((await story.planOf("weekly")).counts).toMatchObject({
    add: 0,
    update: 0,
    remove: 0,
    unchanged: 3,
  });
});

test("a run that slept during a gc cannot refer to deleted blobs", async () => {
  await configure();
  await story.people("anna");
  await story.apply();
  const asleep = await openState(new LocalBackend(state()), never);
  const [key = ""] = Object.keys(asleep.root.accounts);
  const account = asleep.root.accounts[key];
  const subject = { account: key, label: key, connections: [] };
  const info = { operation: "apply", who: "somebody", pid: 1, subject };
  await asleep.backend.acquireLease(accountLeaseName(key), info, 1, never);
  const holder = await asleep.takeAccount(key, account?.type ?? "brevo", never);
  const path = join(story.folder, "slept");
  await story.write("slept", "what it was about to record");
  const blob = await asleep.putBlobFile("ledger", path, never);
  await age(8);
  expect(await gc()).toMatchObject({ deleted: { ledger: { blobs: 1 } } });
  const naming = holder.update((root) => {
    Object.assign(root.accounts[key] ?? {}, { ledger: { base: { blob, rows: 1 }, deltas: [], rows: 1 } });
  }, never);
  await expect(naming).rejects.toMatchObject({ kind: "conflict" });
  await settled();
});

test("the state does not grow over many runs, because apply collects garbage when it is due", async () => {
  await configure();
  const sizes: number[] = [];
  for (let run = 0; run < 8; run++) {
    await story.people("ben", `p${run}`, `q${run}`);
    await story.apply();
    sizes.push(Object.values(await kinds()).reduce((sum, blobs) => sum + blobs, 0));
    await age(31);
    const names = [...(await story.stateFiles()).keys()];
    const newest = names
      .filter((name) => name.startsWith("root/"))
      .sort()
      .at(-1);
    const root = JSON.parse(await story.read(`.rollcall/${newest}`)) as {
      collectedAt: string;
      checksum?: string;
    };
    delete root.checksum;
    expect(Date.now() - Date.parse(root.collectedAt)).toBeLessThan(60_000);
    // A day passes.
    root.collectedAt = new Date(Date.now() - 1.5 * DAY_MS).toISOString();
    await story.write(`.rollcall/${newest}`, JSON.stringify(root));
  }
  expect(Math.max(...sizes.slice(4))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 4)));
}, 60_000);

const push = async (folder: string, dryRun = false) =>
  (await pushState({ ...options(), folder, dryRun })).result;
const settled = async (): Promise<void> => {
  const { counts } = await story.planOf("weekly");
  expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });
};

test("a backup is pulled, and pushed after the state is lost or damaged, but not over a newer one", async () => {
  await configure();
  await story.people("anna", "ben");
  await story.apply();
  await story.write("full/x", "x");
  await expect(pullState({ ...options(), folder: "full" })).rejects.toThrow("is not empty");
  const pulled = await cli("state", "pull", "backup", "--json");
  expect(data(pulled)).toMatchObject({ blobs: 2, folder: join(story.folder, "backup") });
  expect((await stat(join(story.folder, "backup"))).mode & 0o777).toBe(0o700);

  const [blob] = [...(await story.stateFiles()).keys()].filter((name) => name.startsWith("blobs/ledger/"));
  await story.write(`.rollcall/${blob}`, "torn");
  expect((await story.planOf("weekly")).error?.message).toContain("is damaged");
  expect(await push("backup", true)).toMatchObject({ blobs: 1, changed: false });
  expect((await story.planOf("weekly")).error).toBeDefined();
  expect(await push("backup")).toMatchObject({ blobs: 1, changed: false });
  await settled();

  await rm(state(), { recursive: true });
  await expect(gcState({ ...options(), dryRun: false })).rejects.toThrow("There is no state");
  expect(data(await cli("state", "push", "backup", "--json"))).toMatchObject({
    kind: "backup",
    changed: true,
  });
  await settled();
  expect(plain((await cli("state", "push", "backup")).stdout)).toContain("has all of it already");

  await story.people("anna", "ben", "carl");
  await story.apply();
  const newer = await cli("state", "push", "backup");
  expect([newer.code, plain(newer.stderr)]).toEqual([6, expect.stringContaining("is newer (serial")]);

  await rename(state(), `${state()}.old`);
  await story.apply();
  await expect(push("backup")).rejects.toMatchObject({
    kind: "stale",
    message: expect.stringContaining("copy of another state") as string,
  });
  await expect(push("lists")).rejects.toThrow("is not a saved state");
}, 60_000);
