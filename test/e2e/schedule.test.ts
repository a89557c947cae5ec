import { rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { accountLeaseName } from "../../src/state/lease.js";
import type { ExportStatusReport } from "../../src/model/reports/status.js";
import type { RunRecord } from "../../src/model/run/run-record.js";
import { applyDue } from "../../src/usecases/apply-due.js";
import { readHistory } from "../../src/usecases/history.js";
import { runRound } from "../../src/usecases/serve/round.js";
import { rekeyState } from "../../src/usecases/state/rekey.js";
import { readStatus } from "../../src/usecases/status.js";
import { clockAt, letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { validEvent } from "../support/valid-event.js";

const never = new AbortController().signal;
let project: Project;
let list: string;

beforeEach(async () => {
  project = await openProject();
  list = String(project.sandbox.brevo().addList("customers"));
  await project.profiles([{ email: "anna@example.com" }, { email: "ben@example.com" }]);
  await configure();
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

/** An export at four and one on demand, with more keys of the config and of the first. */
function configure(more: Yaml = {}, weekly: Yaml = {}, partners: Yaml = {}): Promise<void> {
  const shared = { segments: ["all"], match: { email: "email" } };
  return project.config({
    schedule: { cron: "0 4 * * *" },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { connection: "brevo", list, ...shared, ...weekly },
      partners: {
        connection: "file",
        list: { name: "partners", create: true },
        ...shared,
        schedule: "manual",
        ...partners,
      },
    },
    ...more,
  });
}

const today = Date.now();

/** A time on a day from tomorrow (`01T`) on, in UTC: near enough for what is stored by the file system's own clock. */
function iso(time: string): string {
  const day = new Date(today + Number(time.slice(0, 2)) * 24 * 3_600_000);
  return `${day.toISOString().slice(0, 10)}T${time.slice(3)}:00Z`;
}

function at(time: string): void {
  letTimePass((Date.parse(iso(time)) - Date.now()) / 1000);
}

/** `apply --due` at a time; how the exports ended, undefined when none was due. */
async function due(time: string): Promise<Record<string, string> | undefined> {
  at(time);
  const { run } = await applyDue({
    cwd: project.folder,
    emit: (event) => project.events.push(event),
    signal: never,
    stop: never,
    approve: () => Promise.resolve(true),
    actor: "cron",
  });
  return run && Object.fromEntries(run.exports.map((one) => [one.name, one.status]));
}

async function statusOf(name: string): Promise<ExportStatusReport> {
  const { exports = [] } = await readStatus({ cwd: project.folder, targets: [name], signal: never });
  const [found] = exports;
  if (found === undefined) throw new Error(`no status of ${name}`);
  return found;
}

async function runs(exportName?: string): Promise<readonly RunRecord[]> {
  const read = await readHistory({ cwd: project.folder, exportName, limit: 100, signal: never });
  expect(read.history?.unreadable).toBe(0);
  return read.history?.runs ?? [];
}

/** Requests that put somebody on the list. */
function imports(): number {
  return project.exchanges.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/contacts/import"),
  ).length;
}

test("the command that overrides a refusal covers only the exports that were due", async () => {
  await configure({}, { safeguards: { maxAdds: { count: 1 } } });
  await due("01T03:00");
  expect(await due("01T04:00")).toEqual({ weekly: "refused" });
  const said = project.events.map((event) =>
    event.type === "export-result" ? event.result.error?.hint : "",
  );
  expect(said.join(" ")).toContain("`rollcall apply --target weekly --override weekly:max-adds`");
});

test("each scheduled time is applied once, and one run catches up after an outage", async () => {
  expect(await due("01T03:00")).toBeUndefined();
  expect(await statusOf("weekly")).toMatchObject({ status: "never run", lastRun: undefined });
  expect(await due("01T04:00")).toEqual({ weekly: "succeeded" });
  expect(await due("01T04:05")).toBeUndefined();
  // Three days without anybody who calls.
  expect(await due("04T22:11")).toEqual({ weekly: "unchanged" });
  expect(await due("04T22:16")).toBeUndefined();
  expect(await due("05T04:01")).toEqual({ weekly: "unchanged" });
  expect(imports()).toBe(1);
  expect((await runs()).map(({ trigger, exports }) => [trigger, exports.map((one) => one.status)])).toEqual([
    ["schedule", ["unchanged"]],
    ["schedule", ["unchanged"]],
    ["schedule", ["succeeded"]],
  ]);
  expect((await runs()).at(-1)?.exports).toMatchObject([
    {
      name: "weekly",
      connection: "brevo",
      list: { id: list, name: "customers" },
      planned: { add: 2 },
      added: 2,
    },
  ]);
});

test("an export that somebody applied in time is not applied again", async () => {
  await due("01T03:00");
  at("01T04:02");
  await project.apply({ targets: ["weekly"] });
  expect(await due("01T04:05")).toBeUndefined();
  expect(await statusOf("weekly")).toMatchObject({
    status: "succeeded",
    dueness: { state: "idle", next: new Date(iso("02T04:00")) },
  });
});

test("an export that another run is working on is left to it, and the others go on", async () => {
  const partners = { schedule: { cron: "0 4 * * *" } };
  await configure({}, {}, partners);
  await due("01T03:00");
  const backend = new LocalBackend(join(project.folder, ".rollcall"));
  const { account } = await project.planOf("weekly");
  const subject = { account, label: "Acme", connections: ["brevo"] };
  const info = { subject, operation: "apply", who: "somebody else", pid: process.pid };
  const lease = await backend.acquireLease(accountLeaseName(account), info, 7_200_000, never);
  expect(await due("01T04:00")).toEqual({ weekly: "skipped", partners: "succeeded" });
  expect(await statusOf("weekly")).toMatchObject({
    status: "running",
    lastRun: undefined,
    lock: { who: "somebody else", operation: "apply" },
  });
  expect((await statusOf("partners")).status).toBe("succeeded");
  await lease.release();
  expect(await due("01T04:05")).toEqual({ weekly: "succeeded" });
});

describe("an export that fails", () => {
  test("is tried again for a while, then given up until the next time, and is shown though nothing was ever sent", async () => {
    await due("01T03:00");
    await rm(join(project.folder, "profiles.csv"));
    for (const time of ["04:00", "04:05", "04:15", "04:35"]) {
      expect(await due(`01T${time}`)).toEqual({ weekly: "failed" });
      expect(await statusOf("weekly")).toMatchObject({ status: "failed (retrying)" });
      expect((await statusOf("weekly")).reason).toContain("profiles.csv");
    }
    expect(await due("01T04:40")).toBeUndefined();
    expect(await due("01T05:10")).toEqual({ weekly: "failed" });
    expect(await statusOf("weekly")).toMatchObject({
      status: "failed (permanent)",
      lastSuccessAt: undefined,
    });
    expect(await due("01T23:00")).toBeUndefined();
    expect(await runs("weekly")).toHaveLength(5);
    await project.profiles([{ email: "anna@example.com" }]);
    expect(await due("02T04:00")).toEqual({ weekly: "succeeded" });
    expect(await statusOf("weekly")).toMatchObject({ status: "succeeded" });
  });

  test("is given up at once when its key is missing", async () => {
    await due("01T03:00");
    const body = '{"code":"unauthorized","message":"Key not found"}';
    const effect = { kind: "answer", status: 401, type: "application/json", body } as const;
    const fix = project.sandbox.inject({ vendor: "brevo", effect });
    expect(await due("01T04:00")).toEqual({ weekly: "failed" });
    expect(await statusOf("weekly")).toMatchObject({ status: "failed (permanent)" });
    expect(await due("01T04:05")).toBeUndefined();
    fix();
    expect(await due("02T04:00")).toEqual({ weekly: "succeeded" });
  });
});

describe("data that is too old", () => {
  const aged = { sources: { crm: { type: "files", path: "profiles.csv", maxAge: "26h" } } };

  /** Somebody writes the file again. */
  async function written(time: string): Promise<void> {
    const when = new Date(iso(time));
    await utimes(join(project.folder, "profiles.csv"), when, when);
  }

  test("skips the scheduled time once, with the reason", async () => {
    await configure(aged);
    await due("01T03:00");
    await written("01T00:00");
    expect(await due("02T07:00")).toEqual({ weekly: "skipped" });
    expect(await statusOf("weekly")).toMatchObject({
      status: "skipped",
      reason: 'The newest file of source "crm" is 31 h old, at most 26 h are allowed.',
    });
    expect(await due("02T07:05")).toBeUndefined();
    await written("03T03:00");
    expect(await due("03T04:00")).toEqual({ weekly: "succeeded" });
    expect(await runs()).toHaveLength(2);
  });

  test("is waited for, without asking the vendor again and again", async () => {
    await configure(aged, { whenStale: { wait: "5h" } });
    await due("01T03:00");
    await written("01T00:00");
    expect(await due("02T04:00")).toEqual({ weekly: "skipped" });
    const asked = project.exchanges.length;
    expect(await due("02T04:05")).toBeUndefined();
    expect(await statusOf("weekly")).toMatchObject({ dueness: { state: "waiting" } });
    expect(project.exchanges.length).toBe(asked);
    await written("02T05:00");
    expect(await due("02T05:05")).toEqual({ weekly: "succeeded" });
    // The next day nothing comes.
    expect(await due("03T09:00")).toEqual({ weekly: "skipped" });
    await written("03T09:30");
    expect(await due("03T09:35")).toBeUndefined();
    expect(await runs()).toHaveLength(3);
  });

  test("can be recognised by a column", async () => {
    const maxAge = { maxAge: "2d", column: "updated_at" };
    await configure(
      { sources: { crm: { type: "files", path: "profiles.csv", maxAge } } },
      { whenStale: "wait" },
    );
    const write = (day: string): Promise<void> =>
      project.profiles([
        { email: "anna@example.com", updated_at: "2020-01-01" },
        { email: "ben@example.com", updated_at: day },
      ]);
    await due("01T03:00");
    await write(new Date(Date.parse(iso("01T04:00")) - 64 * 3_600_000).toISOString());
    expect(await due("01T04:00")).toEqual({ weekly: "skipped" });
    expect((await statusOf("weekly")).reason).toBe(
      'The newest value of updated_at in source "crm" is 64 h old, at most 48 h are allowed.',
    );
    expect(await due("01T04:05")).toBeUndefined();
    await write(iso("01T03:00"));
    expect(await due("01T04:10")).toEqual({ weekly: "succeeded" });
  });

  test("refuses an apply by hand under a check that can be overridden, and withdrawals are sent", async () => {
    await configure({
      ...aged,
      segments: { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } },
      suppressions: ["complaints"],
    });
    await project.write("complaints.csv", "email\nnobody@example.com\n");
    await project.profiles(["anna", "ben", "carl"].map((name) => ({ email: `${name}@example.com` })));
    at("01T03:00");
    await written("01T00:00");
    await project.apply({ targets: ["weekly"] });
    at("02T07:00");
    await project.write("complaints.csv", "email\nben@example.com\n");
    const plan = await project.planOf("weekly");
    expect(plan.checks).toContainEqual(
      expect.objectContaining({ name: "freshness", status: "failed", override: "weekly:freshness" }),
    );
    expect(await project.applyOf("weekly", { targets: ["weekly"] })).toMatchObject({
      status: "refused",
      removed: 1,
    });
    expect(await statusOf("weekly")).toMatchObject({ status: "refused" });
    expect(await project.applyOf("weekly", { targets: ["weekly"], overrides: ["freshness"] })).toMatchObject({
      status: "unchanged",
      overrides: ["freshness"],
    });
  });
});

test("the history is encrypted with the rest of the state and moves to a new key", async () => {
  const keys = { one: "11".repeat(32), two: "22".repeat(32) };
  for (const [name, key] of Object.entries(keys)) await project.write(`${name}.key`, key);
  const one = { file: "one.key" };
  await configure({ state: { encryption: { key: one } } });
  await project.apply();
  await configure({ state: { encryption: { key: { file: "two.key" }, previousKeys: [one] } } });
  await project.apply();
  await rekeyState({ cwd: project.folder, actor: "tester", signal: never });
  await configure({ state: { encryption: { key: { file: "two.key" } } } });
  expect(await runs()).toHaveLength(2);
  const stored = [...(await project.stateFiles())].filter(([name]) => name.startsWith("blobs/runs/"));
  expect(stored).toHaveLength(2);
  for (const [, bytes] of stored) expect(bytes.toString("latin1")).not.toContain("weekly");
});

test("a round of serve on an unreadable state is not ready and runs nothing, and the next one may be ready", async () => {
  const round = () =>
    runRound({ cwd: project.folder, emit: () => undefined, signal: never, stop: never, actor: "serve" });
  await due("01T03:00");
  at("01T04:00");
  const backend = new LocalBackend(join(project.folder, ".rollcall"));
  const sound = await backend.readRoot(never);
  if (sound === undefined) throw new Error("no state");
  const { version } = await backend.writeRoot(Buffer.from("{"), sound.version, never);
  expect(await round()).toMatchObject({
    readiness: { ready: false, configValid: true, reason: expect.stringContaining("is damaged") as string },
    applied: undefined,
  });
  await backend.writeRoot(sound.bytes, version, never);
  expect(await round()).toMatchObject({
    readiness: { ready: true },
    applied: { run: { exports: [{ name: "weekly", status: "succeeded" }] } },
    exports: [{ name: "weekly", status: "succeeded" }, { name: "partners" }],
  });
});

describe("the command line", () => {
  function call(time: string, ...words: string[]): Promise<Ended> {
    return rollcall(words, { cwd: project.folder, env: clockAt(iso(time)) });
  }

  test("runs an export once when two begin at the same time, and status and history say so", async () => {
    const words = ["apply", "--due", "--auto-approve", "--json"];
    const first = await call("01T03:00", ...words);
    expect([first.code, first.events.some(({ type }) => type === "run")]).toEqual([0, false]);
    const both = await Promise.all([call("01T04:00", ...words), call("01T04:00", ...words)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(imports()).toBe(1);
    const shown = await call("01T05:00", "status");
    const minute = (time: string): string => iso(time).replace("T", " ").replace(":00Z", "Z");
    const [first4, next] = [minute("01T04:00"), minute("02T04:00")];
    expect(shown.stdout).toMatch(new RegExp(`^weekly +succeeded +${first4} +${first4} +${next}$`, "m"));
    expect(shown.stdout).toMatch(/^partners +never run +– +– +–$/m);
    const { stdout } = await call("01T05:00", "history", "weekly");
    expect(stdout).toMatch(/^ {2}weekly +succeeded +2 added$/m);
    expect(stdout).not.toContain("anna");
    const nobody = await call("01T05:00", "history", "weeky");
    expect(nobody).toMatchObject({ code: 3, stdout: "" });
    expect(nobody.stderr).toContain('There is no export "weeky".');
    for (const command of ["status", "history"]) {
      const { events } = await call("01T05:00", command, "--json");
      expect(events.some(({ type }) => type === "result")).toBe(true);
      for (const event of events) expect(validEvent(event), JSON.stringify(validEvent.errors)).toBe(true);
    }
  });

  test("shows with plan --due when each export is due, and plans those that are due now", async () => {
    await due("01T03:00");
    const shown = await call("01T05:00", "plan", "--due");
    expect(shown.code, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(new RegExp(`^weekly +due +for ${iso("01T04:00")}$`, "m"));
    expect(shown.stdout).toMatch(/^partners +manual +runs when somebody applies it$/m);
    expect(shown.stdout).toContain("2 to add");
  });
});
