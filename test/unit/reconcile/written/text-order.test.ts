import { describe, expect, test } from "vitest";
import { findTextOrders } from "../../../../src/reconcile/written/text-order.ts";
import { declarationText } from "../../../../src/model/words/declaration-text.ts";
import type { ExportProgram } from "../../../../src/model/plan/program.ts";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { textOrder } from "../../../../src/plan/checks/warnings/text-order.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { loadCsv, loadFiles } from "../../sources/support.ts";
import { attribute, program } from "../support.ts";

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

test("letters order codes of one length and days of ISO 8601 rightly", async () => {
  expect(await orders(["01067", "99999"], "v")).toEqual([]);
  await loadFiles(
    opened(),
    { "iso.jsonl": '{"v":"2025-01-02"}\n{"v":"2025-01-03"}\n' },
    { name: "iso", columns: { v: "text" } },
  );
  const wanted = program({ segments: [{ view: "iso", orderBy: "v" }] });
  expect(await findTextOrders(opened().engine, wanted)).toEqual([]);
});

/** What is told of SQL over a source `people` with a column `v`, and numbers in `n`. */
async function compared(
  values: readonly string[],
  sql: readonly string[],
  more: Partial<ExportProgram> = {},
): Promise<string[]> {
  const source = `compared_${(tables += 1)}`;
  const rows = values.map((value, n) => `${n},"${value}",x${n}\n`).join("");
  await loadCsv(opened(), `n,v,name\n${rows}`, { name: source });
  const named = (index: number): string => (index < 0 ? source : `s${index}_${source}`);
  const views = sql.map((one, index) => ({
    name: named(index),
    sql: one.replaceAll(/\bpeople\b/g, source).replaceAll(/\bbefore\b/g, named(index - 1)),
  }));
  const wanted = program({
    views,
    segments: [{ view: named(views.length - 1), orderBy: undefined }],
    ...more,
  });
  const found = await findTextOrders(opened().engine, wanted);
  return found.map((one) => `${one.where.replace(`_${source}`, "")}: ${one.kind} ${one.column}`);
}

const COMMAS = ["1,5", "10,25", "x"];

describe("a column of text that looks like something else is reported when SQL compares it", () => {
  test.each([
    "SELECT * FROM people WHERE v > '10'",
    "SELECT * FROM people AS p WHERE '10' <= p.v",
    "SELECT * FROM people WHERE NOT (name = 'a' AND (v < '10' OR n = 1))",
    "SELECT * FROM people WHERE V NOT BETWEEN '1' AND '2'",
    "SELECT * FROM people WHERE coalesce(trim(v), '') >= '10'",
    "SELECT * FROM people WHERE TRY_CAST(v AS DOUBLE) > 10",
    "SELECT name, max(v) AS v FROM people GROUP BY name",
    "SELECT name, arg_max(name, v) AS v FROM people GROUP BY name",
    "SELECT greatest(v, '1') AS v FROM people",
    "SELECT *, row_number() OVER (PARTITION BY name ORDER BY v DESC) AS place FROM people",
    "SELECT DISTINCT ON (name) name, v FROM people ORDER BY name, v",
    "SELECT * FROM people UNION SELECT * FROM people WHERE v > '10'",
    "WITH t AS (SELECT v AS price FROM people) SELECT price AS v FROM t WHERE price > '10'",
    "SELECT * FROM people JOIN (SELECT n AS m FROM people) ON n = m AND v > '10'",
    "SELECT * FROM people AS p WHERE EXISTS (SELECT 1 FROM (SELECT 1 AS one) WHERE p.v > '10')",
    "SELECT CASE WHEN v > '10' THEN 'much' END AS v FROM people",
    "SELECT * FROM people QUALIFY max(v) OVER (PARTITION BY name) = v",
    "SELECT n FROM people GROUP BY n HAVING min(v) < '10'",
  ])("%s", async (sql) =>
    expect(await compared(COMMAS, [sql])).toEqual([
      expect.stringMatching(/^Segment "s0": compared (?:v|V|price)$/),
    ]),
  );

  test.each([
    "SELECT * FROM people WHERE v = '10' OR v IN ('1', '2')",
    "SELECT * FROM people WHERE n > 1 AND name > 'm'",
    "SELECT *, strlen(v) AS long FROM people WHERE strlen(v) > 3",
    "SELECT name, try_strptime(v, '%d.%m.%Y') AS v FROM people ORDER BY v",
    "SELECT v AS other, n AS v FROM (SELECT n, name AS v FROM people) WHERE v > 'm'",
  ])("and not of %s", async (sql) => expect(await compared(COMMAS, [sql])).toEqual([]));

  test("and not where the engine casts what it reads as we do", async () => {
    const sql = ["SELECT * FROM people WHERE TRY_CAST(v AS DOUBLE) > 10"];
    expect(await compared(["1.50", "10", "x"], sql)).toEqual([]);
  });

  test("through segments, in consent, order and attributes", async () => {
    expect(
      await compared(COMMAS, ["SELECT v AS price, n FROM people", "SELECT * FROM before WHERE price > '10'"]),
    ).toEqual(['Segment "s1": compared price']);
    const attributes = [attribute("x", { sql: "v < '5'" }), attribute("v")];
    expect(
      await compared(COMMAS, ["SELECT * FROM people"], { consent: "profile.v >= '1'", attributes }),
    ).toEqual(["consent: compared v", "attribute x: compared v"]);
    await loadCsv(opened(), 'n,v\n1,"1,5"\n2,"2,5"\n', { name: "keyed" });
    const wanted = program({ segments: [{ view: "keyed", orderBy: "v > '10', n" }] });
    expect(await findTextOrders(opened().engine, wanted)).toMatchObject([
      { where: 'Segment "keyed", orderBy', column: "v", kind: "compared" },
    ]);
  });
});

describe("what could be declared is told where every value is read so", () => {
  test.each<[string[], string[]]>([
    [["31.12.2025", "1.2.2024", ""], ['{v: {type: date, format: "%d.%m.%Y"}}']],
    [["12/31/2025", "01/02/2024"], ['{v: {type: date, format: "%m/%d/%Y"}}']],
    [
      ["11/12/2025", "01/02/2024"],
      ['{v: {type: date, format: "%d/%m/%Y"}}', '{v: {type: date, format: "%m/%d/%Y"}}'],
    ],
    [["31.12.2025 10:00", "1.2.2024 9:30"], ['{v: {type: timestamp, format: "%d.%m.%Y %H:%M"}}']],
    [["1,5", "-10,25"], ['{v: {type: number, decimal: ","}}']],
    [["007", "1.5", "12"], ["{v: number}"]],
    [["31.12.2025", "12/30/2025"], []],
    [["31.12.25", "30.12.25"], []],
    [["1,5", "1.234"], []],
    [["1.234,50", "1,5"], []],
    [["31.12.2025", "NULL"], []],
  ])("%j", async (values, declarations) => {
    const name = `declared_${(tables += 1)}`;
    await loadCsv(opened(), `n,v\n${values.map((value, n) => `${n},"${value}"\n`).join("")}`, { name });
    const wanted = program({ segments: [{ view: name, orderBy: "v" }] });
    const [found] = await findTextOrders(opened().engine, wanted);
    expect((found?.fitting?.declarations ?? []).map((one) => declarationText("v", one))).toEqual(
      declarations,
    );
  });
});

const TOLD = { where: 'Segment "all"', column: "seen", like: "dates", alike: 1234, values: 1300 } as const;

test("the report gives a count, and no value", () => {
  const declarations = [{ type: "date", format: "%d.%m.%Y" }] as const;
  const fitting = { source: "people", column: "born", declarations };
  expect(askCheck(textOrder, [{ ...TOLD, kind: "ordered", fitting: undefined }])[0]).toMatchObject({
    name: "text-order",
    status: "warning",
    message:
      'Segment "all" is ordered by `seen` letter by letter: the column is text, and 1,234 of its 1,300 values look like dates.',
  });
  expect(askCheck(textOrder, [{ ...TOLD, kind: "compared", fitting }])[0]).toMatchObject({
    message:
      'Segment "all" compares `seen` letter by letter, or as the engine\'s cast guesses: the column is text, and 1,234 of its 1,300 values look like dates.',
    hint: 'All of its values fit `columns: {born: {type: date, format: "%d.%m.%Y"}}`: say so in the source `people`.',
  });
});
