import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sealingKeyId } from "../../src/state/storage/envelope.js";
import type { Failure } from "../../src/model/failure.js";
import { migrateState, type MigrateOptions } from "../../src/usecases/state/migrate.js";
import { pullState } from "../../src/usecases/state/pull.js";
import { pushState } from "../../src/usecases/state/push.js";
import { startAzurite, type Azurite } from "../support/azurite.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { FULL } from "../support/full.js";
import type { Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { validEvent } from "../support/valid-event.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

const signal = new AbortController().signal;
const KEY = "11".repeat(32);
let azurite: Azurite;
let postgres: Postgres;
let story: Story;
let onWrite: (() => void) | undefined;
let places = 0;

beforeAll(async () => {
  [azurite, postgres] = await Promise.all([startAzurite(), startPostgres()]);
}, 120_000);
afterAll(() => Promise.all([azurite.stop(), postgres.stop()]), 60_000);

beforeEach(async () => {
  story = await openMirror(() => onWrite?.());
  onWrite = undefined;
  places += 1;
  await story.write("state.key", KEY);
  await story.write("azure", azurite.connectionString());
  await story.write("postgres", postgres.url());
});
afterEach(() => story.stop());

const encryption = { key: { file: "state.key" } };
const azure = (): Yaml => ({
  type: "azureBlob",
  container: "rollcall",
  prefix: `p${places}`,
  connectionString: { file: "azure" },
  encryption,
});
const database = (): Yaml => ({
  type: "postgres",
  url: { file: "postgres" },
  name: `n${places}`,
  encryption,
});
const local = (path: string): Yaml => ({ path });
const configure = (state: Yaml): Promise<void> => story.configure({}, { state });
/** The state is to be there from now on, and was where the config says until now. */
async function moveTo(state: Yaml): Promise<void> {
  await rename(join(story.folder, "exports.config.yaml"), join(story.folder, "before.yaml"));
  await configure(state);
}
const options = (more: Partial<MigrateOptions> = {}): MigrateOptions => ({
  cwd: story.folder,
  actor: "tester",
  from: { config: "before.yaml" },
  dryRun: false,
  emit: () => undefined,
  signal,
  approve: () => Promise.resolve(true),
  ...more,
});
const migrate = async (more: Partial<MigrateOptions> = {}) => (await migrateState(options(more))).migration;
const cli = async (...words: string[]): Promise<Ended> => {
  const ended = await rollcall(words, { cwd: story.folder });
  expect(ended.stdout + ended.stderr).not.toMatch(/[\w.]@|canary-|111111/);
  return ended;
};
const data = ({ events }: Ended): unknown => events.find(({ type }) => type === "result")?.["data"];
const settled = (): Promise<void> => story.sandbox.settle();

/** Breaks a run off while it sends, so that it stays open. */
async function breakOff(): Promise<void> {
  const abort = new AbortController();
  onWrite = () => abort.abort();
  await story.applyResult({ signal: abort.signal }).catch(() => undefined);
  onWrite = undefined;
}

test("an unencrypted folder with an interrupted run moves to Azure encrypted, and a machine that has only the new place goes on", async () => {
  await configure(local(".rollcall"));
  await story.people("anna", "ben");
  await story.apply();
  await story.people("ben", "carl");
  await breakOff();
  await moveTo(azure());
  const dry = await cli("state", "migrate", "--from", "before.yaml", "--dry-run", "--json");
  for (const event of dry.events) expect([validEvent(event), validEvent.errors]).toEqual([true, null]);
  expect(data(dry)).toMatchObject({ stage: "begin", encrypts: true, dryRun: true });
  for (const [name, bytes] of await story.stateFiles())
    if (name.startsWith("blobs/")) expect(sealingKeyId(bytes)).toBeUndefined();

  const done = await cli("state", "migrate", "--from", "before.yaml", "--auto-approve", "--json");
  expect(done.code).toBe(0);
  for (const event of done.events) expect([validEvent(event), validEvent.errors]).toEqual([true, null]);
  expect(data(done)).toMatchObject({ stage: "done", to: expect.stringContaining("Azure") });
  for (const [name, bytes] of await story.stateFiles())
    if (name.startsWith("blobs/")) expect([name, sealingKeyId(bytes)]).toEqual([name, expect.any(String)]);

  const closed = await rollcall(["plan", "--config", "before.yaml"], { cwd: story.folder });
  expect(closed).toMatchObject({ code: 6, stderr: expect.stringContaining("was moved to") });
  expect(await migrate()).toMatchObject({ stage: "done" });

  await rm(join(story.folder, ".rollcall"), { recursive: true });
  await story.apply();
  await settled();
  expect(await story.members()).toEqual(["ben", "carl"]);
  await story.mustBeSettled();
  expect((await cli("history", "--json")).events.filter(({ type }) => type === "result")).toHaveLength(1);
}, 120_000);

test("a state moves from Azure to PostgreSQL and back, with backups pulled and pushed in between", async () => {
  await configure(azure());
  await story.people("anna", "ben");
  await story.apply();
  await moveTo(database());
  expect(await migrate()).toMatchObject({ encrypts: false });
  await story.mustBeSettled();
  await story.people("ben", "carl");
  await story.apply();
  await story.mustBeSettled();

  expect((await pullState({ ...options(), folder: "pulled" })).result?.blobs).toBeGreaterThan(1);
  expect((await pushState({ ...options(), folder: "pulled", dryRun: false })).result).toMatchObject({
    changed: false,
    blobs: 0,
  });

  // The store is lost; the backup comes back into another one.
  await configure({ ...database(), name: `restored${places}` });
  expect((await pushState({ ...options(), folder: "pulled", dryRun: false })).result).toMatchObject({
    changed: true,
  });
  await story.mustBeSettled();
  await configure(database());

  await moveTo(azure());
  expect(await migrate()).toMatchObject({ stage: "done" });
  await story.mustBeSettled();
  await story.people("carl");
  await story.apply();
  await settled();
  expect(await story.members()).toEqual(["carl"]);
}, 120_000);

test("a migration that would lose or duplicate a state is refused", async () => {
  const failing = (more?: Partial<MigrateOptions>): Promise<Failure> =>
    migrate(more).then(
      () => expect.unreachable(),
      (error: unknown) => error as Failure,
    );
  await configure(local(".rollcall"));
  await story.people("anna");
  await story.apply();
  await moveTo(local(".rollcall"));
  expect(await failing()).toMatchObject({ kind: "invalid" });
  await configure(local("other"));
  expect(await failing({ from: { folder: "nowhere" } })).toMatchObject({ kind: "not-found" });
  expect(await migrate({ approve: () => Promise.resolve(false) })).toBeUndefined();
  expect(await readdir(story.folder)).not.toContain("other");

  // Somebody has applied with the new configuration before.
  await story.apply();
  expect(await failing()).toMatchObject({ kind: "stale", hint: expect.stringContaining("Lineage") });
  await rm(join(story.folder, "other"), { recursive: true });

  // Somebody has copied the folder by hand.
  await pullState({ ...options(), configPath: "before.yaml", folder: "pulled" });
  await configure(local("pulled"));
  expect(await failing()).toMatchObject({ kind: "stale", message: expect.stringContaining("copy") });
  await configure({ ...local("other"), encryption });
  expect(await migrate({ from: { folder: ".rollcall" } })).toMatchObject({ encrypts: true });
  await configure(local("third"));
  expect(await failing({ from: { folder: "other" } })).toMatchObject({
    kind: "invalid",
    message: expect.stringContaining("encrypted with the key"),
  });
  await configure({ ...local("third"), encryption });
  expect(await failing({ from: { folder: ".rollcall" } })).toMatchObject({ kind: "conflict" });
  await writeFile(join(story.folder, "broken.yaml"), "version: 2\n");
  expect((await migrateState(options({ from: { config: "broken.yaml" } }))).diagnostics).not.toEqual([]);
}, 60_000);

test("a state without an environment moves into the place of one, and belongs to that one only", async () => {
  await configure(local(".rollcall"));
  await story.people("anna", "ben");
  await story.apply();
  await rename(join(story.folder, "exports.config.yaml"), join(story.folder, "before.yaml"));
  await story.configure(
    {},
    {
      state: local("new"),
      environments: { production: {}, staging: { exports: { weekly: { list: "staging" } } } },
    },
  );
  expect(await migrate({ environment: "production" })).toMatchObject({ stage: "done" });
  const { counts } = await story.planOf("weekly", { environment: "production" });
  expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 2 });
  await expect(migrate({ environment: "staging" })).rejects.toMatchObject({ kind: "conflict" });
  await expect(migrate({ environment: "staging", from: { folder: "new/production" } })).rejects.toMatchObject(
    {
      message: expect.stringContaining("belongs to the environment `production`"),
    },
  );
}, 60_000);

/** Races come out differently each time. */
const ROUNDS = Array.from({ length: FULL ? 20 : 1 }, (_, index) => index + 1);

test.each(ROUNDS)(
  "two migrations and an apply do not get into each other's way (round %i)",
  async () => {
    await configure(local(".rollcall"));
    await story.people("anna", "ben");
    await story.apply();
    await moveTo(local("one"));
    await story.write("two.yaml", (await story.read("exports.config.yaml")).replace('"one"', '"two"'));
    const results = await Promise.allSettled([
      migrate(),
      migrate({ configPath: "two.yaml" }),
      story.applyResult({ configPath: "before.yaml" }),
    ]);
    const moved = results.slice(0, 2).filter(({ status }) => status === "fulfilled");
    expect(moved.length).toBeLessThanOrEqual(1);
    const [first, second] = results;
    if (first?.status === "rejected" && second?.status === "rejected") await migrate();
    const config = second?.status === "fulfilled" ? "two.yaml" : "exports.config.yaml";
    const other = second?.status === "fulfilled" ? "one" : "two";
    expect(await readdir(join(story.folder, other, "root")).catch(() => [])).toEqual([]);
    await story.applyResult({ configPath: config });
    await settled();
    expect(await story.members()).toEqual(["anna", "ben"]);
    const { counts } = await story.planOf("weekly", { configPath: config });
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 2 });
  },
  60_000,
);
