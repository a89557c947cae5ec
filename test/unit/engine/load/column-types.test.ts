import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedEngine } from "../../../support/engine.ts";
import type { ColumnDeclaration } from "../../../../src/config/schema/config-file.gen.ts";
import { failureOf, loadCsv, loadFiles } from "../../sources/support.ts";

const opened = sharedEngine();

async function typeOf(values: readonly string[]): Promise<string> {
  const { columns } = await loadCsv(opened(), `n,v\n${values.map((value, i) => `${i},${value}\n`).join("")}`);
  return columns[1]?.slice(2) ?? "";
}

describe("a column of text becomes", () => {
  test.each<[string, string[]]>([
    ["BIGINT", ["1", "0", "-7"]],
    ["BIGINT", ["123456789012345678"]],
    ["BIGINT", ["1", "", "2"]],
    ["DOUBLE", ["1", "2.5"]],
    ["DOUBLE", ["-0", "0.000000000000001"]],
    ["DOUBLE", ["10.50"]],
    ["BOOLEAN", ["true", "FALSE", "True"]],
    ["DATE", ["2024-02-29", "0001-01-01"]],
    ["DATE", ["2024-02-29", ""]],
    ["BOOLEAN", ["", "true"]],
    ["DOUBLE", ["1.5", ""]],
    ["TIMESTAMP", ["", "2024-02-29 10:00:00"]],
    ["TIMESTAMP", ["2024-02-29 10:00:00", "2024-02-29T10:00:00.123Z", "2024-02-29 10:00"]],
    ["TIMESTAMP", ["2024-01-01T10:00:00+02:00"]],
    ["TIMESTAMP", ["2024-01-01T10:00:00+02:00", "2024-01-01T10:00:00.5Z", "2024-01-01 10:00"]],
    ["TIMESTAMP", ["2024-01-01T10:00-0430", "2024-01-01T10:00:00-04"]],
    ["VARCHAR", ["2024-01-01T10:00:00+25:00"]],
    ["VARCHAR", ["2024-01-01T24:00:00"]],
    ["VARCHAR", ["0000-01-01"]],
    // What would not read back as it was written stays text.
    ["VARCHAR", ["01234", "1234"]],
    ["VARCHAR", ["+49711", "+49712"]],
    ["VARCHAR", ["1e5", "2"]],
    ["VARCHAR", ["1234567890123456789", "2"]],
    ["VARCHAR", ["99999999999999999999"]],
    ["VARCHAR", ["1,5"].map((value) => `"${value}"`)],
    ["VARCHAR", ["1.234.567", "1"]],
    ["VARCHAR", [".5"]],
    ["VARCHAR", ["5."]],
    ["VARCHAR", ["01.5"]],
    ["VARCHAR", ["0.1234567890123456"]],
    ["VARCHAR", [" 1", "2"]],
    ["VARCHAR", ["1", "x"]],
    ["VARCHAR", ["yes", "no"]],
    ["VARCHAR", ["t", "f"]],
    ["VARCHAR", ["true", "1"]],
    ["VARCHAR", ["NaN", "1"]],
    ["VARCHAR", ["inf", "1"]],
    ["VARCHAR", ["0x10"]],
    ["VARCHAR", ["1_000"]],
    ["VARCHAR", ["2024-02-30", "2024-01-01"]],
    ["VARCHAR", ["2023-02-29"]],
    ["VARCHAR", ["29.02.2024"]],
    ["VARCHAR", ["02/29/2024"]],
    ["VARCHAR", ["20240229", "2024-01-01"]],
    ["VARCHAR", ["2024-01-01", "2024-01-01 10:00:00"]],
    ["VARCHAR", ["2024-01-01T25:00:00"]],
    ["VARCHAR", ["2024-01-01", "NULL"]],
    ["VARCHAR", ["", ""]],
  ])("%s: %j", async (type, values) => expect(await typeOf(values)).toBe(type));

  test("text when a single value far down does not fit", async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => String(i));
    expect(await typeOf(many)).toBe("BIGINT");
    expect(await typeOf([...many, "007"])).toBe("VARCHAR");
    expect(await typeOf([...many, "1.5"])).toBe("DOUBLE");
  });

  test("what it looks like in all rows, when the first thousands are empty", async () => {
    const many = Array.from({ length: 5000 }, () => "");
    expect(await typeOf([...many, "2024-01-01"])).toBe("DATE");
    expect(await typeOf([...many, "7", "x"])).toBe("VARCHAR");
  });
});

test("whatever the type, no value is lost, and integers, dates and text read back as written", async () => {
  const value = fc.oneof(
    fc.integer().map(String),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc
      .date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10)),
    fc.constantFrom("", "true", "00", "+1", "-0", "1.50", "x", " 1", "9007199254740993"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 8 }), async (values) => {
      const { view, columns } = await loadCsv(
        opened(),
        `n,v\n${values.map((one, i) => `${i},${one}\n`).join("")}`,
      );
      const rows = await opened().engine.outer.rows<{ v: string | null }>(
        `SELECT CAST(v AS VARCHAR) AS v FROM ${view} ORDER BY n`,
      );
      const read = rows.map(({ v }) => v ?? "");
      if (columns[1] === "v DOUBLE")
        expect(read.map(Number)).toEqual(values.map((one) => (one === "" ? 0 : Number(one))));
      else if (columns[1] === "v BOOLEAN") expect(read).toEqual(values.map((one) => one.toLowerCase()));
      else expect(read).toEqual(values);
    }),
    { numRuns: 150 },
  );
});

describe("declared columns", () => {
  const csv = "id,zip,born,seen,vip,note\n01,01234,2024-02-29,2024-02-29 10:00:00,true,1\n02,04321,,,,2\n";

  test("have the declared type", async () => {
    const { columns, values } = await loadCsv(opened(), csv, {
      columns: { id: "number", zip: "text", born: "text", seen: "timestamp", vip: "boolean", note: "text" },
    });
    expect(columns).toEqual([
      "id DOUBLE",
      "zip VARCHAR",
      "born VARCHAR",
      "seen TIMESTAMP",
      "vip BOOLEAN",
      "note VARCHAR",
    ]);
    expect(values[0]).toEqual(["1.0", "01234", "2024-02-29", "2024-02-29 10:00:00", "true", "1"]);
    expect((await loadCsv(opened(), csv, { columns: { seen: "date" } })).columns[3]).toBe("seen DATE");
  });

  test.each<[string, ColumnDeclaration, string[], string, (string | null)[]]>([
    [
      "days",
      { type: "date", format: "%d.%m.%Y" },
      ["31.12.1990", " 1.2.2001 ", "", "1999-01-02"],
      "DATE",
      ["1990-12-31", "2001-02-01", null, "1999-01-02"],
    ],
    ["days in digits", { type: "date", format: "%Y%m%d" }, ["19901231"], "DATE", ["1990-12-31"]],
    [
      "days with a time",
      { type: "date", format: "%m/%d/%Y %H:%M" },
      ["02/01/2001 23:59"],
      "DATE",
      ["2001-02-01"],
    ],
    [
      "times",
      { type: "timestamp", format: "%d.%m.%Y %H:%M" },
      ["1.2.2001 8:05", "2001-02-01T08:05:00+02:00"],
      "TIMESTAMP",
      ["2001-02-01 08:05:00", "2001-02-01 06:05:00"],
    ],
    [
      "decimal commas",
      { type: "number", decimal: "," },
      ['"1,5"', "-7", "1234", '"0,10"'],
      "DOUBLE",
      ["1.5", "-7.0", "1234.0", "0.1"],
    ],
    ["points", { type: "number", decimal: "." }, ["1.234", "+7"], "DOUBLE", ["1.234", "7.0"]],
  ])("are read as they say they are written: %s", async (_, v, texts, type, values) => {
    const rows = texts.map((text, n) => `${n},${text}\n`).join("");
    const loaded = await loadCsv(opened(), `n,v\n${rows}`, { columns: { v } });
    expect(loaded.columns[1]).toBe(`v ${type}`);
    expect(loaded.values.map((row) => row[1])).toEqual(values);
  });

  test.each<[ColumnDeclaration, string, string]>([
    ...["31.12.90", "12/31/1990", "31.02.1990", "31.12.1990 10:00", "31.12.0000", "NULL", "31.12.1990x"].map(
      (text): [ColumnDeclaration, string, string] => [
        { type: "date", format: "%d.%m.%Y" },
        text,
        "not a date of the form `%d.%m.%Y`",
      ],
    ),
    ...["1.5", "1.234", "1.234,56", "1 234,5", "1,2,3", "1e5", "12 €"].map(
      (text): [ColumnDeclaration, string, string] => [
        { type: "number", decimal: "," },
        text,
        "not a number with a decimal comma",
      ],
    ),
    [{ type: "timestamp", format: "%d.%m.%Y %H:%M" }, "31.12.1990", "not a timestamp of the form"],
    [{ type: "timestamp", format: "%d.%m.%Y %H:%M" }, "31.12.1990 25:00", "not a timestamp of the form"],
  ])("of the form %j are not %s", async (v, text, words) => {
    const failure = await failureOf(
      loadFiles(opened(), { "form.csv": `n,v\n1,\n2,"${text}"\n` }, { columns: { v } }),
    );
    expect(failure).toMatchObject({ kind: "invalid", message: expect.stringContaining(words) });
    expect(failure.message).toContain("(first in form.csv, line 3)");
    expect(`${failure.message} ${failure.hint}`).not.toContain(text);
  });

  test("that are written otherwise are refused with how they are written", async () => {
    const options = { name: "commas", columns: { v: "number" } } as const;
    const load = loadCsv(opened(), 'n,v\n1,"1,5"\n2,"2,75"\n', options);
    expect((await failureOf(load)).hint).toBe(
      'All of its values fit `columns: {v: {type: number, decimal: ","}}`: say so in the source `commas`.',
    );
  });

  test("that are written as other dates are refused with dates only", async () => {
    const options = {
      name: "digits",
      columns: { v: { type: "timestamp", format: "%Y%m%d %H:%M" } },
    } as const;
    const load = loadCsv(opened(), "n,v\n1,19900102\n", options);
    expect((await failureOf(load)).hint).toContain('`columns: {v: {type: date, format: "%Y%m%d"}}`');
  });

  test("are read so in typed files, where a column may have its type already", async () => {
    const columns = { d: { type: "date", format: "%Y%m%d" }, p: { type: "number", decimal: "," } } as const;
    const { columns: types, values } = await loadFiles(
      opened(),
      { "typed.jsonl": '{"id":1,"d":20251130,"p":1.5}\n{"id":2,"d":20251201,"p":2}\n' },
      { columns },
    );
    expect(types).toEqual(["id BIGINT", "d DATE", "p DOUBLE"]);
    expect(values).toEqual([
      ["1", "2025-11-30", "1.5"],
      ["2", "2025-12-01", "2.0"],
    ]);
    const texts = await loadFiles(
      opened(),
      { "texts.jsonl": '{"id":1,"d":"20251130","p":"1,5"}\n' },
      { columns },
    );
    expect(texts.values).toEqual([["1", "2025-11-30", "1.5"]]);
    const load = loadFiles(opened(), { "day.jsonl": '{"d":20251131,"p":"1"}\n' }, { columns });
    expect((await failureOf(load)).message).toContain("not a date of the form `%Y%m%d`");
  });

  test("stop the source when a value is something else, and never quote it", async () => {
    const failure = await failureOf(
      loadCsv(opened(), "id,born\n1,2024-02-29\n2,canary\n3,\n", { columns: { born: "date" } }),
    );
    expect(failure).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/1 value of column "born" is not a date/),
    });
    expect(`${failure.message} ${failure.hint}`).not.toContain("canary");
  });

  test("that are true or false are 1 and 0 of numbers, and no code", async () => {
    const columns = { vip: "boolean" } as const;
    const text = '{"id":1,"vip":1}\n{"id":2,"vip":0}\n{"id":3,"vip":null}\n';
    const { values } = await loadFiles(opened(), { "vip.jsonl": text }, { columns });
    expect(values.map(([, vip]) => vip)).toEqual(["true", "false", null]);
    for (const code of ["2", "-1", "0.5"]) {
      const load = loadFiles(opened(), { "code.jsonl": text.replace("null", code) }, { columns });
      expect((await failureOf(load)).message).toContain('1 value of column "vip" is not a boolean');
    }
  });

  test("that do not exist are reported with those that do", async () => {
    const failure = await failureOf(loadCsv(opened(), csv, { columns: { plz: "text" } }));
    expect(failure).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/^Source ".*" has no column "plz"/),
    });
    expect(failure.hint).toContain("zip");
  });

  test("of typed files are cast too, and the others stay as they are", async () => {
    const { columns, values } = await loadFiles(
      opened(),
      { "typed.jsonl": '{"id":7,"zip":"01234","n":1.5}\n' },
      { columns: { id: "text" } },
    );
    expect([columns, values]).toEqual([["id VARCHAR", "zip VARCHAR", "n DOUBLE"], [["7", "01234", "1.5"]]]);
  });
});

test("odd column names are kept", async () => {
  const { columns } = await loadCsv(opened(), '"a ""b""",row,file_row_number,SELECT,ü,\n1,2,3,4,5,6\n');
  expect(columns).toEqual([
    'a "b" BIGINT',
    "row BIGINT",
    "file_row_number BIGINT",
    "SELECT BIGINT",
    "ü BIGINT",
    "column5 BIGINT",
  ]);
});
