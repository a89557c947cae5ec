import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Engine } from "../../../../src/engine/engine.ts";
import { checkExpression, checkSelect, checkSize } from "../../../../src/engine/user-sql/user-sql.ts";
import { Failure } from "../../../../src/model/failure.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
const times = (count: number, one: (index: number) => string, between = ", "): string =>
  [...Array(count).keys()].map(one).join(between);
/** `t0`, and so many queries that each build on the one before. */
const chain = (count: number, next: (before: string) => string, as = "AS"): string =>
  `WITH t0 AS (SELECT * FROM customers), ${times(count, (index) => `t${index + 1} ${as} (${next(`t${index}`)})`)} SELECT email FROM t${count}`;
const refused = async (check: Promise<unknown>): Promise<string> => {
  const error: unknown = await check.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  expect(error).toMatchObject({ kind: "invalid", hint: expect.any(String) as unknown });
  return (error as Failure).message;
};

describe("SQL that becomes too large is refused before the engine puts it together", () => {
  it.each<[string, string, RegExp]>([
    ["a chain of joins", chain(29, (t) => `SELECT * FROM ${t} a JOIN ${t} b USING (email)`), /10000 columns/],
    ["stars", chain(12, (t) => `SELECT *, * FROM ${t}`), /10000 columns/],
    ["columns by pattern", chain(12, (t) => `SELECT COLUMNS(*), COLUMNS('.') FROM ${t}`), /10000 columns/],
    ["a.* and b.*", chain(12, (t) => `SELECT a.*, b.* FROM ${t} a, ${t} b`), /10000 columns/],
    [
      "nested queries",
      `SELECT * FROM ${[...Array(12).keys()].reduce((sql) => `(SELECT *, * FROM ${sql})`, "customers")}`,
      /10000 columns/,
    ],
    [
      "a long list of columns",
      `SELECT email, ${times(99_999, (n) => `1 AS c${n}`)} FROM customers`,
      /characters/,
    ],
    ["a list of columns", `SELECT email, ${times(10_001, (n) => `1 c${n}`)} FROM customers`, /10000 columns/],
    [
      "queries that are put in again",
      chain(12, (t) => `SELECT a.* FROM ${t} a JOIN ${t} b USING (email)`, "AS NOT MATERIALIZED"),
      /500 tables/,
    ],
    [
      "names of the same SELECT",
      `SELECT 1 AS a0, ${times(30, (n) => `a${n} + a${n} AS a${n + 1}`)} FROM customers`,
      /of the same SELECT/,
    ],
    [
      "structs",
      chain(20, (t) => `SELECT email, {'a': ${t}, 'b': ${t}} AS s FROM ${t}`),
      /fields in a struct/,
    ],
    ["structs of a column", chain(20, (t) => `SELECT email, row(s, s) AS s FROM ${t}`), /fields in a struct/],
    [
      "conditions",
      `SELECT email FROM customers WHERE ${times(12_000, (n) => `a=${n}`, " OR ")}`,
      /20000 functions/,
    ],
    ["tables", `SELECT 1 FROM ${times(60, (n) => `customers c${n}`)}`, /50 tables in one FROM/],
    [
      "joins",
      `SELECT 1 FROM customers ${times(60, (n) => `JOIN customers c${n} USING (email)`, " ")}`,
      /50 tables in one FROM/,
    ],
    [
      "queries in it",
      `SELECT ${times(200, (n) => `(SELECT max(a) FROM crm WHERE b = c.b) AS d${n}`)} FROM customers c`,
      /100 queries/,
    ],
    ["unions", times(600, () => "SELECT * FROM customers", " UNION ALL "), /500 tables/],
    ["unions without end", times(13_000, () => "FROM t", " UNION "), /500 tables|lie within each other/],
    [
      "a pivot",
      `FROM (PIVOT customers ON a IN (${times(120, String)}), b IN (${times(120, String)}) USING max(c))`,
      /20000|10000/,
    ],
    [
      "every grouping",
      `SELECT count(*) FROM customers GROUP BY CUBE (${times(13, (n) => `c${n}`)})`,
      /20000 functions/,
    ],
    [
      "functions that repeat what they are given",
      `SELECT ${[...Array(40).keys()].reduce((sql) => `nullif(${sql}, 'x')`, "email")} FROM customers`,
      /such as nullif/,
    ],
    [
      "our own among them",
      `SELECT ${[...Array(6).keys()].reduce((sql) => `address_key(upper(${sql}))`, "email")} FROM customers`,
      /such as nullif/,
    ],
    [
      "an unused query",
      `WITH a AS (SELECT ${times(8, () => "*")} FROM customers), b AS (SELECT ${times(20, () => "*")} FROM a) SELECT 1`,
      /10000 columns/,
    ],
  ])("%s", async (_name, sql, message) => {
    expect(await refused(checkSelect(opened().engine, sql))).toMatch(message);
  });

  it("in an expression, too", async () => {
    const { engine } = opened();
    expect(
      await refused(checkExpression(engine, `a IN (${chain(12, (t) => `SELECT *, * FROM ${t}`)})`)),
    ).toMatch(/10000 columns/);
    expect(
      await refused(
        checkExpression(
          engine,
          times(100_000, () => "aa", " or "),
        ),
      ),
    ).toMatch(/characters/);
  });

  it("and where each segment is small", async () => {
    const { engine } = opened();
    const whole = chain(29, (t) => `SELECT * FROM ${t} a JOIN ${t} b USING (email)`);
    expect(await refused(checkSize(engine, whole, 'Segment "x"'))).toMatch(
      /^Segment "x": The SQL is too large: .*10000 columns/,
    );
  });
});

describe("SQL that the engine's parser would expand to gigabytes is refused by its text", () => {
  const inBranches = times(
    400,
    () => `SELECT max(email) FROM customers GROUP BY CUBE(${times(15, (n) => `1+${n}`)})`,
    " UNION ALL ",
  );
  const compared = (depth: number): string =>
    [...Array(depth).keys()].reduce((sql) => `CASE ${sql} WHEN 1 THEN 2 WHEN 'when' THEN 3 END`, "a");
  const windows = (count: number, over = "w"): string =>
    `SELECT ${times(count, () => `sum(a) OVER ${over}`)} FROM t WINDOW w AS (ORDER BY ${times(count, (n) => `a${n}`)})`;
  it.each<[string, string, RegExp]>([
    ["CUBE in each part of a UNION", inBranches, /sets of groups/],
    ["with comments between", inBranches.replaceAll("CUBE(", "cube/* /* */ ' */--'\n("), /sets of groups/],
    ["a long ROLLUP", `SELECT 1 FROM t GROUP BY ROLLUP (${times(5000, (n) => `1+${n}`)})`, /sets of groups/],
    ["many", `SELECT 1 FROM t GROUP BY ${times(12, (n) => `ROLLUP (a${n})`)}`, /sets of groups/],
    ["sets", `SELECT 1 FROM t GROUP BY ${times(12, (n) => `GROUPING SETS ((a${n}),())`)}`, /sets of groups/],
    ["CASE of CASE of CASE", `SELECT ${compared(25)} FROM t`, /CASE compares/],
    [
      "the same in calls",
      `SELECT ${compared(20).replaceAll("CASE", "CASE upper(e'\\'' ||").replaceAll(" WHEN 1", ") WHEN 1")}`,
      /CASE compares/,
    ],
    [
      "a long one that is compared often",
      `SELECT CASE concat(${times(2000, (n) => `a${n}`)}) ${times(1000, (n) => `WHEN ${n} THEN 1`, " ")} END FROM t`,
      /CASE compares/,
    ],
    [
      "a CASE that seems to end within a name",
      `SELECT CASE concat(a\u1680end, ${times(2000, (n) => `a${n}`)}) ${times(1000, (n) => `WHEN ${n} THEN 1`, " ")} END FROM t`,
      /CASE compares/,
    ],
    [
      "a name of which nobody knows whether it is one",
      "SELECT /*'*/ CASE a\u00a0end WHEN 1 THEN 2 END FROM t",
      /no plain space \(U\+00A0, line 1, column 20\)/,
    ],
    ["a window by name", windows(1500), /WINDOW names/],
    ["a window on another", windows(1500, "(w ROWS 3 PRECEDING)"), /WINDOW names/],
  ])("%s", async (_name, sql, message) => {
    expect(await refused(checkSelect(opened().engine, sql))).toMatch(message);
  });

  it("and parsing counts against the limits", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-parsing-"));
    const limits = { timeoutSeconds: 10, totalSeconds: 60, memory: "100MB", disk: "50MB" };
    const engine = await Engine.open({
      folder,
      timezone: "UTC",
      clock: new Date(),
      limits,
      spent: { seconds: 61 },
    });
    try {
      await expect(checkSelect(engine, "SELECT 1")).rejects.toThrow(
        "Reading the SQL: the queries of this run took longer than 60 seconds together",
      );
      await expect(checkSize(engine, "SELECT 1", "x")).rejects.toThrow(
        "took longer than 60 seconds together",
      );
    } finally {
      engine.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

it.each([
  ["a few sets of groups", "SELECT country, city, count(*) AS n FROM crm GROUP BY ROLLUP (country, city)"],
  [
    "of what is for sale",
    `SELECT email, cube, "rollup" (a) FROM crm WHERE product IN (${times(100, () => "'Rubik''s cube (small)'")})`,
  ],
  [
    "many functions that repeat what they are given",
    `SELECT ${times(500, (n) => `nullif(trim(split_part(a${n}, ';', 1)), '')`)} FROM crm`,
  ],
  [
    "many a CASE",
    `SELECT ${times(100, (n) => `CASE country ${times(20, (m) => `WHEN 'c${m}' THEN CASE WHEN a THEN ${m} END`, " ")} END AS c${n}`)} FROM crm`,
  ],
  [
    "windows by name",
    `SELECT ${times(30, (n) => `lag(a${n}) OVER w AS b${n}`)} FROM crm WINDOW w AS (PARTITION BY email)`,
  ],
  ["many values", `SELECT email FROM customers WHERE email IN (${times(10_000, (n) => `'${n}'`)})`],
  ["many small queries", chain(200, (t) => `SELECT *, lower(email) AS l FROM ${t} WHERE a > 1`)],
  ["joins of one by one", chain(40, (t) => `SELECT a.* FROM ${t} a JOIN ${t} b USING (email)`)],
  [
    "names of the same SELECT",
    "SELECT trim(email) AS e, lower(e) AS l, coalesce(l, e, l) AS k, k || l || e AS m, m || k AS n FROM crm",
  ],
  ["many columns", `SELECT ${times(2000, (n) => `coalesce(a${n}, '') AS c${n}`)} FROM customers`],
  [
    "recursion",
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 9) SELECT * FROM r, crm",
  ],
])("people may write %s", async (_name, sql) => {
  await expect(checkSelect(opened().engine, sql)).resolves.toBeDefined();
});
