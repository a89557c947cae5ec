import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sealedWith } from "../../src/state/storage/envelope.js";
import type { Failure } from "../../src/model/failure.js";
import { stateMigrate, type MigrateOptions } from "../../src/usecases/state/migrate.js";
import { statePull } from "../../src/usecases/state/pull.js";
import { statePush } from "../../src/usecases/state/push.js";
import { startAzurite, type Azurite } from "../support/azurite.js";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { validEvent } from "../support/valid-event.js";
import { onList, wanted, weeklyMirror } from "../support/weekly-mirror.js";

const signal = new AbortController().signal;
const KEY = "11".repeat(32);
let azurite: Azurite;
let postgres: Postgres;
let project: Project;
let remote: Remote;
let list: string;
let onWrite: (() => void) | undefined;
let places = 0;

beforeAll(async () => {
  [azurite, postgres] = await Promise.all([startAzurite(), startPostgres()]);
}, 120_000);
afterAll(() => Promise.all([azurite.stop(), postgres.stop()]), 60_000);

beforeEach(async () => {
  project = await openProject({
    sandbox: {
      onExchange: ({ method, path }) => {
        if (method !== "GET" && !/export/.test(path)) onWrite?.();
      },
    },
  });
  onWrite = undefined;
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
  places += 1;
  await project.write("state.key", KEY);
  await project.write("azure", azurite.connectionString());
  await project.write("postgres", postgres.url());
});
afterEach(() => project.stop());

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
const configure = (state: Yaml): Promise<void> => project.config({ ...weeklyMirror(list), state });
/** The state is to be there from now on, and was where the config says until now. */
async function moveTo(state: Yaml): Promise<void> {
  await rename(join(project.folder, "exports.config.yaml"), join(project.folder, "before.yaml"));
  await configure(state);
}
const options = (more: Partial<MigrateOptions> = {}): MigrateOptions => ({
  cwd: project.folder,
  actor: "tester",
  from: { config: "before.yaml" },
  dryRun: false,
  emit: () => undefined,
  signal,
  approve: () => Promise.resolve(true),
  ...more,
});
const migrate = async (more: Partial<MigrateOptions> = {}) => (await stateMigrate(options(more))).migration;
const cli = async (...words: string[]): Promise<Ended> => {
  const ended = await rollcall(words, { cwd: project.folder });
  expect(ended.stdout + ended.stderr).not.toMatch(/[\w.]@|canary-|111111/);
  return ended;
};
const data = ({ events }: Ended): unknown => events.find(({ type }) => type === "result")?.["data"];
const nothingToDo = async (): Promise<void> => {
  const { counts } = await project.planOf("weekly");
  expect(counts).toMatchObject({ add: 0, update: 0, remove: 0 });
};
const settled = (): Promise<void> => project.sandbox.settle();

/** Breaks a run off while it sends, so that it stays open. */
async function breakOff(): Promise<void> {
  const abort = new AbortController();
  onWrite = () => abort.abort();
  await project.applyResult({ signal: abort.signal }).catch(() => undefined);
  onWrite = undefined;
}

test("a folder in clear, with a run that broke off, goes to Azure encrypted; a machine that has only the new place goes on", async () => {
  await configure(local(".rollcall"));
  await wanted(project, "anna", "ben");
  await project.apply();
  await wanted(project, "ben", "carl");
  await breakOff();
  await moveTo(azure());
  const dry = await cli("state", "migrate", "--from", "before.yaml", "--dry-run", "--json");
  for (const event of dry.events) expect([validEvent(event), validEvent.errors]).toEqual([true, null]);
  expect(data(dry)).toMatchObject({ stage: "begin", encrypts: true, dryRun: true });
  for (const [name, bytes] of await project.stateFiles())
    if (name.startsWith("blobs/")) expect(sealedWith(bytes)).toBeUndefined();

  const done = await cli("state", "migrate", "--from", "before.yaml", "--auto-approve", "--json");
  expect(done.code).toBe(0);
  for (const event of done.events) expect([validEvent(event), validEvent.errors]).toEqual([true, null]);
  expect(data(done)).toMatchObject({ stage: "done", to: expect.stringContaining("Azure") });
  for (const [name, bytes] of await project.stateFiles())
    if (name.startsWith("blobs/")) expect([name, sealedWith(bytes)]).toEqual([name, expect.any(String)]);

  const closed = await rollcall(["plan", "--config", "before.yaml"], { cwd: project.folder });
  expect(closed).toMatchObject({ code: 6, stderr: expect.stringContaining("was moved to") });
  expect(await migrate()).toMatchObject({ stage: "done" });

  await rm(join(project.folder, ".rollcall"), { recursive: true });
  await project.apply();
  await settled();
  expect(await onList(remote, list)).toEqual(["ben", "carl"]);
  await nothingToDo();
  expect((await cli("history", "--json")).events.filter(({ type }) => type === "result")).toHaveLength(1);
}, 120_000);

test("from Azure to PostgreSQL and back, with backups pulled and pushed in between", async () => {
  await configure(azure());
  await wanted(project, "anna", "ben");
  await project.apply();
  await moveTo(database());
  expect(await migrate()).toMatchObject({ encrypts: false });
  await nothingToDo();
  await wanted(project, "ben", "carl");
  await project.apply();
  await nothingToDo();

  expect((await statePull({ ...options(), folder: "pulled" })).result?.blobs).toBeGreaterThan(1);
  expect((await statePush({ ...options(), folder: "pulled", dryRun: false })).result).toMatchObject({
    changed: false,
    blobs: 0,
  });

  // The store is lost; the backup comes back into another one.
  await configure({ ...database(), name: `restored${places}` });
  expect((await statePush({ ...options(), folder: "pulled", dryRun: false })).result).toMatchObject({
    changed: true,
  });
  await nothingToDo();
  await configure(database());

  await moveTo(azure());
  expect(await migrate()).toMatchObject({ stage: "done" });
  await nothingToDo();
  await wanted(project, "carl");
  await project.apply();
  await settled();
  expect(await onList(remote, list)).toEqual(["carl"]);
}, 120_000);

test("it refuses what would lose or double a state", async () => {
  const failing = (more?: Partial<MigrateOptions>): Promise<Failure> =>
    migrate(more).then(
      () => expect.unreachable(),
      (error: unknown) => error as Failure,
    );
  await configure(local(".rollcall"));
  await wanted(project, "anna");
  await project.apply();
  await moveTo(local(".rollcall"));
  expect(await failing()).toMatchObject({ kind: "invalid" });
  await configure(local("other"));
  expect(await failing({ from: { folder: "nowhere" } })).toMatchObject({ kind: "not-found" });
  expect(await migrate({ approve: () => Promise.resolve(false) })).toBeUndefined();
  expect(await readdir(project.folder)).not.toContain("other");

  // Somebody has applied with the new configuration before.
  await project.apply();
  expect(await failing()).toMatchObject({ kind: "stale", hint: expect.stringContaining("Lineage") });
  await rm(join(project.folder, "other"), { recursive: true });

  // Somebody has copied the folder by hand.
  await statePull({ ...options(), configPath: "before.yaml", folder: "pulled" });
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
  await writeFile(join(project.folder, "broken.yaml"), "version: 2\n");
  expect((await stateMigrate(options({ from: { config: "broken.yaml" } }))).diagnostics).not.toEqual([]);
}, 60_000);

test("a state without an environment moves into the place of one, and is of that one only", async () => {
  await configure(local(".rollcall"));
  await wanted(project, "anna", "ben");
  await project.apply();
  await rename(join(project.folder, "exports.config.yaml"), join(project.folder, "before.yaml"));
  await project.config({
    ...weeklyMirror(list),
    state: local("new"),
    environments: { production: {}, staging: { exports: { weekly: { list: "staging" } } } },
  });
  expect(await migrate({ environment: "production" })).toMatchObject({ stage: "done" });
  const { counts } = await project.planOf("weekly", { environment: "production" });
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
    await wanted(project, "anna", "ben");
    await project.apply();
    await moveTo(local("one"));
    await project.write("two.yaml", (await project.read("exports.config.yaml")).replace('"one"', '"two"'));
    const results = await Promise.allSettled([
      migrate(),
      migrate({ configPath: "two.yaml" }),
      project.applyResult({ configPath: "before.yaml" }),
    ]);
    const moved = results.slice(0, 2).filter(({ status }) => status === "fulfilled");
    expect(moved.length).toBeLessThanOrEqual(1);
    const [first, second] = results;
    if (first?.status === "rejected" && second?.status === "rejected") await migrate();
    const config = second?.status === "fulfilled" ? "two.yaml" : "exports.config.yaml";
    const other = second?.status === "fulfilled" ? "one" : "two";
    expect(await readdir(join(project.folder, other, "root")).catch(() => [])).toEqual([]);
    await project.applyResult({ configPath: config });
    await settled();
    expect(await onList(remote, list)).toEqual(["anna", "ben"]);
    const { counts } = await project.planOf("weekly", { configPath: config });
    expect(counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 2 });
  },
  60_000,
);
