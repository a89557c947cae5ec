import { describe, expect, test } from "vitest";
import type { Columns } from "../../../../src/config/schema/config-file.gen.ts";
import type { AttributeProgram } from "../../../../src/model/plan/program.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { failureOf, loadCsv, loadFiles } from "../../sources/support.ts";
import { attribute, desire, program, type Desired } from "../support.ts";

const opened = sharedEngine();
let tables = 0;

interface Given {
  readonly csv: string;
  /** SQL of segments in which `people` is the source, or the segment before. */
  readonly segments?: readonly string[];
  readonly columns?: Columns;
  readonly attributes: readonly AttributeProgram[];
  readonly id?: string;
  readonly orderBy?: string;
}

/** What would be sent of a source, through segments. */
async function sent({ csv, segments = [], columns = {}, attributes, id, orderBy }: Given): Promise<Desired> {
  const source = `people_${(tables += 1)}`;
  await loadCsv(opened(), csv, { name: source, columns });
  const named = (index: number): string => (index < 0 ? source : `s${index}_${source}`);
  const views = segments.map((sql, index) => ({
    name: named(index),
    sql: sql.replaceAll(/\bpeople\b/g, named(index - 1)),
  }));
  return desire(
    opened().engine,
    program({
      views,
      segments: [{ view: named(views.length - 1), orderBy }],
      attributes: [...attributes],
      person: id,
    }),
  );
}

async function valuesOf(given: Given): Promise<(string | null | undefined)[]> {
  return (await sent(given)).people.map((person) => person["a0"]);
}

function csvOf(values: readonly string[]): string {
  return `email,v,n\n${values.map((value, i) => `a${i}@example.com,${value},${i}\n`).join("")}`;
}

const COLUMNS: readonly string[][] = [
  ["19.90", "5.00", "7"],
  ["1.0", "2.5", "-0"],
  ["0.00001", "100000000000000.5"],
  ["0.12345678901234", "123456789012345.123456789012345"],
  ["TRUE", "False", "true"],
  ["2025-01-02T10:00:00Z", "2025-01-02 10:00"],
  ["2025-01-02T10:00:00-04:00", "2025-01-02T10:00:00.120Z"],
  ["2025-01-02", "2024-02-29"],
  ["101", "-7"],
  ["007", "1e3"],
  ["4915123456789", "15123456789.0"],
  ["10:30", "09:00:00"],
];

describe.each(COLUMNS.map((values) => ({ values })))("$values", ({ values }) => {
  test.each(["text", "choice", "phone"] as const)("goes out as it is written, as %s", async (type) => {
    const given = {
      csv: csvOf(values),
      attributes: [attribute("v", { type, country: type === "phone" ? "'DE'" : undefined })],
    };
    const { tables: made } = await sent(given);
    const rows = await opened().engine.rows<{ v: string }>(
      `SELECT v0 AS v FROM ${made.profiles} ORDER BY key`,
    );
    expect(rows.map(({ v }) => v)).toEqual(values);
  });

  test("whatever a neighbour is, and no hash changes by it", async () => {
    const attributes = [
      attribute("v"),
      attribute("v", { type: "number" }),
      attribute("v", { type: "date" }),
      attribute("v", { type: "boolean" }),
    ];
    const alone = await sent({ csv: csvOf(values), attributes, id: '"v"' });
    for (const odd of ["x", "1.50", "TRUE", "2025-01-02", "2025-01-02T10:00:00+02:00", "007", "1_000"]) {
      const beside = await sent({ csv: csvOf([...values, odd]), attributes, id: '"v"' });
      expect(beside.people.slice(0, values.length), odd).toEqual(alone.people);
      expect(beside.hashes, odd).toMatchObject(alone.hashes);
    }
  });
});

describe("through SQL that keeps the column,", () => {
  test.each<[string, string[]]>([
    ["a condition", [`SELECT * FROM people WHERE (v > 2)`]],
    ["a name", [`SELECT email, v FROM people ORDER BY v`]],
    ["an alias of the table", [`SELECT p.email, p.v FROM people AS p`]],
    ["a quoted name", [`SELECT "email", "V" AS v FROM "people"`]],
    ["letters outside ASCII before it", [`SELECT 'äöü😀' AS x, email, v FROM people`]],
    [
      "segments on segments",
      [`SELECT * FROM people`, `SELECT email, v FROM people WHERE v > 1`, `SELECT * FROM people`],
    ],
    [
      "an exclusion",
      [
        `SELECT kept.* FROM (SELECT * FROM people) AS kept WHERE (email IN (SELECT email FROM people WHERE v < 0)) IS NOT TRUE`,
      ],
    ],
    ["a CTE", [`WITH c AS (SELECT email, v FROM people) SELECT * FROM c WHERE v > 1`]],
    ["a CTE of the source's name", [`WITH people AS (SELECT * FROM people) SELECT people.* FROM people`]],
    ["a subquery", [`SELECT * FROM (SELECT * EXCLUDE (n) FROM people) AS q`]],
    [
      "a join",
      [`SELECT a.email, a.v FROM people AS a JOIN (SELECT email AS e FROM people) AS b ON b.e = a.email`],
    ],
    ["groups", [`SELECT email, v, count(*) AS c FROM people GROUP BY email, v`]],
    ["all groups", [`SELECT email, v, max(n) AS m FROM people GROUP BY ALL`]],
    ["DISTINCT", [`SELECT DISTINCT email, v FROM people`]],
    ["DISTINCT ON", [`SELECT DISTINCT ON (email) email, v FROM people ORDER BY email, v`]],
    ["a window", [`SELECT *, row_number() OVER (ORDER BY v) AS r FROM people QUALIFY r < 9`]],
    ["FROM first", [`FROM people WHERE v > 1`]],
    ["a limit", [`SELECT * FROM people ORDER BY v LIMIT 9`]],
    ["a comment", [`SELECT email, /* v */ v -- v\nFROM people`]],
    ["a UNION", [`SELECT email, v FROM people UNION ALL SELECT p.email, p.v FROM people AS p`]],
    ["a UNION of stars", [`SELECT * FROM people UNION ALL SELECT * FROM people AS p`]],
    [
      "three of them, one in brackets",
      [`SELECT * FROM people UNION ALL (SELECT * FROM people UNION SELECT people.* FROM people)`],
    ],
    ["a UNION by places", [`SELECT email, n, v FROM people UNION SELECT email, n, v AS w FROM people`]],
    ["a UNION BY NAME", [`SELECT * FROM people UNION ALL BY NAME SELECT v, email FROM people`]],
    ["a value of another column", [`SELECT * REPLACE (n + 1 AS n) FROM people`]],
  ])("such as %s, what is written goes out", async (_, segments) => {
    const given = { csv: csvOf(["19.90", "5.00"]), segments, attributes: [attribute("v")] };
    expect(await valuesOf(given)).toEqual(["19.90", "5.00"]);
  });

  test("through a UNION of many, which are looked at once each", async () => {
    // Of UNION ALL alone, the engine makes a flat tree.
    const more = Array.from(
      { length: 20 },
      () => " UNION SELECT * FROM people UNION ALL SELECT * FROM people",
    );
    const union = `SELECT * FROM people${more.join("")}`;
    const given = { csv: csvOf(["19.90", "5.00"]), segments: [union], attributes: [attribute("v")] };
    expect(new Set(await valuesOf(given))).toEqual(new Set(["19.90", "5.00"]));
  });

  test("under another name", async () => {
    const segments = [`SELECT email, v AS "Preis €" FROM people`, `SELECT email, "preis €" AS w FROM people`];
    const given = { csv: csvOf(["19.90", "5.00"]), segments, attributes: [attribute("w")] };
    expect(await valuesOf(given)).toEqual(["19.90", "5.00"]);
  });

  test("the SQL of people sees types", async () => {
    const given = {
      csv: csvOf(["19.90", "5.00", "100.0"]),
      segments: [`SELECT * FROM people WHERE v > 9`],
      attributes: [
        attribute("v"),
        attribute("v * 2", { sql: "(\nv * 2\n)" }),
        attribute("v", { type: "number" }),
      ],
      orderBy: "v DESC",
    };
    expect((await sent(given)).people.map(({ a0, a1, a2 }) => [a0, a1, a2])).toEqual([
      ["19.90", "39.8", "19.9"],
      ["100.0", "200", "100.0"],
    ]);
  });

  test("a bare column as SQL is a column", async () => {
    const sqls = ["(\nv\n)", "V", '"v"', "( v )"];
    const attributes = sqls.map((sql) => attribute("v", { sql }));
    const { people } = await sent({ csv: csvOf(["19.90"]), attributes });
    expect(people).toMatchObject([{ a0: "19.90", a1: "19.90", a2: "19.90", a3: "19.90" }]);
  });
});

test.each([
  [`SELECT email, v + 0 AS v FROM people`, "19.9"],
  [`SELECT * REPLACE (v * 10 AS v) FROM people`, "199"],
  [`SELECT email, CAST(v AS DECIMAL(9,3)) AS v FROM people`, "19.900"],
])("what SQL computes is what its author wrote: %s", async (sql, value) => {
  const given = { csv: csvOf(["19.90"]), segments: [sql], attributes: [attribute("v")] };
  expect(await valuesOf(given)).toEqual([value]);
});

describe("a column that cannot be followed", () => {
  const lost = [
    `SELECT * FROM people UNION ALL SELECT email, v, n FROM people`,
    `SELECT * FROM people UNION ALL SELECT * FROM (SELECT * FROM people) AS q`,
    `SELECT email, v FROM people EXCEPT SELECT email, v FROM people WHERE n > 999`,
    `SELECT email, v FROM people ORDER BY 2 LIMIT 5`,
    `SELECT DISTINCT email, v FROM people LIMIT 5`,
    `WITH c AS (SELECT * FROM people) SELECT a.* FROM c AS a JOIN (SELECT email AS e FROM c) AS b ON a.email = b.e`,
    `SELECT e AS email, w AS v FROM people AS p(e, w, m)`,
    `SELECT email, v, to_json(people) AS j FROM people`,
  ];

  test.each(lost)("is refused where it would be sent otherwise: %s", async (sql) => {
    const given = { csv: csvOf(["19.90"]), segments: [sql], attributes: [attribute("v")] };
    const failure = await failureOf(sent(given));
    expect(failure.kind).toBe("invalid");
    expect(failure.message).toMatch(
      /^Segment "s0_people_\d+", attribute v: the SQL brings column "v" of source "people_\d+" along/,
    );
    expect(failure.hint).toContain("`columns: {v: text}`");
    expect(`${failure.message}${failure.hint}`).not.toContain("19.9");
  });

  test.each(lost)("goes out where it makes no difference: %s", async (sql) => {
    const given = { csv: csvOf(["19.9", "5"]), segments: [sql], attributes: [attribute("v")] };
    expect(await valuesOf(given)).toEqual(["19.9", "5"]);
    const declared = { ...given, csv: csvOf(["19.90"]), columns: { v: "text" } } as const;
    expect(await valuesOf(declared)).toEqual(["19.90"]);
  });
});

describe("whole rows", () => {
  test.each(["to_json(people)", "hash(people)"])(
    "in an attribute have no more columns than before: %s",
    async (sql) => {
      const of = (csv: string): Given => {
        const source = `people_${tables + 1}`;
        const whole = attribute("j", { sql: `(\n${sql.replace("people", source)}\n)` });
        return { csv, attributes: [attribute("v"), whole] };
      };
      expect((await failureOf(sent(of(csvOf(["19.90"]))))).message).toContain("cannot be followed");
      const [person] = (await sent(of(csvOf(["19.9"])))).people;
      expect(person).toMatchObject({ a0: "19.9", a1: expect.stringMatching(/^[^\\]+$/) });
    },
  );

  test("are not what a column of the table's name is", async () => {
    await loadCsv(opened(), "email,vip\na@example.com,TRUE\n", { name: "vip" });
    const { people } = await desire(
      opened().engine,
      program({
        views: [{ name: "all", sql: "SELECT email, vip FROM vip WHERE vip" }],
        segments: [{ view: "all", orderBy: "vip" }],
        attributes: [attribute("vip")],
      }),
    );
    expect(people).toMatchObject([{ a0: "TRUE" }]);
  });
});

test("in one column with text, a number is not printed as none was written", async () => {
  const union = `SELECT email, v FROM people UNION ALL SELECT 'z' || email, 'x' FROM people`;
  const of = (values: readonly string[]): Given => ({
    csv: csvOf(values),
    segments: [union],
    attributes: [attribute("v")],
  });
  expect((await failureOf(sent(of(["5", "2.5"])))).message).toContain("cannot be followed");
  expect(await valuesOf(of(["1.5", "2.5"]))).toEqual(["1.5", "2.5", "x", "x"]);
  expect(await valuesOf(of(["5", "7"]))).toEqual(["5", "7", "x", "x"]);
});

test("each segment is read for itself, and a number in one is not printed as the type of both", async () => {
  await loadCsv(opened(), csvOf(["19.90"]), { name: "left_side" });
  await loadFiles(
    opened(),
    { "right.jsonl": '{"email":"b@example.com","v":5}\n{"email":"c@example.com","v":2.5}\n' },
    { name: "right_side" },
  );
  await loadCsv(opened(), "email,v\nd@example.com,x\n", { name: "third_side" });
  const { people } = await desire(
    opened().engine,
    program({
      segments: ["left_side", "right_side", "third_side"].map((view) => ({ view, orderBy: undefined })),
      attributes: [attribute("v")],
    }),
  );
  expect(people.map(({ a0 }) => a0)).toEqual(["19.90", "5", "2.5", "x"]);
});

test("declared columns go out as they are written, too", async () => {
  const attributes = [attribute("v"), attribute("n")];
  const { people } = await sent({
    csv: "email,v,n\na0@example.com,19.90,yes\n",
    columns: { v: "number", n: "boolean" },
    attributes,
  });
  expect(people).toMatchObject([{ a0: "19.90", a1: "yes" }]);
});

describe("columns that are declared with how they are written", () => {
  const csv =
    'email,v,n\na0@example.com,31.12.1990,"101,0"\na1@example.com,1.2.2001,"1,50"\na2@example.com,,7\n';
  const columns = { v: { type: "date", format: "%d.%m.%Y" }, n: { type: "number", decimal: "," } } as const;
  const texts = [
    ["31.12.1990", "101,0"],
    ["1.2.2001", "1,50"],
    [null, "7"],
  ];
  const values = [
    ["1990-12-31", "101.0"],
    ["2001-02-01", "1.5"],
    [null, "7.0"],
  ];

  test.each([
    ["as a source", []],
    ["through segments", ["SELECT email, v, n FROM people WHERE n > 1.49", "SELECT * FROM people"]],
    ["in a UNION", ["SELECT email, v, n FROM people UNION SELECT email, v, n FROM people"]],
  ])("go out as they are written where they are text, and else as what they are, %s", async (_, segments) => {
    const both = async (of: (name: string) => AttributeProgram): Promise<unknown[]> => {
      const { people } = await sent({ csv, columns, segments, attributes: [of("v"), of("n")] });
      return people.map(({ a0, a1 }) => [a0, a1]);
    };
    expect(await both((name) => attribute(name))).toEqual(texts);
    expect(await both((name) => attribute(name, { type: name === "v" ? "date" : "number" }))).toEqual(values);
    const declared = (name: string): AttributeProgram =>
      attribute(name, name === "v" ? { type: "date", format: "%d.%m.%Y" } : { type: "number", decimal: "," });
    expect(await both(declared)).toEqual(values);
  });

  test("go out both ways from one column", async () => {
    const day = attribute("v", { name: "day", type: "date" });
    const { people } = await sent({ csv, columns, attributes: [attribute("v"), day], id: "n" });
    expect(people.map(({ a0, a1 }) => [a0, a1])).toEqual(texts.map(([v], row) => [v, values[row]?.[0]]));
  });

  test("are one person however they are written", async () => {
    const { people } = await sent({ csv, columns, attributes: [], id: "n" });
    expect(people.map(({ person }) => person)).toEqual(["101.0", "1.5", "7.0"]);
  });

  test("are compared and ordered as what they are", async () => {
    const { people } = await sent({
      csv: "email,v,n\na@example.com,02.01.2001,first\na@example.com,31.12.2000,second\n",
      columns: { v: columns.v },
      orderBy: "v DESC",
      attributes: [attribute("n")],
    });
    expect(people).toMatchObject([{ a0: "first" }]);
  });
});

test("texts of JSON Lines that are taken for times go out as they are written", async () => {
  await loadFiles(
    opened(),
    { "times.jsonl": '{"email":"a@example.com","v":"2025-01-02T10:00:00Z"}\n' },
    { name: "times" },
  );
  const { people } = await desire(
    opened().engine,
    program({ segments: [{ view: "times", orderBy: undefined }], attributes: [attribute("v")] }),
  );
  expect(people).toMatchObject([{ a0: "2025-01-02T10:00:00Z" }]);
});

describe("what was written adds and takes no rows", () => {
  const csv = "email,v,n\na@example.com,1.50,1\na@example.com,1.5,1\nb@example.com,2.50,1\n";
  const attributes = [attribute("v")];

  test.each([
    "SELECT * FROM people NATURAL JOIN (SELECT email, v, n FROM people)",
    "SELECT email, v FROM (SELECT DISTINCT email, v FROM people) GROUP BY email, v HAVING count(*) = 1",
    "SELECT email, v FROM (SELECT email, v FROM people UNION SELECT email, v FROM people) ORDER BY email LIMIT 2",
    "WITH t AS (SELECT DISTINCT email, v FROM people) SELECT email, v FROM t QUALIFY count(*) OVER (PARTITION BY email) = 1",
    "SELECT *, count(*) AS c FROM people GROUP BY ALL HAVING count(*) = 1",
    "SELECT people.*, max(n) AS c FROM people GROUP BY ALL ORDER BY email LIMIT 2",
    "SELECT * FROM (SELECT * FROM people ORDER BY ALL LIMIT 2)",
  ])("%s is refused where it would", async (sql) => {
    const { message } = await failureOf(valuesOf({ csv, segments: [sql], attributes }));
    expect(message).toContain("cannot be followed");
  });

  test.each([
    "SELECT email, v FROM (SELECT DISTINCT email, v, n FROM people) GROUP BY email, v HAVING count(*) = 1",
    "WITH t AS (SELECT DISTINCT email, v FROM people) SELECT email, v FROM t QUALIFY count(*) OVER (PARTITION BY email) = 1",
    "SELECT DISTINCT ON (email) email, v FROM people",
  ])("%s is followed where it would not", async (sql) => {
    const each = csv.replace("a@example.com,1.5,1\n", "");
    expect(await valuesOf({ csv: each, segments: [sql], attributes })).toEqual(["1.50", "2.50"]);
  });
});
