import { expect, test } from "vitest";
import type { ExportStatusReport } from "../../../../src/model/reports/status.js";
import { plain } from "../../../../src/report/layout/palette.js";
import { stateListHuman } from "../../../../src/report/state/state-list-human.js";
import { statusTable } from "../../../../src/report/runs/status-human.js";

const lastRun = {
  id: "20261201T050000069Z-57c1e705",
  at: "2026-12-01T05:04:59.000Z",
  actor: "cron",
  added: 1,
  updated: 0,
  removed: 0,
  rejected: 0,
  unknown: 0,
};
const weekly: ExportStatusReport = {
  name: "weekly-newsletter",
  displayName: undefined,
  connection: "mail",
  list: { id: "2", name: "customers" },
  status: "succeeded",
  reason: undefined,
  lastRun,
  lastSuccessAt: "2026-12-01T05:00:00.069Z",
  dueness: { state: "idle", next: new Date("2026-12-02T05:00:00Z"), because: "served" },
  lock: undefined,
};
const fresh: ExportStatusReport = {
  ...weekly,
  name: "new",
  status: "never run",
  lastRun: undefined,
  lastSuccessAt: undefined,
  dueness: { state: "manual" },
};
const reading = { paint: plain, timezone: "Europe/Berlin" };

test("a run that succeeded has one time, whether it is called the last run or the last success", () => {
  const [, row] = statusTable([weekly, fresh], { ...reading, width: Infinity }).split("\n");
  expect(row).toBe(
    "weekly-newsletter  succeeded  2026-12-01 06:00+01:00  2026-12-01 06:00+01:00  2026-12-02 06:00+01:00",
  );
});

test("rows that do not fit become a block for each export, and no line is wider than the terminal", () => {
  const text = statusTable([weekly, fresh], { ...reading, width: 80 });
  expect(text).toBe(`weekly-newsletter
  status       succeeded
  last run     2026-12-01 06:00+01:00
  last success 2026-12-01 06:00+01:00
  next due     2026-12-02 06:00+01:00

new
  status       never run
`);
});

test("the list of the state fits a terminal too, and is a line an export where it is piped", () => {
  const list = { id: "ec17a15b-5883-465d-9e5c-84af58953d78", name: "customers" };
  const recorded = {
    name: "weekly",
    account: "sendgrid:1001",
    list,
    generation: 1,
    people: 20,
    protected: true,
    moving: false,
  };
  const listing = {
    place: "folder .rollcall",
    environment: undefined,
    lineage: "3f430d02",
    serial: 9,
    keyId: undefined,
    exports: [
      { ...recorded, lastRun: { id: lastRun.id, status: "succeeded", at: lastRun.at, actor: "cron" } },
    ],
    accounts: [],
    stored: { blobs: 3, bytes: 3000 },
    forgotten: 0,
  };
  const narrow = stateListHuman(listing, { ...reading, width: 80 });
  expect(narrow).toContain("  last run 2026-12-01 06:00+01:00 succeeded\n");
  expect(narrow).toContain("protected");
  expect(narrow.split("\n").filter((line) => line.length > 80)).toEqual([]);
  const wide = stateListHuman(listing, { ...reading, width: Infinity });
  expect(wide).toMatch(
    /^weekly +sendgrid:1001 +customers \(ec17a15b-[-0-9a-f]+\) +20 +2026-12-01 06:00\+01:00 succeeded +protected$/m,
  );
});
