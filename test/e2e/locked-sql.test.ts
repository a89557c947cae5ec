import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openProject, type Project } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";

let project: Project;
let outside: string;
let server: Server;
let asked = 0;

beforeAll(async () => {
  project = await openProject();
  outside = await mkdtemp(join(tmpdir(), "rollcall-outside-"));
  await writeFile(join(outside, "passwd.csv"), "email\ncanary@secret.example\n");
  await project.profiles([{ email: "a@example.com" }, { email: "b@example.com" }]);
  server = createServer((_request, response) => {
    asked += 1;
    response.end("email\nx@example.com\n");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await rm(outside, { recursive: true });
  await project.stop();
});

/** What a pull request may try in a segment's SQL. */
function attacks(): string[] {
  const file = join(outside, "passwd.csv");
  const target = join(outside, "written");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.csv`;
  const readers = [
    "read_csv", "read_csv_auto", "read_text", "read_blob", "read_json", "read_json_auto", "read_ndjson", "read_json_objects", "read_parquet", "parquet_scan", "parquet_metadata", "parquet_schema", "parquet_kv_metadata", "parquet_file_metadata", "sniff_csv", "glob", "sqlite_scan", "postgres_scan", "iceberg_scan", "delta_scan", "read_xlsx", "read_duckdb", "arrow_scan", "seq_scan", "json_execute_serialized_sql",
  ]; // prettier-ignore
  const metadata = [
    "duckdb_secrets()", "duckdb_settings()", "duckdb_databases()", "duckdb_functions()", "duckdb_tables()", "duckdb_views()", "duckdb_temporary_files()", "duckdb_logs()", "pragma_database_list", "which_secret('x', 's3')", "query('select 1')", "query_table('crm')", "checkpoint()", "force_checkpoint()", "repeat_row(1, num_rows = 3)", "test_all_types()", "summary('crm')",
  ]; // prettier-ignore
  return [
    ...readers.map((name) => `SELECT * FROM ${name}('${file}')`),
    ...readers.slice(0, 4).map((name) => `SELECT * FROM ${name}('${url}')`),
    ...metadata.map((call) => `SELECT * FROM ${call}`),
    `FROM '${file}'`,
    `SELECT * FROM "${file}"`,
    `SELECT * FROM '${url}'`,
    "FROM 'profiles.csv'",
    "FROM '.rollcall/root/000000000001.json'",
    `SELECT (SELECT content FROM read_text('${file}')) AS email FROM crm`,
    `WITH a AS (FROM read_csv('${file}')) SELECT * FROM a`,
    `SELECT * FROM crm WHERE email IN (FROM read_csv('${file}'))`,
    `SELECT * FROM crm, LATERAL (FROM read_csv('${file}'))`,
    `SELECT list_transform([1], x -> (SELECT max(content) FROM read_text('${file}'))) AS email`,
    `SELECT getenv('HOME') AS email`,
    "SELECT current_setting('allowed_paths') AS email",
    "SELECT system.main.getenv('HOME') AS email",
    "SELECT getvariable('x') AS email",
    "SELECT read_text('x') AS email",
    "SELECT current_query() AS email",
    "SELECT nextval('s') AS email",
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM pg_catalog.pg_settings",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM duckdb_tables",
    // The tables of the run itself, by all their names.
    ...["acc0_claims", "e0_profiles", "acc0_opt_outs", "acc0_addresses"].flatMap((table) => [
      `SELECT key AS email FROM ${table}`,
      `SELECT key AS email FROM memory.main.${table}`,
      `WITH RECURSIVE ${table} AS (SELECT key FROM ${table} UNION ALL SELECT key FROM ${table} WHERE false) SELECT key AS email FROM ${table}`,
      `WITH RECURSIVE ${table} AS (SELECT key FROM ${table}) SELECT key AS email FROM ${table}`,
      `WITH x AS (WITH RECURSIVE ${table} AS ((FROM ${table}) UNION ALL FROM ${table}) FROM ${table}) FROM x`,
      `SELECT email FROM crm ORDER BY (SELECT max(key) FROM ${table})`,
      `SELECT email FROM crm LIMIT (SELECT count(*) FROM ${table})`,
      `SELECT max(email) OVER (ORDER BY (SELECT max(key) FROM ${table})) AS email FROM crm`,
      `SELECT list_transform([1], x -> (SELECT max(key) FROM ${table})) AS email`,
      `TABLE ${table}`,
    ]),
    `COPY crm TO '${target}'`,
    `COPY (SELECT 1) TO '${target}' (FORMAT parquet)`,
    `EXPORT DATABASE '${target}'`,
    `IMPORT DATABASE '${target}'`,
    `ATTACH '${target}' AS x`,
    "ATTACH ':memory:' AS x",
    "DETACH memory",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    `LOAD '${target}.duckdb_extension'`,
    "SET enable_external_access = true",
    "SET memory_limit = '900GB'",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "PRAGMA database_list",
    "CALL pragma_database_list()",
    "CREATE SECRET s (TYPE s3)",
    "CREATE TABLE t AS FROM crm",
    "CREATE MACRO valid_address(x) AS true",
    "CREATE OR REPLACE TEMP MACRO address_key(x) AS 'x@example.com'",
    "DROP VIEW crm",
    "INSERT INTO crm VALUES (1)",
    "DELETE FROM crm",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "VACUUM",
    "CHECKPOINT",
    "BEGIN TRANSACTION",
    `SELECT 1 AS email; COPY crm TO '${target}'`,
    `SELECT 1) AS a; COPY crm TO '${target}'; SELECT * FROM (SELECT 1`,
    `SELECT * FROM crm) AS q UNION ALL SELECT content FROM read_text('${file}') --`,
    `SELECT * FROM crm /* */; ATTACH '${target}' AS x --`,
    `EXPLAIN ANALYZE SELECT * FROM read_csv('${file}')`,
    "DESCRIBE crm",
    "SHOW ALL TABLES",
    "SUMMARIZE crm",
    "FROM (SHOW TABLES)",
    "SELECT $1 AS email",
    `SELECT ${"(".repeat(20_000)}1${")".repeat(20_000)} AS email`,
    `SELECT ${"[".repeat(3000)}1${"]".repeat(3000)} AS email`,
    `SELECT 1${" + 1".repeat(20_000)} AS email`,
    `${"SELECT * FROM (".repeat(2000)}SELECT 1 AS email${")".repeat(2000)}`,
  ];
}

it(
  "more than a hundred attacks through the SQL of a segment reach nothing",
  { timeout: 120_000 },
  async () => {
    const all = attacks();
    expect(all.length).toBeGreaterThan(100);
    await project.config({
      sql: { timeout: "10s", memory: "300MB" },
      segments: Object.fromEntries(all.map((sql, index) => [`s${index}`, { sql }])),
      exports: Object.fromEntries(
        all.map((_, index) => [
          `e${index}`,
          {
            connection: "file",
            list: { name: `l${index}`, create: true },
            segments: [`s${index}`],
            match: { email: "email" },
          },
        ]),
      ),
    });
    const { code, events, stdout, stderr } = await rollcall(["plan", "--json"], { cwd: project.folder });
    const planned = events.find(({ type }) => type === "plan")?.["plan"] as {
      exports: { name: string; error?: { kind: string; message: string }; counts: { add: number } }[];
    };
    const open = planned.exports.filter(({ error }) => error === undefined);
    expect(open.map(({ name }) => all[Number(name.slice(1))]?.slice(0, 80))).toEqual([]);
    expect(planned.exports).toHaveLength(all.length);
    expect(new Set(planned.exports.map(({ error }) => error?.kind))).toEqual(new Set(["invalid"]));
    expect(code).toBe(3);
    expect(stdout + stderr).not.toMatch(/canary@secret|Something unexpected/);
    expect(existsSync(join(outside, "written"))).toBe(false);
    expect(asked).toBe(0);
  },
);

it(
  "a query that cannot be interrupted ends with the process, and is named",
  { timeout: 60_000 },
  async () => {
    const slow = "levenshtein(repeat('a', 6000) || range, repeat('b', 6000) || range)";
    await project.config({
      sql: { timeout: "1s" },
      segments: { bomb: { sql: `SELECT CAST(max(${slow}) AS VARCHAR) AS email FROM range(2000)` } },
      exports: {
        weekly: {
          connection: "file",
          list: { name: "l", create: true },
          segments: ["bomb"],
          match: { email: "email" },
        },
      },
    });
    const started = Date.now();
    const { code, stdout } = await rollcall(["plan"], { cwd: project.folder });
    expect(stdout.replaceAll(/\s+/g, " ")).toContain('Segment "bomb": the query took longer than 1 second');
    expect(code).toBe(null);
    expect(Date.now() - started).toBeLessThan(30_000);
  },
);
