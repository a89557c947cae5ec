import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { accountLeaseName } from "../../src/state/lease.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { validEvent } from "../support/valid-event.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";

const signal = new AbortController().signal;
let story: Story;
let onWrite: (() => void) | undefined;

beforeEach(async () => {
  onWrite = undefined;
  story = await openMirror(() => onWrite?.());
});
afterEach(() => story.stop());

const ADDRESS = /[\w.]@|canary-/;

/** Runs a command of `state`; what it says is valid and names nobody. */
async function state(...words: string[]): Promise<Ended> {
  const ended = await rollcall(["state", ...words], { cwd: story.folder });
  expect(ended.stdout + ended.stderr).not.toMatch(ADDRESS);
  for (const event of ended.events) expect([validEvent(event), validEvent.errors]).toEqual([true, null]);
  return ended;
}
const data = ({ events }: Ended): unknown => events.find(({ type }) => type === "result")?.["data"];
const error = ({ events }: Ended): unknown => events.find(({ type }) => type === "error");
const serial = async (): Promise<number> =>
  (data(await state("list", "--json")) as { serial: number }).serial;

test("list and show print what is recorded, as counts", async () => {
  await story.configure({
    protect: true,
    attributes: { firstName: { sql: "replace(first_name, 'someone@canary.example', '')" } },
  });
  expect(error(await state("list", "--json"))).toMatchObject({ kind: "not-found" });
  await story.people("anna", "ben", "carl");
  await story.apply();
  await story.remote.optOut("carl@canary.example");
  await story.people("anna", "ben", "carl", "dora");
  await story.apply();

  const listed = data(await state("list", "--json")) as {
    exports: { account: string }[];
    accounts: { account: string }[];
  };
  expect(listed).toMatchObject({
    place: expect.stringContaining("folder"),
    exports: [
      {
        name: "weekly",
        list: { id: story.list, name: "customers" },
        generation: 2,
        people: 4,
        protected: true,
        moving: false,
        lastRun: { status: "succeeded" },
      },
    ],
    accounts: [{ exports: 1, ledger: { rows: 4 } }],
    forgotten: 0,
  });
  const key = listed.accounts[0]?.account ?? "";
  expect(data(await state("show", "weekly", "--json"))).toMatchObject({
    kind: "export",
    account: key,
    claims: [{ status: "member", origin: "added", people: 4 }],
    definition: expect.stringContaining("s•••"),
  });
  expect(data(await state("show", key, "--json"))).toMatchObject({
    kind: "account",
    exports: ["weekly"],
    optOuts: { people: 1 },
  });
  expect(data(await state("show", "--root", "--json"))).toMatchObject({
    kind: "root",
    root: { exports: { weekly: { definition: { compiled: {} } } } },
  });
  const { stdout } = await state("list");
  expect(stdout).toMatch(/weekly +brevo:\S+ +customers \(\d+\) +4 +\S+ \S+Z succeeded +protected/);
  expect((await state("show", "weekly")).stdout).toMatch(/people +4 member +added/);
  expect(await state("show", "nobody")).toMatchObject({ code: 3 });
  expect(await state("show")).toMatchObject({ code: 3 });
});

test("mv gives a record another name: nothing is sent, and the plan of the new config is empty", async () => {
  await story.configure();
  await story.people("anna", "ben");
  await story.apply();
  const before = await serial();
  expect(error(await state("mv", "weekly", "news", "--json"))).toMatchObject({ kind: "invalid" });
  expect(data(await state("mv", "weekly", "news", "--dry-run", "--json"))).toMatchObject({
    export: "weekly",
    to: "news",
    claims: [{ people: 2 }],
    dryRun: true,
  });
  expect(await serial()).toBe(before);
  expect(error(await state("mv", "weekly", "weekly", "--auto-approve", "--json"))).toMatchObject({
    kind: "refused",
  });

  expect(data(await state("mv", "weekly", "news", "--auto-approve", "--json"))).toMatchObject({
    to: "news",
    dryRun: false,
  });
  expect(await serial()).toBeGreaterThan(before);
  expect(data(await state("show", "news", "--json"))).toMatchObject({
    generation: 2,
    formerNames: ["weekly"],
    people: 2,
  });
  await story.config({ exports: { news: story.weekly() } });
  const planned = await story.plan();
  expect(planned.configChanges).toEqual([]);
  expect(planned.exports[0]?.counts).toMatchObject({ add: 0, update: 0, remove: 0, unchanged: 2 });
  await story.people("ben");
  await story.apply();
  expect(await story.members()).toEqual(["ben"]);
}, 60_000);

test("rm drops a record: its people stay, the next run is a first one, and an old opt-out still counts for a new address", async () => {
  const withId = { match: { email: "email", id: "id" } };
  const people = (email: string): Promise<void> =>
    story.profiles([
      { email, first_name: "Anna", id: "1" },
      { email: "ben@canary.example", first_name: "Ben", id: "2" },
    ]);
  await story.configure(withId);
  await people("anna@canary.example");
  await story.apply();
  expect((await state("rm", "weekly", "--dry-run")).stdout).toMatch(/2 claims on list customers/);
  expect(await serial()).toBeGreaterThan(0);
  expect(data(await state("rm", "weekly", "--auto-approve", "--json"))).toMatchObject({
    claims: [{ status: "member", people: 2 }],
  });
  expect(data(await state("list", "--json"))).toMatchObject({
    exports: [],
    accounts: [{ ledger: { rows: 0 } }],
  });
  expect(await story.members()).toEqual(["anna", "ben"]);

  await story.remote.optOut("anna@canary.example");
  await people("new@canary.example");
  const {
    planned: { counts },
  } = await story.planAndApply("weekly");
  expect(counts).toMatchObject({ add: 0, remove: 0, heldBack: { "address changed after opt-out": 1 } });
  expect(await story.members()).not.toContain("new");
}, 60_000);

test("mv and rm refuse a record that is protected, locked, or has an unfinished run", async () => {
  await story.configure({ protect: true });
  await story.people("anna", "ben");
  await story.apply();
  expect(error(await state("rm", "weekly", "--auto-approve", "--json"))).toMatchObject({ kind: "refused" });

  const backend = new LocalBackend(`${story.folder}/.rollcall`);
  const { accounts } = data(await state("list", "--json")) as { accounts: { account: string }[] };
  const key = accounts[0]?.account ?? "";
  const subject = { account: key, label: key, connections: [] };
  const info = { operation: "apply", who: "somebody", pid: process.pid, subject };
  const lease = await backend.acquireLease(accountLeaseName(key), info, 60_000, signal);
  expect(await state("mv", "weekly", "news", "--auto-approve")).toMatchObject({ code: 7 });
  await lease.release();

  await story.people("anna", "ben", "carl");
  const abort = new AbortController();
  onWrite = () => abort.abort();
  await story.applyResult({ signal: abort.signal }).catch(() => undefined);
  onWrite = undefined;
  const shown = data(await state("show", "weekly", "--json"));
  expect(shown).toMatchObject({ openRun: { exports: ["weekly"], pending: expect.any(Number) } });
  for (const words of [
    ["mv", "weekly", "news"],
    ["rm", "weekly"],
  ])
    expect(error(await state(...words, "--auto-approve", "--json"))).toMatchObject({
      kind: "conflict",
      hint: expect.stringContaining("rollcall apply"),
    });
  await story.apply();
  expect((await state("mv", "weekly", "news", "--auto-approve")).code).toBe(0);
}, 60_000);
