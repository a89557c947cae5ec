import { afterEach, beforeEach, expect, test } from "vitest";
import { clockAt } from "../support/clock.js";
import { openProject, type Project } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";

let project: Project;
let lists: { customers: string; partners: string };

beforeEach(async () => {
  project = await openProject();
  lists = {
    customers: String(project.sandbox.brevo().addList("customers")),
    partners: project.sandbox.sendgrid().addList("partners"),
  };
  await project.profiles([{ email: "anna@example.com" }, { email: "ben@example.com" }]);
  await configure();
});
afterEach(() => project.stop());

function configure(more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const shared = { segments: ["all"], match: { email: "email" } };
  return project.config({
    timezone: "Europe/Berlin",
    schedule: { cron: "0 6 * * *" },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { connection: "brevo", list: lists.customers, ...shared },
      partners: { connection: "sendgrid", list: lists.partners, ...shared, schedule: "manual" },
    },
    ...more,
  });
}

/** `apply --due` at a time of day in July 2026, in UTC. */
function due(at: string, ...words: string[]): Promise<Ended> {
  return rollcall(["apply", "--due", "--auto-approve", "--json", ...words], {
    cwd: project.folder,
    env: clockAt(`2026-07-${at}:00Z`),
  });
}

/** How the exports of a call ended; undefined when nothing was due. */
function statuses({ events }: Ended): Record<string, string> | undefined {
  const run = events.find(({ type }) => type === "run")?.["run"] as
    { exports: { name: string; status: string }[] } | undefined;
  return run && Object.fromEntries(run.exports.map(({ name, status }) => [name, status]));
}

/** Requests that put somebody on the list. */
function imports(): number {
  return project.exchanges.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/contacts/import"),
  ).length;
}

test("each scheduled time is applied once, and one run catches up after an outage", async () => {
  const first = await due("01T03:00");
  expect(first.code, first.stderr).toBe(0);
  expect(statuses(first)).toBeUndefined();
  expect(imports()).toBe(0);
  // Six o'clock in Berlin.
  expect(statuses(await due("01T04:00"))).toEqual({ weekly: "succeeded" });
  const again = await due("01T04:05");
  expect(again.code).toBe(0);
  expect(statuses(again)).toBeUndefined();
  expect(imports()).toBe(1);
  // Three days without anybody who calls.
  expect(statuses(await due("04T22:11"))).toEqual({ weekly: "unchanged" });
  expect(statuses(await due("04T22:16"))).toBeUndefined();
  expect(statuses(await due("05T04:01"))).toEqual({ weekly: "unchanged" });
});

test("plan --due says when each export is due and plans what is due now", async () => {
  await due("01T03:00");
  const shown = await rollcall(["plan", "--due"], {
    cwd: project.folder,
    env: clockAt("2026-07-01T05:00:00Z"),
  });
  expect(shown.code, shown.stderr).toBe(0);
  expect(shown.stdout).toMatch(/^weekly +due +for 2026-07-01T04:00:00Z$/m);
  expect(shown.stdout).toMatch(/^partners +manual +runs when somebody applies it$/m);
  expect(shown.stdout).toContain("2 to add");
  expect(shown.stdout).not.toContain("4 to add");
});

test("two that begin at once run it once", async () => {
  await due("01T03:00");
  const both = await Promise.all([due("01T04:00"), due("01T04:00")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const ends = both.map((ended) => statuses(ended)?.["weekly"]);
  expect(ends).toContain("succeeded");
  // The other found the account locked, or the work done: before or after it had looked.
  expect([undefined, "skipped"]).toContain(ends.find((end) => end !== "succeeded"));
  expect(imports()).toBe(1);
});

test("a vendor that fails is tried again, then given up until the next time", async () => {
  await due("01T03:00");
  const mend = project.sandbox.inject({
    vendor: "brevo",
    effect: { kind: "answer", status: 401, type: "application/json", body: '{"code":"unauthorized"}' },
  });
  const refused = await due("01T04:00");
  expect(refused.code).toBe(4);
  expect(statuses(refused)).toEqual({ weekly: "failed" });
  // Nobody has changed the key, and the next scheduled time may find another.
  expect(statuses(await due("01T04:05"))).toBeUndefined();
  mend();
  expect(statuses(await due("02T04:00"))).toEqual({ weekly: "succeeded" });
});
