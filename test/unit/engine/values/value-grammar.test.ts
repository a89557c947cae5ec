import { describe, expect, test } from "vitest";
import type { AttributeProgram } from "../../../../src/model/plan/program.ts";
import { literal } from "../../../../src/plugin/relation.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { loadCsv, loadFiles } from "../../sources/support.ts";
import { attribute, desire, program } from "../../reconcile/support.ts";

const opened = sharedEngine();
const inNewYork = sharedEngine({ timezone: "America/New_York" });
let tables = 0;

/** What is sent of a text. */
async function read(
  text: string,
  more: Partial<AttributeProgram>,
  folders = opened(),
): Promise<string | null | undefined> {
  const name = `texts_${(tables += 1)}`;
  await folders.engine.outer.run(
    `CREATE TABLE ${name} AS SELECT 'a@example.com' AS email, ${literal(text)} AS v`,
  );
  const { people } = await desire(
    folders.engine,
    program({ segments: [{ view: name, orderBy: undefined }], attributes: [attribute("v", more)] }),
  );
  return people[0]?.["a0"];
}

describe("a number", () => {
  test.each([
    ["19.90", "19.9"],
    ["7", "7.0"],
    ["-7", "-7.0"],
    ["+7", "7.0"],
    ["007", "7.0"],
    [".5", "0.5"],
    [" 12 ", "12.0"],
    ["1e-05", "1e-05"],
    ["1.5e+10", "15000000000.0"],
    ...[
      "1_000",
      "1e3",
      "1E+10",
      "1,5",
      "1.234,5",
      "1.234.567",
      "1,234",
      "5.",
      "1 000",
      "0x10",
      "inf",
      "nan",
      "-",
      ".",
      "1e+999",
      "true",
      "٣",
      "12abc",
      "1/2",
      "10%",
      "€5",
      "--5",
    ].map((text): [string, null] => [text, null]),
  ])("%j is %j", async (text, value) => expect(await read(text, { type: "number" })).toBe(value));

  test.each([
    ["1,5", "1.5"],
    ["-0,50", "-0.5"],
    ["1234", "1234.0"],
    ...["1.5", "1.234", "1.234,5", "1,2,3", ",5", "5,", "1e-05"].map((text): [string, null] => [text, null]),
  ])("with a decimal comma %j is %j", async (text, value) =>
    expect(await read(text, { type: "number", decimal: "," })).toBe(value),
  );

  describe("whose comma may separate thousands", () => {
    const numbers = async (
      values: readonly string[],
      more: Partial<AttributeProgram> = {},
      { view = "", rows = (table: string): string => `SELECT * FROM ${table}` } = {},
    ): Promise<(string | null | undefined)[]> => {
      const { engine } = opened();
      const name = `numbers_${(tables += 1)}`;
      await loadCsv(
        opened(),
        `email;v\n${values.map((value, n) => `p${n}@example.com;${value}\n`).join("")}`,
        { name },
      );
      const views = view === "" ? [] : [{ name: view, sql: rows(name) }];
      const segments = [{ view: view === "" ? name : view, orderBy: undefined }];
      const wanted = program({
        views,
        segments,
        sources: [name],
        attributes: [attribute("v", { type: "number", ...more })],
      });
      const { people } = await desire(engine, wanted);
      return people.map(({ a0 }) => a0);
    };

    test.each<[string, string[], Partial<AttributeProgram>, (string | null)[]]>([
      ["beside a decimal comma", ["1.234", "1,5", "7", "19.90"], {}, [null, null, "7.0", "19.9"]],
      ["beside both", ["-1.234", "1.234,50"], {}, [null, null]],
      ["beside a currency", ["12.345", "1 234,50 €"], {}, [null, null]],
      ["beside a comma that may be either", ["1.234", "1,234"], {}, [null, null]],
      ["beside words", ["1.234", "none, so far"], {}, ["1.234", null]],
      ["beside thousands of another kind", ["1.234", "1,234,567"], {}, ["1.234", null]],
      ["with a point that is said", ["1.234", "1,5"], { decimal: "." }, ["1.234", null]],
      ["with a comma that is said", ["1.234", "1,5"], { decimal: "," }, [null, "1.5"]],
      ["in text", ["1.234", "1,5"], { type: "text" }, ["1.234", "1,5"]],
    ])("%s", async (_, values, more, sent) => expect(await numbers(values, more)).toEqual(sent));

    test("where only others of the source have a comma", async () => {
      const view = "points";
      const where = (table: string): string => `SELECT * FROM ${table} WHERE v NOT LIKE '%,%'`;
      expect(await numbers(["1.234", "1,5"], {}, { view, rows: where })).toEqual([null]);
    });

    test("is read as SQL has left it, when SQL has removed the commas", async () => {
      const view = "fixed";
      const rows = (table: string): string =>
        `SELECT email, replace(replace(v, '.', ''), ',', '.') AS v FROM ${table}`;
      expect(await numbers(["1.234,567", "1.234"], {}, { view, rows })).toEqual(["1234.567", "1234.0"]);
      const given = (table: string): string => `SELECT email, v || '' AS v FROM ${table}`;
      expect(await numbers(["1.234", "1,5"], {}, { view, rows: given })).toEqual([null, null]);
    });
  });

  test("with a decimal comma is none with a point, also where all have one", async () => {
    await loadCsv(opened(), "email,v\na@example.com,1.234\nb@example.com,5\n", { name: "points" });
    const { people } = await desire(
      opened().engine,
      program({
        segments: [{ view: "points", orderBy: undefined }],
        attributes: [attribute("v", { type: "number", decimal: "," })],
      }),
    );
    expect(people.map(({ a0 }) => a0)).toEqual([null, "5.0"]);
  });
});

describe("a day", () => {
  test.each([
    ["2024-02-29", "2024-02-29"],
    [" 2024-02-29 ", "2024-02-29"],
    ["2024-02-29T23:59:59.123456789", "2024-02-29"],
    ["2024-02-29 10:00", "2024-02-29"],
    ["2024-02-29T23:30:00Z", "2024-02-29"],
    ["2024-02-29T23:30Z", "2024-02-29"],
    ["2024-02-29T23:30:00-04:00", "2024-03-01"],
    ["2024-02-29T23:30-0400", "2024-03-01"],
    ["2024-03-01T00:30:00+01", "2024-02-29"],
    ...[
      "11/1/16",
      "1/11/2016",
      "29.02.2024",
      "25-01-02",
      "2025-1-2",
      "20250102",
      "2023-02-29",
      "0000-01-01",
      "2024-02-29T24:00:00",
      "2024-02-29T10",
      "2024-02-29 10:00 PM",
      "2024-02-29T10:00:00+25:00",
      "2024-02-29 BC",
      "infinity",
      "today",
      "45000",
      "Feb 29 2024",
      "2024-02",
      "2024-W09-4",
    ].map((text): [string, null] => [text, null]),
  ])("%j is %j", async (text, value) => expect(await read(text, { type: "date" })).toBe(value));

  test.each([
    ["%d.%m.%Y", "29.02.2024", "2024-02-29"],
    ["%d.%m.%Y", "1.2.2024", "2024-02-01"],
    ["%d.%m.%Y", "2024-02-01", "2024-02-01"],
    ["%d.%m.%Y", "1.2.24", null],
    ["%d.%m.%Y", "29.02.2023", null],
    ["%d.%m.%Y", "01/02/2024", null],
    ["%d.%m.%Y", "1.2.2024 10:00", null],
    ["%m/%d/%Y", "02/01/2024", "2024-02-01"],
    ["%m/%d/%Y", "13/01/2024", null],
    ["%d/%m/%Y %H:%M", "01/02/2024 23:59", "2024-02-01"],
    ["%d/%m/%Y %H:%M", "01/02/2024", null],
    ["%Y%m%d", "20240201", "2024-02-01"],
    ["%Y%m%d", "2024021", null],
  ])("in the format %s, %j is %j", async (format, text, value) =>
    expect(await read(text, { type: "date", format })).toBe(value),
  );

  test("with an offset is that of the zone of the config", async () => {
    expect(await read("2025-01-02T02:00:00Z", { type: "date" }, inNewYork())).toBe("2025-01-01");
    expect(await read("2025-01-02T02:00:00", { type: "date" }, inNewYork())).toBe("2025-01-02");
    expect(await read("2025-01-01T23:00:00+02:00", { type: "date" }, inNewYork())).toBe("2025-01-01");
  });
});

test.each([
  ...["true", "TRUE", "yes", "Y", "t", "1", " true "].map((text): [string, string] => [text, "true"]),
  ...["false", "No", "n", "F", "0"].map((text): [string, string] => [text, "false"]),
  ...["2", "-1", "1.0", "ja", "on", "x"].map((text): [string, null] => [text, null]),
])("as a truth value, %j is %j", async (text, value) =>
  expect(await read(text, { type: "boolean" })).toBe(value),
);

const INSTANTS = ["2025-01-02T08:00:00-04:00", "2025-01-02T09:00:00+02:00", "2025-01-02T10:00:00Z"];

test.each([
  ["CSV", { "zones.csv": `n,v\n${INSTANTS.map((text, n) => `${n},${text}\n`).join("")}` }],
  ["JSON Lines", { "zones.jsonl": INSTANTS.map((v, n) => `${JSON.stringify({ n, v })}\n`).join("") }],
])("times with offsets in %s are instants, in every zone", async (format, contents) => {
  for (const folders of [opened(), inNewYork()]) {
    const { view, columns } = await loadFiles(folders, contents, { name: `zones of ${format}` });
    expect(columns[1]).toBe("v TIMESTAMP");
    const rows = await folders.engine.outer.rows<{ n: number; ms: number }>(
      `SELECT n, epoch_ms(v::TIMESTAMPTZ)::DOUBLE AS ms FROM ${view} ORDER BY v`,
    );
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 0]);
    for (const { n, ms } of rows) expect(ms).toBe(Date.parse(INSTANTS[n] ?? ""));
    await folders.engine.outer.run(`DROP VIEW ${view}`);
  }
});

describe("what is declared", () => {
  test.each([
    ["number", "1_000"],
    ["number", "1e3"],
    ["date", "11/1/16"],
    ["date", "2025-1-2"],
    ["timestamp", "2025-01-02 10"],
    ["boolean", "on"],
  ] as const)("as a %s may not be %j", async (kind, text) => {
    const load = loadCsv(opened(), `n,v\n1,${text}\n`, { columns: { v: kind } });
    await expect(load).rejects.toThrow(
      `1 value of column "v" is not a ${kind}, which \`columns\` declares (`,
    );
  });

  test("as a timestamp may have an offset", async () => {
    const { values } = await loadCsv(inNewYork(), "n,v\n1,2025-01-02T10:00:00Z\n", {
      columns: { v: "timestamp" },
    });
    expect(values).toEqual([["1", "2025-01-02 05:00:00"]]);
  });
});
