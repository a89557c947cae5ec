import { expect, test } from "vitest";
import { findTextOrders } from "../../../src/engine/text-order.ts";
import { checkTextOrder } from "../../../src/plan/text-order.ts";
import { sharedEngine } from "../../support/engine.ts";
import { loadCsv } from "../sources/support.ts";
import { program } from "../desired/support.ts";

const opened = sharedEngine();
let tables = 0;

async function orders(values: readonly string[], orderBy: string): Promise<unknown[]> {
  const name = `ordered_${(tables += 1)}`;
  await loadCsv(opened(), `n,v\n${values.map((value, n) => `${n},${value}\n`).join("")}`, { name });
  const found = await findTextOrders(opened().engine, program({ segments: [{ view: name, orderBy }] }));
  return found.map(({ column, like, alike, values: all }) => [column, like, alike, all]);
}

test.each<[string, string[], string, unknown[]]>([
  ["dates of another form", ["31.12.2025", "02.01.2026", ""], "v DESC", [["v", "dates", 2, 2]]],
  ["dates and one that is none", ["2025-01-02", "2025-01-03", "soon"], "n, V", [["V", "dates", 2, 3]]],
  ["numbers and one that is none", ["9", "10", "x"], "v DESC NULLS LAST, n", [["v", "numbers", 2, 3]]],
  ["times with and without a day", ["2025-01-02T08:00:00-04:00", "2025-01-02"], "v", [["v", "dates", 2, 2]]],
  ["dates", ["2025-01-02", "2025-01-03"], "v", []],
  ["numbers", ["9", "10.5"], "v", []],
  ["words", ["gold", "silver", "1"], "v", []],
  ["nothing", ["", ""], "v", []],
  ["what SQL reads", ["31.12.2025"], "strptime(v, '%d.%m.%Y') DESC", []],
])("a segment that is ordered by %s", async (_, values, orderBy, found) =>
  expect(await orders(values, orderBy)).toEqual(found),
);

test("is told by how many, and by no value", () =>
  expect(
    checkTextOrder({ segment: "all", column: "seen", like: "dates", alike: 1234, values: 1300 }),
  ).toMatchObject({
    name: "text-order",
    status: "warning",
    message:
      'Segment "all" is ordered by `seen` letter by letter: the column is text, and 1,234 of its 1,300 values look like dates.',
  }));
