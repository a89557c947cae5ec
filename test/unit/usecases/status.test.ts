import { expect, test } from "vitest";
import type { Lock } from "../../../src/model/run/lock.js";
import type { ExportStatusReport } from "../../../src/model/reports/status.js";
import { emptyRoot, type ExportActivity, type StateRoot } from "../../../src/state/root/root.js";
import { statusOf } from "../../../src/usecases/status.js";
import { configOfText } from "../config/support.js";

const TEXT = `version: 1
connections:
  mail: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
segments:
  all: {addresses: all.csv}
exports:
  weekly:
    connection: mail
    list: customers
    segments: [all]
    match: {email: email}
    schedule: {cron: 0 6 * * *}
`;
const now = new Date("2026-07-01T06:10:00Z");
const DUE = "2026-07-01T06:00:00.000Z";
const YESTERDAY = "2026-06-30T06:00:00.000Z";
const NOBODY = { added: 0, updated: 0, removed: 0, rejected: 0, unknown: 0 };

type Status = NonNullable<ExportActivity["last"]>["status"];

function ended(status: Status, more: ExportActivity = {}): ExportActivity {
  const last = { runId: "r", status, at: DUE, actor: "cron", counts: NOBODY, reason: "why" };
  return { since: YESTERDAY, last, ...more };
}

async function shown(
  activity: ExportActivity,
  more: { root?: Partial<StateRoot>; locks?: readonly Lock[] } = {},
): Promise<ExportStatusReport> {
  const config = await configOfText(TEXT);
  const wanted = config.exports.get("weekly");
  if (wanted === undefined) throw new Error("no export");
  const root = { ...emptyRoot(), ...more.root, activity: { weekly: activity } };
  return statusOf(wanted, { config, root, locks: more.locks ?? [], now });
}

const failing = (permanent: boolean) => ({ due: DUE, attempts: 1, at: DUE, permanent });

test.each<[ExportStatusReport["status"], ExportActivity]>([
  ["never run", {}],
  ["succeeded", ended("unchanged", { succeededAt: DUE })],
  ["succeeded", ended("succeeded", { succeededAt: DUE })],
  ["partly", ended("partly", { succeededAt: DUE })],
  ["refused", ended("refused", { failing: failing(true) })],
  ["skipped", ended("skipped", { stale: { due: DUE } })],
  ["cancelled", ended("interrupted")],
  ["failed (retrying)", ended("failed", { failing: failing(false) })],
  ["failed (permanent)", ended("failed", { failing: failing(true) })],
  // Somebody's own run failed after the schedule was served: nobody tries again by himself.
  ["failed (permanent)", ended("failed", { succeededAt: DUE })],
])("%s: %j", async (word, activity) => {
  expect((await shown(activity)).status).toBe(word);
});

test("an apply that holds the account runs the export, unless it says that it is about others; one that died was cut off", async () => {
  const subject = { account: "file:lists", label: "lists", connections: ["mail"] };
  const times = { acquiredAt: DUE, expiresAt: "2026-07-01T07:00:00Z" };
  const lock: Lock = { id: "1", subject, operation: "apply", who: "ann", pid: 1, state: "live", ...times };
  const succeeded = ended("succeeded", { succeededAt: DUE });
  expect(await shown(succeeded, { locks: [lock] })).toMatchObject({
    status: "running",
    lock: { who: "ann", operation: "apply", since: DUE },
  });
  const staged = { ...lock, environment: "staging" };
  expect((await shown(succeeded, { locks: [staged] })).status).toBe("running");
  const openRun = {
    runId: "r",
    changeSet: { name: "changesets/x", sha256: "x", bytes: 1 },
    startedAt: DUE,
    actor: "ann",
    exports: ["other"],
  };
  const account = { type: "file", epoch: 1, ledger: { deltas: [], rows: 0 }, spent: {}, openRun } as const;
  const root: Partial<StateRoot> = { accounts: { "file:lists": structuredClone(account) as never } };
  expect((await shown(succeeded, { locks: [lock], root })).status).toBe("succeeded");
  const cut = { ...openRun, exports: ["weekly"], startedAt: "2026-07-01T06:05:00.000Z" };
  const died: Partial<StateRoot> = {
    accounts: { "file:lists": { ...root.accounts?.["file:lists"], openRun: cut } as never },
  };
  expect(await shown(succeeded, { root: died })).toMatchObject({
    status: "cancelled",
    reason: expect.stringContaining("was cut off") as string,
  });
  expect((await shown(succeeded, { locks: [{ ...lock, operation: "drift" }] })).status).toBe("succeeded");
  expect((await shown(succeeded, { locks: [{ ...lock, state: "dead" }] })).lock).toBeUndefined();
});
