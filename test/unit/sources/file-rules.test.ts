import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FileRules } from "../../../src/model/config/source.ts";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadCsv, loadFiles } from "./support.ts";

const opened = sharedEngine();

describe("without a header", () => {
  const rules: FileRules = { header: false, columnNames: ["email", "first name"] };

  test("the config names the columns, and the first line is a person", async () => {
    const { columns, values } = await loadCsv(opened(), "ann@example.com;Ann\nben@example.com;Ben\n", {
      rules,
    });
    expect(columns).toEqual(["email VARCHAR", "first name VARCHAR"]);
    expect(values).toEqual([
      ["ann@example.com", "Ann"],
      ["ben@example.com", "Ben"],
    ]);
  });

  test.each([
    [
      "a file of another width",
      "ann@example.com,Ann,DE\n",
      /line 1 of .* has 3 columns, and `columnNames` names 2/,
    ],
    [
      "a file that has one all the same",
      "Email,First name\nann@example.com,Ann\n",
      /line 1 of .* is a header/,
    ],
    ["a short row", "ann@example.com,Ann\nben\n", /line 2 of a CSV file/],
  ])("%s is refused", async (_what, text, said) => {
    const { message } = await failureOf(loadCsv(opened(), text, { rules }));
    expect(message).toMatch(said);
    expect(message).not.toMatch(/ann/i);
  });

  test.each([
    ["a date", "id,2024-05-06\n1,x\n"],
    ["a phone", "name,+49 170 1234567\nx,y\n"],
    ["a long number", "Ann,12345\nBen,12346\n"],
    ["a UUID", "9f1c2d34-0000-4000-8000-00000000abcd,x\ny,z\n"],
  ])("%s for a name is taken for data unless the config says otherwise", async (_what, text) => {
    const failure = await failureOf(loadCsv(opened(), text));
    expect(failure.message).toContain("looks like data");
    expect(failure.hint).toContain("header: true");
    expect(failure.message).not.toMatch(/2024|170|1234|9f1c/);
    expect((await loadCsv(opened(), text, { rules: { header: true } })).rows).toBe(1);
  });

  test("an address is never a name", async () => {
    const load = loadCsv(opened(), "ann@example.com,Ann\nb@example.com,B\n", { rules: { header: true } });
    expect((await failureOf(load)).message).toContain("looks like data");
  });

  test("an address is one where addresses stand below another name, and the config says so", async () => {
    const text = "email,news@example.com\nann@example.com,yes\n";
    expect((await failureOf(loadCsv(opened(), text))).hint).toContain("header: true");
    expect((await loadCsv(opened(), text, { rules: { header: true } })).rows).toBe(1);
  });

  test.each([
    "id,2024\n1,x\n",
    "email,Q1 2024,utm_campaign\na,b,c\n",
    "e@mail,name\na,b\n",
    "email,2024-01,12345,18-25\nann@example.com,1,2,3\n",
  ])("%j has a header", async (text) => {
    expect((await loadCsv(opened(), text)).rows).toBe(1);
  });
});

describe("null values", () => {
  const text = 'email,name\na,NULL\nb,"NULL"\nc,\\N\nd,#N/A\ne,null\nf,\n';

  test("are empty where the config says so, exactly as written", async () => {
    const { values } = await loadCsv(opened(), text, { rules: { nullValues: ["NULL", "\\N", "#N/A"] } });
    expect(values.map(([, name]) => name)).toEqual([null, null, null, null, "null", null]);
  });

  test("are text elsewhere", async () => {
    expect((await loadCsv(opened(), text)).values.map(([, name]) => name)).toEqual([
      "NULL",
      "NULL",
      "\\N",
      "#N/A",
      "null",
      null,
    ]);
  });
});

describe("an encoding", () => {
  const people = "email,name\nzoe@example.com,Zo\u00eb\n";
  const euro = Buffer.concat([
    Buffer.from(people, "latin1"),
    Buffer.from("eve@example.com,10 \x80 \x93x\x94\n", "latin1"),
  ]);
  const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(people, "utf16le")]);
  const big = Buffer.from(little).swap16();

  test.each<[NonNullable<FileRules["encoding"]>, string, Buffer]>([
    ["UTF-8", "a.csv", Buffer.from(people)],
    ["UTF-8", "a-mark.csv", Buffer.from(`\ufeff${people}`)],
    ["latin1", "b.csv", Buffer.from(people, "latin1")],
    ["windows-1252", "c.csv", Buffer.from(people, "latin1")],
    ["windows-1252", "c.csv.gz", gzipSync(Buffer.from(people, "latin1"))],
    ["UTF-16", "d.csv", little],
    [
      "UTF-16",
      "d.tsv",
      Buffer.concat([little.subarray(0, 2), Buffer.from(people.replaceAll(",", "\t"), "utf16le")]),
    ],
    ["UTF-16", "d.csv.gz", gzipSync(little)],
    ["UTF-16", "e.csv", big],
    ["UTF-16", "f.csv", little.subarray(2)],
    ["UTF-16", "g.csv", big.subarray(2)],
  ])("%s: %s", async (encoding, name, bytes) => {
    expect((await loadFiles(opened(), { [name]: bytes }, { rules: { encoding } })).values).toEqual([
      ["zoe@example.com", "Zo\u00eb"],
    ]);
  });

  test("windows-1252 has letters that latin1 lacks, and neither is guessed", async () => {
    const { values } = await loadFiles(opened(), { "w.csv": euro }, { rules: { encoding: "windows-1252" } });
    expect(values[0]).toEqual(["eve@example.com", "10 € “x”"]);
    const { message, hint } = await failureOf(
      loadFiles(opened(), { "w.csv": euro }, { rules: { encoding: "latin1" } }),
    );
    expect(message).toMatch(/w\.csv is not in latin1 \(line 3\)/);
    expect(hint).toContain("windows-1252");
  });

  test.each<[NonNullable<FileRules["encoding"]>, Buffer]>([
    ["UTF-16", Buffer.from(people)],
    ["UTF-16", little.subarray(0, -1)],
    ["windows-1252", Buffer.from(`\ufeff${people}`)],
    ["windows-1252", Buffer.from("email,name\nx,\x81\n", "latin1")],
  ])("is refused when the file is not in it: %s", async (encoding, bytes) => {
    const { kind, message } = await failureOf(
      loadFiles(opened(), { "no.csv": bytes }, { rules: { encoding } }),
    );
    expect([kind, message]).toEqual(["invalid", expect.stringMatching(/no\.csv.*line \d/)]);
  });

  test("a cut-off UTF-16 file has no last line end", async () => {
    const load = loadFiles(
      opened(),
      { "cut.csv": little.subarray(0, -2) },
      { rules: { encoding: "UTF-16" } },
    );
    expect((await failureOf(load)).message).toContain("no line end");
  });
});

describe("a last line without a line end", () => {
  test("is accepted where the config says so, when its row is whole", async () => {
    const rules: FileRules = { finalNewline: "optional" };
    expect((await loadCsv(opened(), "id,note\n1,x\n2,y", { rules })).rows).toBe(2);
    const failure = await failureOf(loadCsv(opened(), "id,note\n1,x\n2", { rules }));
    expect(failure.message).toContain("line 3");
  });

  test("elsewhere the hint says how", async () => {
    expect((await failureOf(loadCsv(opened(), "id,note\n1,x\n2,y"))).hint).toContain(
      "finalNewline: optional",
    );
  });
});

describe("JSON", () => {
  const values = [
    ["1", "x"],
    ["2", "y"],
  ];

  test.each<[string, string | Buffer]>([
    ["mark.jsonl", '\ufeff{"id":1,"note":"x"}\n{"id":2,"note":"y"}\n'],
    ["array.json", '[{"id":1,"note":"x"},\n {"id":2,"note":"y"}]\n'],
    ["array.jsonl", '[{"id":1,"note":"x"},{"id":2,"note":"y"}]'],
    [
      "pretty.json",
      `${JSON.stringify(
        [
          { id: 1, note: "x" },
          { id: 2, note: "y" },
        ],
        undefined,
        2,
      )}\n`,
    ],
    ["array-mark.json", '\ufeff[{"id":1,"note":"x"},{"id":2,"note":"y"}]'],
    ["array.json.gz", gzipSync('[{"id":1,"note":"x"},{"id":2,"note":"y"}]')],
    ["lines.json", '{"id":1,"note":"x"}\n{"id":2,"note":"y"}\n'],
    ["no-end.jsonl", '{"id":1,"note":"x"}\n{"id":2,"note":"y"}'],
  ])("%s", async (name, content) => {
    expect((await loadFiles(opened(), { [name]: content })).values).toEqual(values);
  });

  test.each<[string, string, RegExp]>([
    ["cut-1.json", '[{"id":1},\n', /cut off/],
    ["cut-2.json", '[{"id":1},{"id":2}\n', /cut off|not valid JSON/],
    ["cut-3.json", '[{"id":1},{"id"', /cut off|not valid JSON/],
    ["numbers.json", "[1, 2]\n", /array of something else than objects/],
    ["empty.json", "[]\n", /empty array/],
    ["cut.jsonl", '{"id":1}\n{"id":2,"note":"y"', /cut off|not valid JSON/],
  ])("%s is refused", async (name, content, said) => {
    const { kind, message } = await failureOf(loadFiles(opened(), { [name]: content }));
    expect([kind, message]).toEqual(["invalid", expect.stringMatching(said)]);
    expect(message).toContain(name);
  });
});

describe("a name with brackets", () => {
  test.each(["p[1].csv", "[a-z].csv", "p{1,2}.csv", "people (1).csv", "!p.csv"])(
    "%s is the file that is called so",
    async (name) => {
      const decoys = { "p1.csv": "id\n9\n", "p.csv": "id\n9\n", "a.csv": "id\n9\n" };
      const { values } = await loadFiles(opened(), { ...decoys, [name]: "id\n1\n" }, { paths: [name] });
      expect(values).toEqual([["1"]]);
    },
  );

  test.each(["star*.csv", "lone?.csv"])("%s is that file where it is the only one", async (name) => {
    expect((await loadFiles(opened(), { [name]: "id\n1\n" }, { paths: [name] })).values).toEqual([["1"]]);
  });

  test.each(["shell*.csv", "d?.csv"])(
    "%s made by a shell does not hide the files beside it",
    async (name) => {
      const beside = { "shell1.csv": "id\n9\n", "d1.csv": "id\n9\n" };
      const load = loadFiles(opened(), { ...beside, [name]: "id\n1\n" }, { paths: [name] });
      expect((await failureOf(load)).message).toContain("the name of one of them");
    },
  );

  test("one that a pattern finds is not taken for a pattern", async () => {
    const { values } = await loadFiles(
      opened(),
      { "z-[1].csv": "id\n1\n", "z-1.csv": "id\n2\n" },
      { paths: ["z-*.csv"] },
    );
    expect(values).toEqual([["1"], ["2"]]);
  });
});

describe("two columns of one name", () => {
  test("are left out, and the others can be used", async () => {
    const { columns, values } = await loadCsv(opened(), "id,Name,name,,\n1,a,b,,\n");
    expect(columns.map((column) => column.split(" ")[0])).toEqual(["id", "column3", "column4"]);
    expect(values[0]?.[0]).toBe("1");
  });

  test("that SQL names are told", async () => {
    const { engine } = opened();
    const { view } = await loadCsv(opened(), "id,twin,twin\n1,a,b\n");
    const failure = await failureOf(
      engine.outer.underLimits("test", () => engine.outer.run(`SELECT twin FROM ${view}`)),
    );
    expect(failure.message).toContain('More than one column is called "twin"');
  });
});
