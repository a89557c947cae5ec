import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, test } from "vitest";
import { manifest as duckdbKind } from "../../../src/sources/duckdb/manifest.js";
import { duckdb } from "../../../src/sources/duckdb/index.ts";
import { SharedThings } from "../../../src/run/shared.js";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadDatabase } from "./support.ts";

const opened = sharedEngine({ timezone: "Europe/Berlin" });
const warehouse = () => join(opened().data, "warehouse.duckdb");
const signal = new AbortController().signal;

beforeAll(async () => {
  const instance = await DuckDBInstance.create(warehouse());
  const connection = await instance.connect();
  for (const sql of [
    "CREATE TABLE customers AS SELECT 1 AS id, 'ann@x.example' AS email, '01' AS zip",
    "CREATE SCHEMA crm",
    "CREATE TABLE crm.people AS SELECT 2 AS id",
    "CREATE VIEW today AS SELECT id, CAST(now() AS VARCHAR) AS at, current_date AS day FROM customers",
    'CREATE TABLE "two words" AS SELECT 3 AS id',
  ])
    await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  await writeFile(join(opened().data, "people.csv"), "id\n9\n");
});

test.each<[string, { table?: string; sql?: string }, (string | null)[][]]>([
  ["a table", { table: "customers" }, [["1", "ann@x.example", "01"]]],
  ["a table of a schema", { table: "crm.people" }, [["2"]]],
  ["a name with a blank", { table: "two words" }, [["3"]]],
  ["a query", { sql: "select id + 1 as id from customers" }, [["2"]]],
  ["a query that ends in a comment", { sql: "select id from customers -- all" }, [["1"]]],
  ["a query with a CTE", { sql: "with c as (select * from crm.people) select * from c" }, [["2"]]],
  // The run clock, not the machine's, also inside a view of the database.
  ["a view", { table: "today" }, [["1", "2020-02-04 00:30:00.123+01", "2020-02-04"]]],
  [
    "a query with a clock",
    { sql: "select today() as t, age(DATE '2020-01-04') as a" },
    [["2020-02-04", "1 month"]],
  ],
])("%s", async (_what, options, values) => {
  expect((await loadDatabase(opened(), warehouse(), options)).values).toEqual(values);
});

test("types are the database's, unless declared", async () => {
  expect((await loadDatabase(opened(), warehouse(), { table: "customers" })).columns).toEqual([
    "id INTEGER",
    "email VARCHAR",
    "zip VARCHAR",
  ]);
  const { columns } = await loadDatabase(opened(), warehouse(), {
    table: "customers",
    columns: { id: "text" },
  });
  expect(columns[0]).toBe("id VARCHAR");
});

describe("a query may name tables of the database and nothing else", () => {
  test("no file, however it is written", async () => {
    const { data } = opened();
    const before = process.cwd();
    process.chdir(data);
    try {
      for (const from of [
        `'${data}/people.csv'`,
        `"${data}/people.csv"`,
        `"${data}/people"."csv"`,
        `people.csv`,
        `"people"."csv"`,
        `read_csv('${data}/people.csv')`,
      ])
        expect(
          await failureOf(loadDatabase(opened(), warehouse(), { sql: `select * from ${from}` })),
          from,
        ).toMatchObject({
          kind: "invalid",
        });
    } finally {
      process.chdir(before);
    }
  });

  test("no table of the engine", async () => {
    await opened().engine.outer.run("CREATE TABLE engine_only AS SELECT 1 AS id");
    for (const from of ["memory.main.engine_only", "engine_only"])
      expect(await failureOf(loadDatabase(opened(), warehouse(), { sql: `from ${from}` }))).toMatchObject({
        kind: "invalid",
      });
  });

  test.each([
    "insert into customers values (2, 'b', 'c')",
    "select 1; select 2",
    "select random()",
    "copy customers to 'x'",
  ])("not %s", async (sql) =>
    expect(await failureOf(loadDatabase(opened(), warehouse(), { sql }))).toMatchObject({ kind: "invalid" }),
  );
});

test("a table that is not there is named with those that are", async () => {
  const failure = await failureOf(loadDatabase(opened(), warehouse(), { table: "clients" }));
  expect(failure.message).toMatch(
    /^Source ".*" \(warehouse\.duckdb\): there is no table "clients" in the database\.$/,
  );
  expect(failure.hint).toContain("customers");
});

test("the database is only read, and detached again whatever happens", async () => {
  const before = await readFile(warehouse());
  await loadDatabase(opened(), warehouse(), { table: "customers" });
  await failureOf(loadDatabase(opened(), warehouse(), { table: "clients" }));
  await failureOf(loadDatabase(opened(), warehouse(), { table: "customers", minimumRows: 2 }));
  expect((await readFile(warehouse())).equals(before)).toBe(true);
  expect(
    await opened().engine.outer.rows(
      "SELECT database_name AS name FROM duckdb_databases() WHERE NOT internal",
    ),
  ).toEqual([{ name: "memory" }]);
  expect(await opened().engine.outer.rows("SELECT current_database() AS name")).toEqual([{ name: "memory" }]);
});

test("no file, another file, a cut-off one", async () => {
  const { data } = opened();
  expect(await failureOf(loadDatabase(opened(), join(data, "none.duckdb"), { table: "t" }))).toMatchObject({
    kind: "not-found",
  });
  expect(await failureOf(loadDatabase(opened(), data, { table: "t" }))).toMatchObject({ kind: "not-found" });
  await writeFile(join(data, "text.duckdb"), "ann@secret.example ".repeat(1000));
  const other = await failureOf(loadDatabase(opened(), join(data, "text.duckdb"), { table: "t" }));
  expect(other).toMatchObject({ kind: "invalid", message: expect.stringContaining("not a DuckDB database") });
  await writeFile(join(data, "cut.duckdb"), (await readFile(warehouse())).subarray(0, 9000));
  expect(
    (await failureOf(loadDatabase(opened(), join(data, "cut.duckdb"), { table: "customers" }))).message,
  ).not.toContain("ann@");
});

test("one that another process has open for writing", async () => {
  const path = join(opened().data, "busy.duckdb");
  const child = spawn(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { DuckDBInstance } from "@duckdb/node-api";
       const instance = await DuckDBInstance.create(process.argv[1]);
       const connection = await instance.connect();
       await connection.run("CREATE TABLE t AS SELECT 1 AS id");
       // Collected as garbage, they would be closed.
       globalThis.kept = [instance, connection];
       console.log("open");
       process.stdin.resume();`,
      path,
    ],
    { stdio: ["pipe", "pipe", "inherit"], cwd: new URL("../../..", import.meta.url).pathname },
  );
  try {
    await once(child.stdout, "data");
    const failure = await failureOf(loadDatabase(opened(), path, { table: "t" }));
    expect(failure).toMatchObject({ kind: "transient", message: expect.stringContaining("another process") });
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});

test("one that changes while it is read is refused", async () => {
  const source = {
    type: "duckdb",
    kind: duckdbKind,
    folder: "/",
    name: "people",
    columns: {},
    minimumRows: undefined,
    maxAge: undefined,
    path: warehouse(),
    table: "customers",
    sql: undefined,
  } as const;
  const read = await duckdb.open(source, { within: ["/"], secrets: {}, shared: new SharedThings(), signal });
  await read.seal(1);
  await utimes(warehouse(), 5, 5);
  expect(await failureOf(read.seal(1))).toMatchObject({
    kind: "transient",
    message: expect.stringContaining("changed"),
  });
});
