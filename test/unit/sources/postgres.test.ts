import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadSource, type LoadedSource } from "../../../src/engine/load/load-source.js";
import type { Failure } from "../../../src/model/failure.js";
import { Secret } from "../../../src/platform/secrets/secret.js";
import { SharedThings } from "../../../src/run/shared.js";
import { postgres } from "../../../src/sources/postgres/index.js";
import { manifest } from "../../../src/sources/postgres/manifest.js";
import type { PostgresSource } from "../../../src/sources/postgres/postgres-source.js";
import { withEngine, type EngineFolders } from "../../support/engine.js";
import { startPostgres, type Postgres } from "../../support/postgres.js";
import { failureOf } from "./support.js";

let server: Postgres;
let admin: pg.Client;
let shared = new SharedThings();

beforeAll(async () => {
  server = await startPostgres();
  admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});
afterEach(async () => {
  await shared.close();
  shared = new SharedThings();
});

type Written = Parameters<typeof manifest.sourceOf>[0];

function sourceOf(written: Written, name = "crm"): PostgresSource {
  const base = { name, folder: "/", columns: {}, minimumRows: undefined, maxAge: undefined };
  return manifest.sourceOf(written, base) as PostgresSource;
}

async function loadInto(
  { engine }: EngineFolders,
  written: Written,
  { name = "crm", url = server.url(), signal = new AbortController().signal } = {},
): Promise<LoadedSource> {
  const source = sourceOf(written, name);
  const read = await postgres.open(source, { within: [], secrets: { url: new Secret(url) }, shared, signal });
  return loadSource(engine, source, read);
}

const load = (written: Written, more: Parameters<typeof loadInto>[2] = {}): Promise<LoadedSource> =>
  withEngine((folders) => loadInto(folders, written, more));

/** The type and the value of each column of a query's one row, and what was written where that was kept beside it. */
function valuesOf(query: string): Promise<Record<string, readonly [string, unknown]>> {
  return withEngine(async (folders) => {
    await loadInto(folders, { query });
    const { engine } = folders;
    const columns = await engine.outer.rows<{ column_name: string; column_type: string }>(`DESCRIBE "crm"`);
    const items = columns.map(({ column_name: name }) => `CAST("${name}" AS VARCHAR) AS "${name}"`);
    const row = await engine.outer.row<Record<string, unknown>>(`SELECT ${items.join(", ")} FROM "crm"`);
    return Object.fromEntries(
      columns.map(({ column_name: name, column_type: type }) => [name, [type, row[name]]]),
    );
  });
}

describe("a value arrives", () => {
  it("in its type", async () => {
    const values =
      await valuesOf(`SELECT true AS yes, false AS no, 7::smallint AS small, 9223372036854775807 AS large,
      1.50::numeric(10,2) AS price, 12345678901234567890123.5 AS any, 0.1::float8 AS share, 1e20::float8 AS much,
      date '2024-02-29' AS day, timestamp '2024-02-29 10:00:00.5' AS local, timestamptz '2024-02-29 10:00:00+02' AS instant`);
    expect(values).toEqual({
      yes: ["BOOLEAN", "true"],
      no: ["BOOLEAN", "false"],
      small: ["BIGINT", "7"],
      large: ["BIGINT", "9223372036854775807"],
      price: ["DECIMAL(10,2)", "1.50"],
      any: ["DOUBLE", "1.2345678901234568e+22"],
      share: ["DOUBLE", "0.1"],
      much: ["DOUBLE", "1e+20"],
      day: ["DATE", "2024-02-29"],
      local: ["TIMESTAMP", "2024-02-29 10:00:00.5"],
      instant: ["TIMESTAMP", "2024-02-29 08:00:00"],
    });
  });

  it("as text, where it has no type of the engine, and where it is text that looks like another", async () => {
    const values = await valuesOf(
      `SELECT '007'::text AS code, '2024-01-01'::varchar AS said, '{a,b}'::text[] AS list, '{"a": 1}'::jsonb AS json,
       interval '1 day' AS span, '\\x00ff'::bytea AS bytes, '192.168.0.1'::inet AS host, 'a'::"char" AS letter`,
    );
    expect(values).toEqual({
      code: ["VARCHAR", "007"],
      said: ["VARCHAR", "2024-01-01"],
      list: ["VARCHAR", "{a,b}"],
      json: ["VARCHAR", '{"a": 1}'],
      span: ["VARCHAR", "1 day"],
      bytes: ["VARCHAR", "\\x00ff"],
      host: ["VARCHAR", "192.168.0.1"],
      letter: ["VARCHAR", "a"],
    });
  });

  it("exactly, where it is a whole number of many digits that has no other type", async () => {
    await withEngine(async (folders) => {
      const values = ["1234567890123456788", "1234567890123456789", "7"].map((id) => `(${id}::numeric)`);
      await loadInto(folders, {
        query: `select id from (values ${values.join(",")}) v(id)`,
      });
      const rows = await folders.engine.outer.rows<{ id: string }>(
        "SELECT CAST(id AS VARCHAR) AS id FROM crm GROUP BY crm.id ORDER BY crm.id DESC",
      );
      expect(rows.map(({ id }) => id)).toEqual(["1234567890123456789", "1234567890123456788", "7"]);
    });
  });

  it.each(["where false", ""])(
    "in no row, or as NULL, and its column has its type nevertheless: %j",
    async (where) => {
      await withEngine(async (folders) => {
        await loadInto(folders, {
          query: `select null::int as n, null::numeric as m, null::numeric(9,2) as d, null::bool as b,
          null::date as day, null::timestamptz as at, null::text as t ${where}`,
        });
        const columns = await folders.engine.outer.rows<{ column_type: string }>("DESCRIBE crm");
        expect(columns.map(({ column_type: type }) => type)).toEqual([
          "BIGINT",
          "DOUBLE",
          "DECIMAL(9,2)",
          "BOOLEAN",
          "DATE",
          "TIMESTAMP",
          "VARCHAR",
        ]);
      });
    },
  );

  it.each([
    ["infinity of a day", "date 'infinity'", "infinity"],
    ["a day before Christ", "date '0044-03-15 BC'", "0044-03-15 BC"],
    ["infinity of a time", "timestamptz '-infinity'", "-infinity"],
    ["no number", "'NaN'::numeric", "NaN"],
    ["infinity of a float", "'Infinity'::float8", "Infinity"],
    ["more digits than the engine has", `${"9".repeat(39)}::numeric(39,0)`, undefined],
  ])("as it is written, where the engine knows no such value: %s", async (_, value, written) => {
    const { v } = await valuesOf(`SELECT ${value} AS v`);
    if (written === undefined) expect(v?.[0]).toBe("DOUBLE");
    else expect(v).toEqual(["VARCHAR", written]);
  });

  it.each([
    "",
    " ",
    '"',
    '""',
    "'",
    ",",
    "a,b",
    "\n",
    "\r\n",
    "a\r\nb",
    "\\N",
    "\\.",
    "NULL",
    "\t",
    "👋 Zoë",
    '"quoted", and more',
    'ends with a quote"',
    "x".repeat(100_000),
    "\\x41",
    "\u2028",
  ])("unchanged: %j", async (text) => {
    await admin.query("CREATE TEMP TABLE IF NOT EXISTS nasty (v text); TRUNCATE nasty");
    const { v, none } = await valuesOf(`SELECT ${literal(text)}::text AS v, NULL::text AS none`);
    expect(v).toEqual(["VARCHAR", text]);
    expect(none).toEqual(["VARCHAR", null]);
  });
});

it("rows arrive whole, whatever line ends are in their values", async () => {
  const ends = ["\r\n", "\r", "\n", "a\r\nb", "c\rd", "e\nf", "", "plain"];
  await admin.query("DROP TABLE IF EXISTS ends; CREATE TABLE ends (v text, w text)");
  for (const first of ends)
    for (const second of ends) await admin.query("INSERT INTO ends VALUES ($1, $2)", [first, second]);
  await withEngine(async (folders) => {
    expect((await loadInto(folders, { table: "ends" })).rows).toBe(ends.length ** 2);
    const rows = await folders.engine.outer.rows<{ v: string; w: string }>(`SELECT v, w FROM "crm"`);
    const told = (list: readonly { v: string; w: string }[]): string[] =>
      list.map((row) => JSON.stringify(row)).sort();
    expect(told(rows)).toEqual(
      told((await admin.query<{ v: string; w: string }>("SELECT v, w FROM ends")).rows),
    );
  });
});

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

describe("nothing is read", () => {
  const refusal = (written: Written, more: Parameters<typeof loadInto>[2] = {}): Promise<Failure> =>
    failureOf(load(written, more));

  it.each<[string, Written, string, string]>([
    ["of a table that is not there", { table: "nowhere.people" }, "not-found", "does not exist"],
    ["of a query that is none", { query: "selec 1" }, "invalid", "does not take its query"],
    ["of a column that is not there", { query: "select nothing from pg_class" }, "invalid", '"nothing"'],
    [
      "where the query writes",
      { query: "select set_config('a.b', 'c', false) as a, nextval('taken') as b" },
      "invalid",
      "only read",
    ],
    [
      "of two statements",
      { query: "select 1 as a) as x; drop table kept; --" },
      "invalid",
      "does not take its query",
    ],
    [
      "that takes too long",
      { query: "select pg_sleep(30) as a", statementTimeout: "1s" },
      "transient",
      "statementTimeout",
    ],
    [
      "where the data fails",
      { query: "select ('x' || g)::int as a from generate_series(1, 3) g" },
      "invalid",
      "failed on the data",
    ],
    ["without a column", { query: "select" }, "invalid", "no column"],
  ])("%s", async (_, written, kind, message) => {
    await admin.query("CREATE SEQUENCE IF NOT EXISTS taken; CREATE TABLE IF NOT EXISTS kept (a int)");
    const failure = await refusal(written);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(message);
    expect(failure.message).toMatch(/^Source "crm": /);
    expect((await admin.query("SELECT to_regclass('kept') AS kept")).rows).toEqual([{ kept: "kept" }]);
  });

  it("of what the user may not see", async () => {
    await admin.query(
      "CREATE TABLE IF NOT EXISTS secret (a int); DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN PASSWORD 'guest'",
    );
    const url = server.url().replace(/\/\/[^@]*@/, "//guest:guest@");
    const { kind, message } = await refusal({ table: "secret" }, { url });
    expect(kind).toBe("auth");
    expect(message).toContain("may not read it");
  });

  it("of a table of which the user sees some rows alone", async () => {
    await admin.query(
      `CREATE TABLE IF NOT EXISTS guarded (id int); TRUNCATE guarded; INSERT INTO guarded VALUES (1), (2);
       ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; DROP POLICY IF EXISTS few ON guarded;
       CREATE POLICY few ON guarded USING (id = 1); CREATE OR REPLACE VIEW meant AS SELECT * FROM guarded;
       DROP ROLE IF EXISTS viewer; CREATE ROLE viewer LOGIN PASSWORD 'viewer'; GRANT SELECT ON guarded, meant TO viewer`,
    );
    const url = server.url().replace(/\/\/[^@]*@/, "//viewer:viewer@");
    const { kind, message } = await refusal({ table: "guarded" }, { url });
    expect([kind, message]).toEqual(["refused", expect.stringContaining("row-level security")]);
    expect(await load({ table: "meant" }, { url })).toMatchObject({ rows: 2 });
    await admin.query("REVOKE ALL ON guarded, meant FROM viewer");
  });

  it("and what a function of theirs says of somebody is not told", async () => {
    await admin.query(
      `CREATE OR REPLACE FUNCTION complain(text) RETURNS text LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'no % here', $1 USING ERRCODE = '42P01'; END $$`,
    );
    const query = "select complain('ann' || g || '@example.com') as a from generate_series(1, 2) g";
    const { message, hint } = await refusal({ query });
    expect(`${message} ${hint}`).not.toContain("@example.com");
  });

  it("from a database that is not there", async () => {
    const { kind } = await refusal({ table: "a" }, { url: server.url().replace(/postgres$/, "nowhere") });
    expect(kind).toBe("not-found");
  });

  it("where the server ends the connection in the middle", async () => {
    const reading = refusal({
      query:
        "select g as a, repeat('x', 1000) as b, case when g = 50000 then pg_sleep(5) end as c from generate_series(1, 100000) g",
    });
    await expect
      .poll(
        async () =>
          (
            await admin.query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rollcall' AND wait_event = 'PgSleep'",
            )
          ).rowCount,
        { timeout: 10_000 },
      )
      .toBe(1);
    expect((await reading).kind).toBe("transient");
  });

  it("of a value that is no row of a person is told", async () => {
    const { message, hint } = await refusal({
      query: "select 'ann@example.com'::int as a from generate_series(1, 1)",
    });
    expect(`${message} ${hint}`).not.toContain("ann@");
  });
});

describe("sources of one database", () => {
  it("are read as it was at one moment, and one that fails spoils none", async () => {
    await admin.query(
      "CREATE TABLE IF NOT EXISTS moment (n int); TRUNCATE moment; INSERT INTO moment VALUES (1)",
    );
    await withEngine(async (folders) => {
      const first = await loadInto(folders, { table: "moment" }, { name: "first" });
      await admin.query("INSERT INTO moment VALUES (2)");
      expect((await failureOf(loadInto(folders, { table: "nowhere" }, { name: "second" }))).kind).toBe(
        "not-found",
      );
      const third = await loadInto(folders, { query: "select * from moment" }, { name: "third" });
      expect([first.rows, third.rows]).toEqual([1, 1]);
      expect(third.snapshot).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
      expect(third.snapshot).toBe(first.snapshot);
      expect(third.proof).toBe("the row count of the database");
    });
  });

  it.each([
    ["emptied and filled again", "TRUNCATE swapped; INSERT INTO swapped VALUES (3)"],
    ["made anew", "DROP TABLE swapped CASCADE; CREATE TABLE swapped AS SELECT 3 AS n"],
    [
      "put in the place of the old one",
      "DROP TABLE swapped CASCADE; INSERT INTO fresh VALUES (3); ALTER TABLE fresh RENAME TO swapped",
    ],
  ])("refuse a table that was %s since that moment, and looks empty", async (_, statements) => {
    await admin.query(
      `DROP TABLE IF EXISTS swapped, fresh CASCADE; CREATE TABLE swapped AS SELECT 1 AS n; CREATE TABLE fresh (n int);
       CREATE VIEW behind AS SELECT n FROM swapped`,
    );
    await withEngine(async (folders) => {
      await loadInto(folders, { query: "select 1 as a" }, { name: "first" });
      await admin.query(`BEGIN; ${statements}; COMMIT`);
      await admin.query(
        "CREATE INDEX ON swapped (n); CREATE OR REPLACE VIEW behind AS SELECT n FROM swapped",
      );
      for (const [name, written] of [
        ["second", { table: "swapped" }],
        ["third", { query: "select * from behind" }],
      ] as const)
        expect((await failureOf(loadInto(folders, written, { name }))).message).toMatch(
          /emptied or replaced while the database was read/,
        );
    });
    await shared.close();
    expect((await load({ table: "swapped" })).rows).toBe(1);
  });

  it("do not mind what is written, indexed or looked at anew meanwhile", async () => {
    await admin.query(
      "DROP TABLE IF EXISTS kept CASCADE; CREATE TABLE kept AS SELECT 1 AS n; CREATE VIEW seen AS SELECT n FROM kept",
    );
    await withEngine(async (folders) => {
      await loadInto(folders, { query: "select 1 as a" }, { name: "first" });
      await admin.query(
        "INSERT INTO kept VALUES (2); CREATE INDEX ON kept (n); DROP VIEW seen; CREATE VIEW seen AS SELECT n FROM kept",
      );
      expect((await loadInto(folders, { query: "select * from seen" }, { name: "second" })).rows).toBe(1);
    });
  });

  it("print values in one way, whatever the settings of the database", async () => {
    await admin.query("CREATE DATABASE styled");
    for (const setting of [
      "extra_float_digits = 0",
      "intervalstyle = 'iso_8601'",
      "datestyle = 'German'",
      "timezone = 'Asia/Tokyo'",
      "bytea_output = 'escape'",
    ])
      await admin.query(`ALTER DATABASE styled SET ${setting}`);
    const url = server.url().replace(/postgres$/, "styled");
    await withEngine(async (folders) => {
      const query = `select 0.1::float8 + 0.2::float8 as float, interval '1 day' as span, '\\x00ff'::bytea as bytes,
        timestamptz '2024-02-29 10:00:00+02' as instant`;
      await loadInto(folders, { query }, { url });
      expect(
        await folders.engine.outer.row(
          "SELECT CAST(float AS VARCHAR) AS float, span, bytes, CAST(instant AS VARCHAR) AS instant FROM crm",
        ),
      ).toEqual({
        float: "0.30000000000000004",
        span: "1 day",
        bytes: "\\x00ff",
        instant: "2024-02-29 08:00:00",
      });
    });
  });

  it("may be empty", async () => {
    expect(await load({ query: "select 1 as a, ''::text as b where false" })).toMatchObject({
      rows: 0,
      columns: 2,
    });
  });

  it("leave no connection open", async () => {
    await load({ query: "select 1 as a" });
    await shared.close();
    await expect
      .poll(
        async () =>
          (await admin.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'rollcall'")).rowCount,
      )
      .toBe(0);
  });
});
