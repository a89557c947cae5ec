import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  assembleBody,
  cutBatches,
  readRowNumbers,
  type Shipment,
  type Stage,
} from "../../../../src/reconcile/change-set/shipments.ts";
import type { Operation } from "../../../../src/model/plan/change.ts";
import { literal } from "../../../../src/plugin/relation.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
let files = 0;

interface Row {
  readonly action: Operation | "left" | "refresh";
  readonly withdrawn: boolean;
  readonly group: "" | "n";
  readonly payload: string;
}

async function changeSet(rows: readonly Row[]): Promise<string> {
  const path = join(opened().engine.folder, `changes-${(files += 1)}.parquet`);
  const values = rows.map(
    ({ action, withdrawn, group, payload }, i) =>
      `(${i}, '${action}', ${withdrawn}, '${group}', ${literal(payload)})`,
  );
  await opened().engine.writeParquet(
    `SELECT action, withdrawn, grp, 'k' || i AS key, payload FROM (VALUES ${values.join(", ")}) AS t(i, action, withdrawn, grp, payload) ORDER BY i`,
    path,
  );
  return path;
}

function shipment(
  path: string,
  limits: { maxRows: number; maxBytes: number },
  more: Partial<Shipment> = {},
): Shipment {
  return {
    exportName: "weekly",
    operation: "add",
    stage: "deliver",
    group: "",
    listId: "7",
    changeSet: path,
    route: {
      name: "test",
      ...limits,
      wire: "payload",
      envelope: (group, listId) => ({ prefix: `{"é${group}${listId}":[`, separator: ", ", suffix: "]}" }),
      needsMembers: false,
      needsContactId: false,
      evidence: "accepted",
    },
    ...more,
  };
}

const wishes: { operation: Operation; stage: Stage }[] = [
  { operation: "add", stage: "deliver" },
  { operation: "update", stage: "deliver" },
  { operation: "remove", stage: "withdraw" },
  { operation: "remove", stage: "leave" },
];

const row: fc.Arbitrary<Row> = fc.record({
  action: fc.constantFrom(
    "add" as const,
    "add" as const,
    "add" as const,
    "update" as const,
    "remove" as const,
    "left" as const,
    "refresh" as const,
  ),
  withdrawn: fc.boolean(),
  group: fc.constantFrom("" as const, "" as const, "n" as const),
  payload: fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replaceAll("\0", "")),
    fc.constantFrom("é".repeat(40), "👍".repeat(20), "x".repeat(150), "'", ""),
  ),
});

test(
  "batches contain every row once, keep both limits, and are hardly more than needed",
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 200, max: 2000 }),
        async (rows, maxRows, maxBytes) => {
          const { engine } = opened();
          const path = await changeSet(rows);
          const shipments = wishes.flatMap((wish) =>
            ["", "n"].map((group) => shipment(path, { maxRows, maxBytes }, { ...wish, group })),
          );
          const batches = await cutBatches(engine, shipments);
          expect(new Set(batches.map(({ batch }) => batch)).size).toBe(batches.length);
          const sent: number[] = [];
          for (const batch of batches) {
            const own = shipments[batch.shipment] as Shipment;
            const { body, rows: count } = await assembleBody(engine, own, batch, []);
            const numbers = await readRowNumbers(engine, own, batch, []);
            expect(count).toBe(batch.rows);
            expect(count).toBe(numbers.length);
            expect(count).toBeGreaterThan(0);
            expect(count).toBeLessThanOrEqual(maxRows);
            expect(Buffer.byteLength(body)).toBeLessThanOrEqual(maxBytes);
            expect(body).toBe(`{"é${own.group}7":[${numbers.map((n) => rows[n]?.payload).join(", ")}]}`);
            for (const n of numbers) {
              expect(rows[n]).toMatchObject({ action: own.operation, group: own.group });
              if (own.operation === "remove") expect(rows[n]?.withdrawn).toBe(own.stage === "withdraw");
            }
            sent.push(...numbers);
          }
          const wanted = rows.flatMap(({ action }, n) =>
            action === "left" || action === "refresh" ? [] : [n],
          );
          expect(sent.sort((a, b) => a - b)).toEqual(wanted);
          for (const [index, own] of shipments.entries()) {
            const mine = batches.filter((batch) => batch.shipment === index);
            const total = mine.reduce((sum, { rows: n }) => sum + n, 0);
            expect(mine.length).toBeGreaterThanOrEqual(Math.ceil(total / maxRows));
            expect(
              mine.every(({ from }, i) => i === 0 || from > (mine[i - 1]?.to ?? 0)),
              own.operation,
            ).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  },
);

test.each([
  { rows: 5000, bytes: 20, maxRows: 100, maxBytes: 1_000_000 },
  { rows: 5000, bytes: 90, maxRows: 1000, maxBytes: 10_000 },
  { rows: 5000, bytes: 98, maxRows: 100, maxBytes: 10_000 },
  { rows: 1, bytes: 10, maxRows: 100, maxBytes: 10_000 },
  { rows: 100, bytes: 10, maxRows: 100, maxBytes: 10_000 },
  { rows: 101, bytes: 10, maxRows: 100, maxBytes: 10_000 },
])(
  "$rows rows of $bytes bytes need at most a tenth more batches than the best cut",
  async ({ rows, bytes, maxRows, maxBytes }) => {
    const path = await changeSet(
      Array.from({ length: rows }, () => ({
        action: "add",
        withdrawn: false,
        group: "",
        payload: "x".repeat(bytes),
      })),
    );
    const batches = await cutBatches(opened().engine, [shipment(path, { maxRows, maxBytes })]);
    const best = Math.max(Math.ceil(rows / maxRows), Math.ceil((rows * (bytes + 2)) / (maxBytes - 10)));
    expect(batches.length).toBeLessThanOrEqual(Math.ceil(best * 1.1) + 1);
    expect(batches.reduce((sum, { rows: n }) => sum + n, 0)).toBe(rows);
  },
);

test("a row larger than a request goes alone", async () => {
  const path = await changeSet(
    ["a", "x".repeat(5000), "b"].map((payload) => ({ action: "add", withdrawn: false, group: "", payload })),
  );
  const batches = await cutBatches(opened().engine, [shipment(path, { maxRows: 100, maxBytes: 1000 })]);
  expect(batches.map(({ rows }) => rows)).toEqual([1, 1, 1]);
});

test("dropped rows are left out of the body and of the numbers alike", async () => {
  const payloads = ["a", "b", "c", "d", "e"];
  const path = await changeSet(
    payloads.map((payload) => ({ action: "add", withdrawn: false, group: "", payload })),
  );
  const own = shipment(path, { maxRows: 100, maxBytes: 1000 });
  const [batch] = await cutBatches(opened().engine, [own]);
  if (batch === undefined) throw new Error("no batch");
  for (const dropped of [[], [0], [1, 3], [4], [0, 1, 2, 3, 4]]) {
    const numbers = await readRowNumbers(opened().engine, own, batch, dropped);
    const { body, rows } = await assembleBody(opened().engine, own, batch, dropped);
    expect(numbers).toEqual([0, 1, 2, 3, 4].filter((n) => !dropped.includes(n)));
    expect(body).toBe(`{"é7":[${numbers.map((n) => payloads[n]).join(", ")}]}`);
    expect(rows).toBe(numbers.length);
  }
});

test("nothing to send is not a batch", async () => {
  const path = await changeSet([{ action: "left", withdrawn: false, group: "", payload: "a" }]);
  expect(await cutBatches(opened().engine, [shipment(path, { maxRows: 9, maxBytes: 999 })])).toEqual([]);
  expect(await cutBatches(opened().engine, [])).toEqual([]);
});
