import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Engine } from "../../../src/engine/engine.ts";
import { Failure } from "../../../src/model/failure.ts";
import { literal } from "../../../src/plugin/relation.ts";
import { CLOCK, withEngine } from "../../support/engine.ts";

const mode = async (path: string) => (await stat(path)).mode & 0o777;

test("only the owner can read the folders and files of a run", async () =>
  withEngine(async ({ engine }) => {
    const path = join(engine.folder, "a.parquet");
    expect(await engine.writeParquet("SELECT 1 AS a", path)).toBe(1);
    await engine.keep("kept", "SELECT 2 AS a");
    expect(await mode(engine.folder)).toBe(0o700);
    expect(await mode(join(engine.folder, "spill"))).toBe(0o700);
    for (const name of (await readdir(engine.folder)).filter((name) => name.endsWith(".parquet")))
      expect(await mode(join(engine.folder, name)), name).toBe(0o600);
  }));

test("kept rows have their number, and keeping again replaces them", async () =>
  withEngine(async ({ engine }) => {
    await engine.keep("people", "SELECT i AS a FROM range(3) AS t(i)");
    expect(await engine.rows("SELECT a, row FROM people ORDER BY row")).toEqual([
      { a: 0, row: 0 },
      { a: 1, row: 1 },
      { a: 2, row: 2 },
    ]);
    await engine.keep("people", "SELECT a + 10 AS b FROM people WHERE a > 1");
    expect(await engine.rows("SELECT b, row FROM people")).toEqual([{ b: 12, row: 0 }]);
  }));

test("a result that must have one row is an error without it", async () =>
  withEngine(async ({ engine }) => {
    await expect(engine.row("SELECT 1 AS a WHERE false")).rejects.toBeInstanceOf(Failure);
    expect(await engine.count("SELECT count(*) FROM range(7)")).toBe(7);
  }));

test("a running statement can be interrupted, and the engine goes on", async () =>
  withEngine(async ({ engine }) => {
    const long = engine.rows(
      "SELECT count(*) FROM range(100000) AS a(i), range(10000000) AS b(j) WHERE i * j % 7 = 3",
    );
    const ended = long.then(
      () => undefined,
      (error: unknown) => error,
    );
    for (let error: unknown; error === undefined;) {
      engine.interrupt();
      error = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    expect(await ended).toMatchObject({ kind: "interrupted" });
    expect(await engine.rows("SELECT 1 AS a")).toEqual([{ a: 1 }]);
  }));

test("SQL of people that ends its statement and begins another is refused, and none of it is run", async () =>
  withEngine(async ({ engine }) => {
    await engine.outer.run("CREATE TABLE people AS SELECT 1 AS id");
    const run = engine.outer.underLimits("The SQL", () =>
      engine.outer.run("CREATE TABLE more AS SELECT (1); DROP TABLE people; SELECT (2)"),
    );
    await expect(run).rejects.toBeInstanceOf(Failure);
    expect(await engine.outer.rows("SELECT table_name FROM duckdb_tables()")).toEqual([
      { table_name: "people" },
    ]);
  }));

test("SQL of people is told what is wrong with it before a row is read, and no more than the kind afterwards", async () =>
  withEngine(async ({ engine }) => {
    await engine.outer.run("CREATE TABLE people AS SELECT 'anna' AS first_name");
    const said = (sql: string) =>
      engine.outer.underLimits("The SQL", () => engine.outer.run(sql)).catch((error: unknown) => error);
    expect(await said("SELECT last_name FROM people")).toMatchObject({
      message: 'There is no column "last_name".',
    });
    expect(await said("SELECT CAST(first_name AS INTEGER) FROM people")).toMatchObject({
      message: expect.not.stringContaining("anna") as string,
      hint: expect.stringContaining("TRY_CAST") as string,
    });
  }));

test("closing twice and interrupting a closed engine do nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-engine-"));
  try {
    const engine = await Engine.open({ folder, timezone: "UTC", clock: CLOCK });
    engine.close();
    engine.close();
    engine.interrupt();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.each([
  [false, 1],
  [true, 2],
])("an engine that expects %s works with %i threads", async (much, threads) => {
  await withEngine(async ({ engine }) => {
    await engine.lockDown([], { much });
    for (const database of [engine, engine.outer])
      expect(await database.row("SELECT current_setting('threads') AS threads")).toEqual({ threads });
  });
});

describe("once locked, SQL", () => {
  async function locked(use: (engine: Engine, data: string) => Promise<void>): Promise<void> {
    await withEngine(async ({ engine, data }) => {
      await writeFile(join(data, "secret.csv"), "a\ncanary\n");
      await engine.writeParquet("SELECT 1 AS a", join(engine.folder, "own.parquet"));
      await engine.lockDown();
      await use(engine, data);
    });
  }
  const refusal = async (engine: Engine, sql: string): Promise<void> => {
    for (const database of [engine, engine.outer]) await refusalOf(database, sql);
  };
  const refusalOf = async (database: Pick<Engine, "rows">, sql: string): Promise<void> => {
    const error = await database.rows(sql).then(
      (rows) => new Error(`it answered ${JSON.stringify(rows)}`),
      (reason: unknown) => reason,
    );
    expect(error, sql).toBeInstanceOf(Failure);
    expect((error as Failure).message, sql).not.toContain("canary");
  };

  test("of people reads nothing of ours", async () =>
    locked(async (engine) => {
      const own = join(engine.folder, "own.parquet");
      await engine.keep("acc0_claims", "SELECT 'canary' AS key");
      await engine.run("CREATE TABLE e0_held AS SELECT 'canary' AS key");
      await engine.run("CREATE TEMP TABLE brief AS SELECT 'canary' AS key");
      for (const sql of [
        "FROM acc0_claims",
        "FROM main.acc0_claims",
        "FROM memory.main.acc0_claims",
        "FROM e0_held",
        "FROM temp.brief",
        "FROM brief",
        `FROM ${literal(own)}`,
        `FROM read_parquet(${literal(own)})`,
        `FROM read_parquet(${literal(join(engine.folder, "*.parquet"))})`,
        `COPY (SELECT 1 AS a) TO ${literal(own)}`,
      ])
        await refusalOf(engine.outer, sql);
      for (const catalog of [
        "duckdb_tables()",
        "duckdb_views()",
        "sqlite_master",
        "information_schema.tables",
      ])
        expect(JSON.stringify(await engine.outer.rows(`SELECT * FROM ${catalog}`)), catalog).not.toMatch(
          /acc0|e0_held|brief|canary/,
        );
      await engine.keepOuter("e0_profiles", "SELECT 7 AS a");
      expect(await engine.rows("FROM e0_profiles")).toEqual([{ a: 7, row: 0 }]);
      await refusalOf(engine.outer, "FROM e0_profiles");
    }));

  test("still reads and writes the run folder and spills there", async () =>
    locked(async (engine) => {
      expect(
        await engine.rows(`SELECT * FROM read_parquet(${literal(join(engine.folder, "own.parquet"))})`),
      ).toEqual([{ a: 1 }]);
      await engine.writeParquet("SELECT 2 AS a", join(engine.folder, "new.parquet"));
      await engine.keep("kept", "SELECT 3 AS a");
      expect(await engine.rows("SELECT a FROM kept")).toEqual([{ a: 3 }]);
    }));

  test("reads nothing else", async () =>
    locked(async (engine, data) => {
      const file = join(data, "secret.csv");
      for (const sql of [
        `SELECT * FROM read_csv(${literal(file)})`,
        `SELECT * FROM read_text(${literal(file)})`,
        `SELECT * FROM read_blob(${literal(file)})`,
        `SELECT * FROM read_json(${literal(file)})`,
        `SELECT * FROM read_parquet(${literal(file)})`,
        `SELECT * FROM sniff_csv(${literal(file)})`,
        `SELECT * FROM ${literal(file)}`,
        `SELECT * FROM glob(${literal(join(data, "*"))})`,
        `SELECT * FROM read_text('/etc/passwd')`,
        `SELECT * FROM read_text('/proc/self/environ')`,
        `SELECT * FROM read_csv(${literal(join(engine.folder, "..", "..", data.slice(data.lastIndexOf("/") + 1), "secret.csv"))})`,
        `SELECT * FROM read_csv(${literal(join(engine.folder, "%2e%2e"))})`,
        `CREATE TABLE t AS FROM read_csv(${literal(file)})`,
        `COPY (SELECT 1) FROM ${literal(file)}`,
      ])
        await refusal(engine, sql);
      expect(await engine.rows(`SELECT count(*) AS n FROM glob('/etc/*')`).catch(() => [{ n: 0 }])).toEqual([
        { n: 0 },
      ]);
    }));

  test("writes nothing else", async () =>
    locked(async (engine, data) => {
      const target = join(data, "out.csv");
      for (const sql of [
        `COPY (SELECT 1) TO ${literal(target)}`,
        `COPY (SELECT 1) TO ${literal(`${engine.folder}x.csv`)}`,
        `COPY (SELECT 1) TO ${literal(join(engine.folder, "..", "x.csv"))}`,
        `EXPORT DATABASE ${literal(join(data, "dump"))}`,
        `ATTACH ${literal(join(data, "new.duckdb"))}`,
      ])
        await refusal(engine, sql);
      expect(await readdir(data)).toEqual(["secret.csv"]);
      expect(await readFile(join(data, "secret.csv"), "utf8")).toBe("a\ncanary\n");
    }));

  test("calls no server", async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end("a\ncanary\n");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.csv`;
    try {
      await locked(async (engine) => {
        for (const sql of [
          `SELECT * FROM read_csv('${url}')`,
          `SELECT * FROM '${url}'`,
          "INSTALL httpfs",
          "LOAD httpfs",
        ])
          await refusal(engine, sql);
      });
      expect(asked).toBe(0);
    } finally {
      server.close();
    }
  });

  test("changes no setting", async () =>
    locked(async (engine) => {
      for (const sql of [
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "RESET lock_configuration",
        "SET TimeZone = 'Asia/Tokyo'",
        "SET threads = 8",
        "SET temp_directory = '/tmp/elsewhere'",
        "SET memory_limit = '90GB'",
        "SET allow_community_extensions = true",
      ])
        await refusal(engine, sql);
      expect(await engine.rows("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: "UTC" }]);
    }));
});
