import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { foldJournal } from "../../src/state/journal/journal-state.js";
import { readJournal } from "../../src/state/journal/journal.js";
import { parseRoot, type StateRoot } from "../../src/state/root/root.js";
import { openState } from "../../src/state/store.js";
import { migrateState } from "../../src/usecases/state/migrate.js";
import { mvState } from "../../src/usecases/state/mv.js";
import { rmState } from "../../src/usecases/state/rm.js";
import { FULL } from "../support/full.js";
import type { Yaml } from "../support/project.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";
import { live, type Death, type Life } from "./mortal.js";

/** Spread over all of them. */
const MOMENTS = FULL ? 60 : 1;
const signal = new AbortController().signal;
const emit = (): void => undefined;
let story: Story;
let onWrite: (() => void) | undefined;

beforeEach(async () => {
  onWrite = undefined;
  story = await openMirror(() => onWrite?.());
});
afterEach(() => story.stop());

const configure = (more: Yaml = {}, name = "weekly"): Promise<void> =>
  story.config({ exports: { [name]: story.weekly() }, ...more });
const inside = (path: string): string => join(story.folder, path);

async function rootIn(folder: string): Promise<StateRoot | undefined> {
  const stored = await new LocalBackend(inside(folder)).readRoot(signal);
  return stored && parseRoot(stored.bytes, folder);
}

/** Kills `words` at moments spread over all that there are, each time from the same files; `after` looks at what is left. */
async function killed(
  words: readonly string[],
  folders: readonly string[],
  after: (life: Life) => Promise<void>,
): Promise<void> {
  const kept = inside("kept");
  for (const folder of folders)
    await cp(inside(folder), join(kept, folder), { recursive: true, preserveTimestamps: true }).catch(
      () => undefined,
    );
  const again = async (death: Death): Promise<Life> => {
    for (const folder of folders) await rm(inside(folder), { recursive: true, force: true });
    await cp(kept, story.folder, { recursive: true, preserveTimestamps: true });
    return live(story.folder, words, death, 0);
  };
  const whole = await again(undefined);
  expect([whole.code, whole.output]).toEqual([0, expect.any(String)]);
  await after(whole);
  const roots = whole.moments.flatMap((name, index) =>
    /link|rename/.test(name) && /root/.test(name) ? [index + 1] : [],
  );
  const step = Math.max(1, Math.floor(whole.moments.length / MOMENTS));
  const spread = Array.from({ length: MOMENTS }, (_, index) => 1 + index * step);
  const moments = [...new Set([...spread, ...roots.slice(FULL ? 0 : -2)])].filter(
    (moment) => moment <= whole.moments.length,
  );
  let kills = 0;
  expect(roots.length).toBeGreaterThan(1);
  for (const moment of moments) {
    const life = await again({ moment });
    if (life.killed) kills += 1;
    await after(life);
  }
  process.stdout.write(`${words.join(" ")}: killed at ${kills} of ${whole.moments.length} moments\n`);
  expect(kills).toBe(moments.length);
}

describe("the record of an export", () => {
  const options = () => ({
    cwd: story.folder,
    actor: "tester",
    dryRun: false,
    emit,
    signal,
    approve: () => Promise.resolve(true),
  });
  const claims = (root: StateRoot | undefined): number[] =>
    Object.values(root?.accounts ?? {}).map(({ ledger }) => ledger.rows);

  test("is renamed wholly or not at all by mv, which can be repeated", { timeout: 600_000 }, async () => {
    await configure();
    await story.people("anna", "ben");
    await story.apply();
    await killed(["state", "mv", "weekly", "news", "--auto-approve"], [".rollcall"], async ({ point }) => {
      const root = await rootIn(".rollcall");
      expect([point, claims(root)]).toEqual([point, [2]]);
      if (root?.exports["weekly"] !== undefined) await mvState({ ...options(), from: "weekly", to: "news" });
      expect(Object.keys((await rootIn(".rollcall"))?.exports ?? {})).toEqual(["news"]);
    });
    await configure({}, "news");
    const { counts } = await story.planOf("news");
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 2 });
  });

  test("is dropped wholly or not at all by rm, which can be repeated", { timeout: 600_000 }, async () => {
    await configure();
    await story.people("anna", "ben");
    await story.apply();
    await killed(["state", "rm", "weekly", "--auto-approve"], [".rollcall"], async ({ point }) => {
      const root = await rootIn(".rollcall");
      const there = root?.exports["weekly"] !== undefined;
      expect([point, claims(root)]).toEqual([point, [there ? 2 : 0]]);
      if (there) await rmState({ ...options(), export: "weekly" });
      expect(claims(await rootIn(".rollcall"))).toEqual([0]);
    });
    expect(await story.members()).toEqual(["anna", "ben"]);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, remove: 0 });
  });
});

test(
  "a state that moves is in one place at any moment, and the next run ends the move",
  { timeout: 600_000 },
  async () => {
    await configure();
    await story.people("anna", "ben");
    await story.apply();
    await story.people("ben", "carl");
    const abort = new AbortController();
    onWrite = () => abort.abort();
    await story.applyResult({ signal: abort.signal }).catch(() => undefined);
    onWrite = undefined;
    const before = await rootIn(".rollcall");
    const [account = "", entry] = Object.entries(before?.accounts ?? {})[0] ?? [];
    const journal = await readJournal(
      (await openState(new LocalBackend(inside(".rollcall")), signal)).journals,
      account,
      entry?.openRun?.runId ?? "",
      signal,
    );
    expect(foldJournal(journal).batches.length).toBeGreaterThan(0);

    await configure({ state: { path: "new/.rollcall" } });
    const words = ["state", "migrate", "--from-path", ".rollcall", "--auto-approve"];
    await killed(words, [".rollcall", "new"], async ({ point }) => {
      const [old, fresh] = [await rootIn(".rollcall"), await rootIn("new/.rollcall")];
      const open = [old, fresh].filter((root) => root !== undefined && root.movedTo === undefined);
      expect([point, open.length <= 1, old?.lineage]).toEqual([point, true, before?.lineage]);
      const { migration } = await migrateState({
        cwd: story.folder,
        actor: "tester",
        from: { folder: ".rollcall" },
        dryRun: false,
        emit,
        signal,
        approve: () => Promise.resolve(true),
      });
      expect([point, migration?.stage]).toEqual([point, "done"]);
      expect((await rootIn(".rollcall"))?.movedTo).toBeDefined();
      const moved = await openState(new LocalBackend(inside("new/.rollcall")), signal);
      expect(await readJournal(moved.journals, account, entry?.openRun?.runId ?? "", signal)).toEqual(
        journal,
      );
    });
    await rm(inside(".rollcall"), { recursive: true });
    expect(await readdir(inside("new/.rollcall"))).toContain("root");
    await story.apply();
    await story.sandbox.settle();
    expect(await story.members()).toEqual(["ben", "carl"]);
    await story.mustBeSettled();
  },
);
