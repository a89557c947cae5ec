import { join } from "node:path";
import { expect, test } from "vitest";
import {
  countOutcomes,
  countRejected,
  deltaSql,
  sharedListsSql,
} from "../../../../src/reconcile/change-set/fold.ts";
import {
  createOutcomes,
  recordBatch,
  recordRows,
  type BatchOutcome,
  type RowOutcome,
} from "../../../../src/reconcile/change-set/outcomes.ts";
import type { Stage } from "../../../../src/reconcile/change-set/shipments.ts";
import { LEDGER_COLUMNS } from "../../../../src/state/people/ledger.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
let runs = 0;

interface Row {
  readonly key: string;
  readonly action: string;
  readonly withdrawn?: boolean;
  readonly group?: string;
  /** Recorded before: `old` was delivered first in 2025. */
  readonly known?: boolean;
}

/** Old and new delivered hashes are the letters `o` and `n`. */
async function changeSet(name: string, rows: readonly Row[]): Promise<string> {
  const path = join(opened().engine.folder, `${name}-${(runs += 1)}.parquet`);
  const values = rows.map(
    ({ key, action, withdrawn = false, group = "", known = false }, i) =>
      `(${i}, '${key}', '${action}', ${withdrawn}, '${group}', ${known})`,
  );
  await opened().engine.writeParquet(
    `SELECT '${name}' AS export, action, 'churn' AS cause, withdrawn, key, 'c1' AS contact_id, 'p' AS person, 'payload' AS payload, grp,
       'i'::BLOB AS input_hash, CASE WHEN action IN ('remove', 'left', 'release', 'forget', 'rejoin') THEN 'o' ELSE 'n' END::BLOB AS delivered_hash,
       CASE WHEN known THEN 'o'::BLOB END AS old_delivered_hash, [1]::USMALLINT[] AS fields, 'added' AS origin,
       CASE WHEN known THEN 'member' END AS status, CASE WHEN known THEN TIMESTAMP '2025-01-01' END AS first_at
     FROM (VALUES ${values.join(", ")}) AS t(i, key, action, withdrawn, grp, known) ORDER BY i`,
    path,
  );
  return path;
}

interface Outcome {
  readonly action: "add" | "update" | "remove";
  readonly stage?: Stage;
  readonly group?: string;
  readonly from: number;
  readonly to: number;
  readonly outcome: BatchOutcome;
}

async function fold(
  rows: readonly Row[],
  outcomes: readonly Outcome[],
  single: readonly { row: number; outcome: RowOutcome; reason?: string }[] = [],
): Promise<{ delta: Record<string, Record<string, unknown>>; counts: Record<string, number> }> {
  const { engine } = opened();
  const path = await changeSet("weekly", rows);
  const tables = await createOutcomes(engine, `f${(runs += 1)}`);
  for (const [i, { action, stage = "deliver", group = "", from, to, outcome }] of outcomes.entries())
    await recordBatch(
      engine,
      tables,
      { exportName: "weekly", operation: action, stage, group },
      { batch: i + 1, from, to },
      outcome,
    );
  for (const { row, outcome, reason = "why" } of single)
    await recordRows(engine, tables, "weekly", [{ row, reason }], outcome);
  const parts = [{ exportName: "weekly", listId: "7", path }];
  const found = await engine.rows<Record<string, unknown>>(
    `SELECT key, list_id, status, reason, decode(delivered_hash) AS delivered, decode(attempted_hash) AS attempted, deleted, off_list,
       CAST(first_at AS VARCHAR) AS first, CAST(changed_at AS VARCHAR) AS changed FROM (${deltaSql(parts, tables, "2026-02-03 04:05:06")})`,
  );
  expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
  const counted = await countOutcomes(engine, parts, tables);
  return {
    delta: Object.fromEntries(found.map(({ key, ...rest }) => [key, rest])),
    counts: Object.fromEntries(counted.map(({ action, outcome, rows: n }) => [`${action} ${outcome}`, n])),
  };
}

const times = { list_id: "7", first: "2025-01-01 00:00:00", changed: "2026-02-03 04:05:06" };

/** `delivered attempted status reason deleted off_list`, or undefined for no row. */
type Recorded = [
  delivered: string | null,
  attempted: string | null,
  status: string,
  reason: string | null,
  deleted: boolean,
  off: boolean,
];

test.each<["add" | "update" | "remove", BatchOutcome | "none", RowOutcome | undefined, Recorded | undefined]>(
  [
    ["add", "delivered", undefined, ["n", null, "member", null, false, false]],
    ["add", "unknown", undefined, ["o", "n", "unknown", "add", false, false]],
    ["add", "none", undefined, undefined],
    ["add", "delivered", "rejected", ["o", "n", "rejected", "why", false, false]],
    ["add", "delivered", "unknown", ["o", "n", "unknown", "add", false, false]],
    ["add", "delivered", "differs", ["n", "n", "rejected", "why", false, false]],
    ["add", "unknown", "delivered", ["n", null, "member", "why", false, false]],
    ["add", "none", "rejected", ["o", "n", "rejected", "why", false, false]],
    ["add", "delivered", "not sent", undefined],
    ["update", "delivered", undefined, ["n", null, "member", null, false, false]],
    ["update", "unknown", undefined, ["o", "n", "unknown", "update", false, false]],
    ["update", "none", undefined, undefined],
    ["update", "delivered", "rejected", ["o", "n", "rejected", "why", false, false]],
    ["update", "delivered", "gone", ["o", null, "gone", "why", false, false]],
    ["update", "delivered", "differs", ["n", "n", "rejected", "why", false, false]],
    ["remove", "delivered", undefined, ["o", null, "member", null, true, true]],
    ["remove", "unknown", undefined, ["o", "o", "unknown", "remove", false, false]],
    ["remove", "none", undefined, undefined],
    ["remove", "delivered", "rejected", ["o", "o", "unknown", "remove", false, false]],
    ["remove", "delivered", "unknown", ["o", "o", "unknown", "remove", false, false]],
    ["remove", "delivered", "gone", ["o", null, "gone", "why", false, true]],
  ],
)("%s in a batch that is %s and a row that is %s", async (action, batch, row, recorded) => {
  const { delta } = await fold(
    [{ key: "a", action, known: true }],
    batch === "none"
      ? []
      : [{ action, stage: action === "remove" ? "leave" : "deliver", from: 0, to: 0, outcome: batch }],
    row === undefined ? [] : [{ row: 0, outcome: row }],
  );
  if (recorded === undefined) return expect(delta).toEqual({});
  const [delivered, attempted, status, reason, deleted, off_list] = recorded;
  expect(delta["a"]).toEqual({ ...times, delivered, attempted, status, reason, deleted, off_list });
});

test("a first delivery begins now and has nothing delivered when it is not known or refused", async () => {
  const rows = ["a", "b", "c"].map((key) => ({ key, action: "add" }));
  const { delta } = await fold(rows, [{ action: "add", from: 0, to: 1, outcome: "delivered" }, { action: "add", from: 2, to: 2, outcome: "unknown" }], [{ row: 1, outcome: "rejected" }]); // prettier-ignore
  expect(delta["a"]).toMatchObject({ delivered: "n", status: "member", first: "2026-02-03 04:05:06" });
  expect(delta["b"]).toMatchObject({ delivered: null, attempted: "n", status: "rejected" });
  expect(delta["c"]).toMatchObject({ delivered: null, attempted: "n", status: "unknown" });
});

test.each<[string, Record<string, unknown>]>([
  ["refresh", { status: "member", delivered: "n", deleted: false, off_list: false }],
  ["rejoin", { status: "member", delivered: "o", deleted: false, off_list: false }],
  ["found", { status: "member", deleted: false, off_list: false }],
  ["left", { status: "left", delivered: "o", deleted: false, off_list: false }],
  ["release", { deleted: true, off_list: false }],
  ["forget", { deleted: true, off_list: false }],
])("%s only changes the record, sent or not", async (action, recorded) => {
  const { delta, counts } = await fold([{ key: "a", action, known: true }], []);
  expect(delta["a"]).toMatchObject({ ...recorded, attempted: null, reason: null });
  expect(counts).toEqual({});
});

test("a row belongs to the batch of its own operation, stage and group, and to none beyond its end", async () => {
  const rows: Row[] = [
    { key: "w", action: "remove", withdrawn: true },
    { key: "l", action: "remove" },
    { key: "g", action: "add", group: "g" },
    { key: "a", action: "add" },
    { key: "late", action: "add" },
    { key: "u", action: "update", withdrawn: true },
  ];
  const { delta, counts } = await fold(rows, [
    { action: "remove", stage: "withdraw", from: 0, to: 5, outcome: "delivered" },
    { action: "remove", stage: "leave", from: 0, to: 5, outcome: "unknown" },
    { action: "add", group: "", from: 0, to: 3, outcome: "delivered" },
    { action: "update", from: 5, to: 5, outcome: "delivered" },
  ]);
  expect(Object.keys(delta).sort()).toEqual(["a", "l", "u", "w"]);
  expect(delta["w"]).toMatchObject({ deleted: true });
  expect(delta["l"]).toMatchObject({ deleted: false, status: "unknown" });
  expect(counts).toEqual({
    "remove delivered": 1,
    "remove unknown": 1,
    "add delivered": 1,
    "add not sent": 2,
    "update delivered": 1,
  });
});

test("the last entry about a batch and about a row counts", async () => {
  const { engine } = opened();
  const path = await changeSet("weekly", [{ key: "a", action: "add" }, { key: "b", action: "add" }]); // prettier-ignore
  const tables = await createOutcomes(engine, "last");
  const sent = { exportName: "weekly", operation: "add", stage: "deliver", group: "" } as const;
  await recordBatch(engine, tables, sent, { batch: 1, from: 0, to: 1 }, "unknown");
  await recordBatch(engine, tables, sent, { batch: 1, from: 0, to: 1 }, "delivered");
  await recordRows(engine, tables, "weekly", [{ row: 1, reason: "first" }], "unknown");
  await recordRows(engine, tables, "weekly", [{ row: 1, reason: "it's" }], "rejected");
  await recordRows(engine, tables, "weekly", [], "rejected");
  await recordRows(engine, tables, "other", [{ row: 0, reason: "not ours" }], "rejected");
  expect(
    await engine.rows(
      `SELECT key, status, reason FROM (${deltaSql([{ exportName: "weekly", listId: "7", path }], tables, "2026-01-01")}) ORDER BY key`,
    ),
  ).toEqual([
    { key: "a", status: "member", reason: null },
    { key: "b", status: "rejected", reason: "it's" },
  ]);
});

test("a removal about which the destination cannot say yet is unknown and changes no record", async () => {
  const { delta, counts } = await fold(
    [
      { key: "a", action: "unresolved", known: true },
      { key: "b", action: "waiting", known: true },
    ],
    [],
  );
  expect(delta).toEqual({});
  expect(counts).toEqual({ "unresolved unknown": 1 });
});

test("a person taken off a shared list is off it for an export that had let them stay", async () => {
  const { engine } = opened();
  const tables = await createOutcomes(engine, "shared");
  const one = await changeSet(
    "one",
    ["a", "b", "c"].map((key) => ({ key, action: "remove", known: true })),
  );
  const two = await changeSet("two", [{ key: "a", action: "left", known: true }, { key: "z", action: "left", known: true }]); // prettier-ignore
  await recordBatch(engine, tables, { exportName: "one", operation: "remove", stage: "leave", group: "" }, { batch: 1, from: 0, to: 1 }, "delivered"); // prettier-ignore
  const parts = [
    { exportName: "one", listId: "7", path: one },
    { exportName: "two", listId: "7", path: two },
  ];
  await engine.run(
    `CREATE TABLE shared_claims AS SELECT ${Object.entries(LEDGER_COLUMNS)
      .map(([name, type]) => `NULL::${type} AS ${name}`)
      .join(", ")} WHERE false`,
  );
  await engine.run(
    `INSERT INTO shared_claims (export, list_id, key, status) VALUES ('three', '7', 'b', 'left'), ('three', '7', 'c', 'left'), ('three', '8', 'a', 'left'), ('four', '7', 'b', 'member'), ('one', '7', 'b', 'member')`,
  );
  const rows = await engine.rows<{ export: string; key: string; deleted: boolean }>(
    `SELECT export, key, deleted FROM (${sharedListsSql(deltaSql(parts, tables, "2026-01-01"), "SELECT * FROM shared_claims")}) ORDER BY ALL`,
  );
  expect(rows.map(({ export: name, key, deleted }) => `${name} ${key} ${deleted}`)).toEqual([
    "one a true",
    "one b true",
    "three b true",
    "two a true",
    "two z false",
  ]);
});

test("a person released to another export stays claimed until that one's claim is recorded", async () => {
  const { engine } = opened();
  const tables = await createOutcomes(engine, "let_go");
  const one = await changeSet(
    "letting",
    ["a", "b", "c", "d"].map((key) => ({ key, action: "release", known: true })),
  );
  const two = await changeSet("taking", [
    { key: "a", action: "add", known: false },
    { key: "b", action: "add", known: false },
  ]);
  const sent = { exportName: "taking", operation: "add", stage: "deliver", group: "" } as const;
  await recordBatch(engine, tables, sent, { batch: 1, from: 0, to: 0 }, "delivered");
  const parts = [
    { exportName: "letting", listId: "7", path: one },
    { exportName: "taking", listId: "7", path: two },
  ];
  await engine.run(
    `CREATE TABLE let_go_claims AS SELECT ${Object.entries(LEDGER_COLUMNS)
      .map(([name, type]) => `NULL::${type} AS ${name}`)
      .join(", ")} WHERE false`,
  );
  await engine.run(
    `INSERT INTO let_go_claims (export, list_id, key, status) VALUES ('three', '7', 'c', 'member'), ('three', '7', 'd', 'left'), ('letting', '7', 'b', 'member')`,
  );
  const rows = await engine.rows<{ export: string; key: string; deleted: boolean }>(
    `SELECT export, key, deleted FROM (${sharedListsSql(deltaSql(parts, tables, "2026-01-01"), "SELECT * FROM let_go_claims")}) ORDER BY ALL`,
  );
  // b's add was not sent, and nobody else claims d.
  expect(rows.map(({ export: name, key, deleted }) => `${name} ${key} ${deleted}`)).toEqual([
    "letting a true",
    "letting c true",
    "taking a false",
  ]);
});

test("the rejected are additions or updates that the destination refuses, not people who are gone or refused removals", async () => {
  const { engine } = opened();
  const path = await changeSet(
    "counted",
    ["add", "add", "update", "update", "update", "remove"].map((action, i) => ({ key: `k${i}`, action })),
  );
  const tables = await createOutcomes(engine, "counted");
  const record = (row: number, outcome: RowOutcome, reason = "no") =>
    recordRows(engine, tables, "counted", [{ row, reason }], outcome);
  await record(0, "rejected");
  await record(1, "unknown");
  await record(2, "differs");
  await record(3, "rejected", "gone at destination");
  await record(4, "rejected");
  await record(4, "delivered");
  await record(5, "rejected");
  await recordRows(engine, tables, "other", [{ row: 1, reason: "no" }], "rejected");
  expect(await countRejected(engine, tables, { exportName: "counted", path })).toBe(2);
});
