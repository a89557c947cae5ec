import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkExpression, checkOrder, checkSelect } from "../../../../src/engine/user-sql/user-sql.ts";
import { Failure } from "../../../../src/model/failure.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
const tablesOf = async (sql: string) => [...(await checkSelect(opened().engine, sql)).tables].sort();
const refusal = async (check: Promise<unknown>): Promise<string> => {
  const error = await check.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).kind).toBe("invalid");
  return (error as Failure).message;
};

describe("tables of a SELECT", () => {
  test.each<[string, string[]]>([
    ["select 1", []],
    ["from t", ["t"]],
    ["values (1), (2)", []],
    ["select * from t -- where a", ["t"]],
    ["/* from x */ select * from t", ["t"]],
    ["select 'from x' from t", ["t"]],
    ["select * from t as renamed", ["t"]],
    ['select * from "odd ""name"', ['odd "name']],
    ["select * from a union all select * from b except select * from c", ["a", "b", "c"]],
    [
      "select (select max(x) from a) from b where exists (from c) and y in (select z from d)",
      ["a", "b", "c", "d"],
    ],
    [
      "select * from a join b using (x) left join lateral (select * from c where c.x = a.x) on true",
      ["a", "b", "c"],
    ],
    ["select * from a positional join b", ["a", "b"]],
    // Letters that only JavaScript takes for one another: the Kelvin sign and k.
    ['with "\u212A" as (select 1) select * from k', ["k"]],
    ['with "DUC\u212ADB_VIEWS" as (select 1) select * from duckdb_views', ["duckdb_views"]],
    ['with recursive "\u212A" as (select 1 union all select * from k) select * from k', ["k"]],
    ["select * from t pivot (count(*) for x in ('a', 'b'))", ["t"]],
    ["select * from unnest([1, 2]), range(3), generate_series(1, 2)", []],
    ["select list_transform([1], x -> (select max(y) from t))", ["t"]],
    ["select * from t order by (select max(x) from u) limit (select 1 from v)", ["t", "u", "v"]],
    ["select sum(x) over (partition by (select 1 from u)) from t", ["t", "u"]],
    ["select extract(year from a), trim(both from b), a.lower(), count(*) filter (a > 1) from t", ["t"]],
  ])("%s", async (sql, tables) => expect(await tablesOf(sql)).toEqual(tables));
});

describe("a CTE hides a table only where SQL says so", () => {
  test.each<[string, string[]]>([
    ["with a as (select 1) select * from a", []],
    ["with A as (select 1) select * from a", []],
    ["with a as (select * from b) select * from a", ["b"]],
    ["with a as (select 1), b as (select * from a) select * from b, c", ["c"]],
    ["with a as (select 1) select * from (select * from a) union all select * from a", []],
    ["select * from (with a as (select 1) select * from a) as x, a", ["a"]],
    ["with a as (with b as (select * from z) select * from b) select * from a, b", ["b", "z"]],
    // Inside its own definition and before it, the name is the table's.
    ["with t as (select * from t) select * from t", ["t"]],
    ["with b as (select * from a), a as (select 1) select * from b", ["a"]],
    ["with recursive r as (select 1 as n union all select n + 1 from r where n < 3) select * from r", []],
    ["with recursive r as (select n from s union all select n + 1 from r) select * from r", ["s"]],
    ["with a as (select 1) select * from main.a", ["a"]],
    // Nor does a recursive one where it begins.
    ["with recursive r as (select n from r union all select n + 1 from r) select * from r", ["r"]],
    ["with recursive r as (select n from r) select * from r", ["r"]],
    ["with recursive r as (select n from (from r) union select 1 from r) select * from r", ["r"]],
    ["with recursive r as (select (select max(n) from r) union all select 1 from r) from r", ["r"]],
    ["with recursive r as (with s as (from r) from s union all select 1 from r) from r", ["r"]],
    ["with recursive r as (select 1 as n union all (with r as (from r) from r)) from r", []],
    ["with recursive s as (from r), r as (select 1 as n union all select n from r) from s", ["r"]],
    ["with recursive r(n) as (select 1 union all select n + 1 from r), s as (from r) from s", []],
    ["from (with recursive r as (from r union all from r) from r) as x, r", ["r"]],
    ["with recursive r as (values (1) union (select 1 from q union all select 2 from r)) from r", ["q"]],
  ])("%s", async (sql, tables) => expect(await tablesOf(sql)).toEqual(tables));

  test("as the engine reads it", async () => {
    const { engine } = opened();
    await engine.run("CREATE TABLE scoped AS SELECT 1 AS n");
    expect(
      await engine.rows(
        "with recursive scoped as (select n + 10 as n from scoped union all select n + 1 from scoped where n < 12) from scoped order by n",
      ),
    ).toEqual([{ n: 11 }, { n: 12 }]);
    expect(await engine.rows("with recursive scoped as (select n + 1 as n from scoped) from scoped")).toEqual(
      [{ n: 2 }],
    );
    expect(await engine.rows("with scoped as (select n + 1 as n from scoped) select * from scoped")).toEqual([
      { n: 2 },
    ]);
    expect(
      await engine.rows("with b as (select * from scoped), scoped as (select 5 as n) select * from b"),
    ).toEqual([{ n: 1 }]);
  });
});

describe("refused as a SELECT", () => {
  test.each([
    "",
    "  -- nothing",
    "select 1; select 2",
    "select 1; drop table t",
    "selec 1",
    "insert into t values (1)",
    "delete from t",
    "create table x as select 1",
    "copy t to 'x.csv'",
    "copy (select 1) to 'x.csv'",
    "attach 'x.duckdb'",
    "install httpfs",
    "load httpfs",
    "set threads = 1",
    "reset threads",
    "pragma version",
    "call pragma_version()",
    "explain select 1",
    "describe t",
    "summarize t",
    "show tables",
    "from (describe t)",
    "pivot t on a using count(*)",
    "execute x",
    "export database 'x'",
    "select * from read_csv('x')",
    "select * from read_parquet('x')",
    "select * from read_text('x')",
    "select * from glob('*')",
    "select * from query('select 1')",
    "select * from query_table('t')",
    "select * from sniff_csv('x')",
    "select * from duckdb_settings()",
    "select * from duckdb_secrets()",
    "select * from pragma_show('t')",
    "select * from json_execute_serialized_sql('x')",
    "select * from (select * from read_csv('x')) union select 1",
    "with a as (select * from read_csv('x')) select 1",
    "select * from information_schema.tables",
    "select * from pg_catalog.pg_tables",
    "select * from system.information_schema.tables",
    "select * from t where a > ?",
    "select $name",
    "select * from t using sample 3",
    "select * from t tablesample 10%",
    "select * from t tablesample reservoir(20%) repeatable (1)",
    "select system.main.now()",
    "select system.now()",
    "select SYSTEM.main.lower('A')",
    "select error('x')",
    "select * from t where ERROR(a) is null",
    'select list_transform([a], x -> "error"(x)) from t',
    "select * from system.main.duckdb_tables",
    "select * from temp.main.t",
    "select * from temp.t",
    "from (pivot t on a using count(*))",
    "with p as (pivot t on a using count(*)) from p",
  ])("%s", async (sql) => expect(await refusal(checkSelect(opened().engine, sql))).not.toBe(""));
});

test("every function whose answer may differ between two calls is refused", async () => {
  const { engine } = opened();
  const rows = await engine.rows<{ name: string }>(
    "SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE stability = 'VOLATILE' AND function_name <> 'error'",
  );
  expect(rows.length).toBeGreaterThan(10);
  for (const { name } of rows) {
    expect(await refusal(checkSelect(engine, `select ${name}()`)), name).toContain(`"${name}"`);
    await refusal(checkExpression(engine, `list_transform([1], x -> ${name}())`));
  }
});

test.each(["getenv('HOME')", "current_setting('threads')", "getvariable('x')", "txid_current()"])(
  "%s is refused wherever it stands",
  async (call) => {
    const { engine } = opened();
    for (const sql of [
      `select ${call}`,
      `select * from t where x = ${call}`,
      `select * from t order by ${call}`,
      `select sum(x) over (order by ${call}) from t`,
      `select [${call} for x in [1]]`,
      `with a as (select ${call}) select 1`,
      `select case when ${call} is null then 1 end`,
    ])
      expect(await refusal(checkSelect(engine, sql))).toContain("may not call");
  },
);

describe("the order of rows", () => {
  test.each(["a", "a desc nulls last, b", "lower(a), -b -- the newest", "a collate nocase"])("%s", (sql) =>
    checkOrder(opened().engine, sql),
  );

  test.each([
    "",
    "a limit 1",
    "a offset 1",
    "a union select 1",
    "a; select 1",
    "a) from t order by (b",
    "(select max(x) from t)",
    "(select 1 from ranked)",
    "exists (from ranked)",
    "error(a)",
    "random()",
    "a /* open",
    "?",
  ])("%s is none", async (sql) => void (await refusal(checkOrder(opened().engine, sql))));
});

describe("SQL that cannot be parsed is shown at its place", () => {
  test.each<[string, string]>([
    ["select 1 +", "The SQL cannot be parsed: syntax error at its end."],
    ["select a\nfrom t whre b = 1", 'The SQL cannot be parsed: syntax error at or near "b" (line 2, column 13).'],
    ["select 'ärger' x y from t", 'The SQL cannot be parsed: syntax error at or near "y" (line 1, column 18).'],
    ["select 'anna@example.com", `The SQL cannot be parsed: unterminated quoted string at or near "'a•••@example.com" (line 1, column 8).`],
    ["pivot t on a using count(*)", "The SQL must be a SELECT; a PIVOT must name its columns."],
  ])("%s", async (sql, message) => expect(await refusal(checkSelect(opened().engine, sql))).toBe(message)); // prettier-ignore

  test.each<[string, string]>([
    ["zqfirstword@example.com\n", "syntax error (line 1, column 1)"],
    ['"zqquoted line', "unterminated quoted identifier (line 1, column 1)"],
    ["select 1\nzqkey zqkey", "syntax error (line 2, column 7)"],
    ["select 1 +", "syntax error at its end"],
  ])("without a word when it is in a file: %s", async (sql, fault) =>
    expect(await refusal(checkSelect(opened().engine, sql, "data/blocked.txt"))).toBe(
      `The SQL in data/blocked.txt cannot be parsed: ${fault}.`,
    ),
  );

  test("also within an expression", async () =>
    expect(await refusal(checkExpression(opened().engine, "a = = 1"))).toBe(
      'The SQL cannot be parsed: syntax error at or near "=" (line 1, column 5).',
    ));
});

describe("an expression", () => {
  test.each<[string, string[]]>([
    ["1", []],
    ["a = 1 and b like 'x%'", []],
    ["(1)", []],
    ["a -- the column", []],
    ["/* x */ a", []],
    ["case when a then b end", []],
    ["a in (select x from z)", ["z"]],
    ["exists (from z)", ["z"]],
    ["now()", []],
    ["a::date > current_date - interval 1 year", []],
    ["'it''s; -- no comment'", []],
  ])("%s", async (sql, tables) =>
    expect([...(await checkExpression(opened().engine, sql)).tables]).toEqual(tables),
  );

  test.each([
    "",
    "-- nothing",
    "1) --",
    "1) AS x, (2",
    "1), (2",
    "1); select (2",
    "1); drop table t; select (1",
    "1) from t where (true",
    "1) where (true",
    "1) union select (2",
    "1) order by (1",
    "1) limit (1",
    "1) group by (1",
    "1) having (true",
    "1) qualify (true",
    "1) using sample (1",
    "1) from (select 1",
    "1 as x",
    "1;",
    "1 /* open",
    "'open",
    "?",
  ])("%s is none", async (sql) => void (await refusal(checkExpression(opened().engine, sql))));

  test("stays inside its parentheses when it is accepted", { timeout: 60_000 }, async () => {
    const { engine } = opened();
    const piece = fc.constantFrom(
      "1", "a", "(", ")", ",", "'", '"', "--", "/*", "*/", "\n", ";", " from t", " where ", " union select ",
      " group by ", " order by ", " limit ", " as ", " or ", "=", "$$", "\\", "'x'", " select ", "exists", "[", "]",
    ); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (pieces) => {
        const sql = pieces.join("");
        const accepted = await checkExpression(engine, sql).then(
          () => true,
          (error: unknown) => {
            expect(error).toBeInstanceOf(Failure);
            return false;
          },
        );
        if (!accepted) return;
        const { ast } = await engine.row<{ ast: string }>(
          `SELECT CAST(json_serialize_sql('${`SELECT 7 AS before, (\n${sql}\n) AS wrapped, 8 AS after FROM inner_table WHERE (\n${sql}\n) AND 9 = 9`.replaceAll("'", "''")}') AS VARCHAR) AS ast`,
        );
        const { statements } = JSON.parse(ast) as { statements: { node: Record<string, unknown[]> }[] };
        expect(statements).toHaveLength(1);
        expect(statements[0]?.node["select_list"]).toHaveLength(3);
        expect(statements[0]?.node["from_table"]).toMatchObject({ table_name: "inner_table" });
        expect(statements[0]?.node["where_clause"]).toMatchObject({ type: "CONJUNCTION_AND" });
      }),
      { numRuns: 2000 },
    );
  });
});
