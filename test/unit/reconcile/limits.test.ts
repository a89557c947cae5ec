import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Engine } from "../../../src/engine/engine.ts";
import { evaluateProgram } from "../../../src/reconcile/desired/desired.ts";
import type { ExportProgram } from "../../../src/model/plan/program.ts";
import { Failure } from "../../../src/model/failure.ts";
import { failureOf, loadFiles } from "../sources/support.ts";

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-limits-"));
  engine = await Engine.open({
    folder: join(folder, "run"),
    timezone: "UTC",
    clock: new Date(),
    limits: { timeoutSeconds: 1, totalSeconds: 900, memory: "100MB", disk: "50MB" },
  });
  await engine.outer.run(
    "CREATE TABLE crm AS SELECT 'canary' || range || '@secret.example' AS email, 'canary' AS score FROM range(3)",
  );
  await engine.run("CREATE TABLE nobody (key VARCHAR, list_id VARCHAR)");
  await writeFile(join(folder, "outside.csv"), "a\n1\n");
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

const program = (sql: string, more: Partial<ExportProgram> = {}): ExportProgram => ({
  version: 1,
  views: [
    { name: "calm", sql: "SELECT * FROM crm" },
    { name: "wild", sql },
  ],
  sources: [],
  segments: [{ view: "wild", orderBy: undefined }],
  email: '"email"',
  person: undefined,
  consent: undefined,
  suppressions: [],
  attributes: [],
  ...more,
});
let runs = 0;
const failing = async (tested: ExportProgram): Promise<Failure> => {
  const error: unknown = await evaluateProgram(engine, tested, `x${(runs += 1)}`, {
    table: "nobody",
    list: undefined,
    formerLists: [],
  }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
};

it("a packed file that has to be copied in UTF-8 does not fill the disk", async () => {
  const bytes = Buffer.alloc(60_000_000, 0x61);
  const name = "bomb.csv.gz";
  const load = loadFiles(
    { engine, data: folder },
    { [name]: gzipSync(bytes) },
    { rules: { encoding: "windows-1252" } },
  );
  const { message, hint } = await failureOf(load);
  expect(message).toMatch(/bomb\.csv\.gz is too large to be copied/);
  expect(hint).toContain("sql.disk");
});

describe("a query that goes on and on", () => {
  it.each([
    "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT CAST(n AS VARCHAR) AS email FROM r",
    "SELECT CAST(sum(a.range * b.range) AS VARCHAR) AS email FROM range(1000000) a, range(1000000) b",
    "SELECT CAST(count(*) AS VARCHAR) AS email FROM range(1000000000000)",
  ])("is stopped at its limit, and named: %s", async (sql) => {
    const started = Date.now();
    const { message, hint } = await failing(program(sql));
    expect(message).toBe('Segment "wild": the query took longer than 1 second, which is its limit.');
    expect(hint).toContain("sql.timeout");
    expect(Date.now() - started).toBeLessThan(6000);
  });

  it.each([
    "SELECT CAST(list(range) AS VARCHAR) AS email FROM range(100000000)",
    "SELECT CAST(count(*) AS VARCHAR) AS email FROM (SELECT DISTINCT a.range * 1000 + b.range FROM range(100000) a, range(1000) b)",
  ])("is stopped at the limits of memory and disk: %s", async (sql) => {
    const { message } = await failing(program(sql));
    expect(message).toMatch(/^Segment "wild".*: (The engine ran out of memory|the query took longer)/);
  });

  it("is not begun when all queries of a run took too long together", async () => {
    const spent = { seconds: 0 };
    const other = await Engine.open({
      folder: join(folder, "short"),
      timezone: "UTC",
      clock: new Date(),
      limits: { timeoutSeconds: 60, totalSeconds: 1, memory: "100MB", disk: "50MB" },
      spent,
    });
    const asked = (sql: string): Promise<unknown> =>
      other.outer.underLimits("Segment", () => other.outer.run(sql)).catch((error: unknown) => error);
    expect(await asked("SELECT 1")).toBeUndefined();
    const endless = "SELECT count(*) FROM range(1000000000000)";
    const message =
      "Segment: the queries of this run took longer than 1 second together, which is their limit.";
    for (const sql of [endless, "SELECT 1"])
      expect(await asked(sql)).toMatchObject({
        message,
        hint: expect.stringContaining("sql.totalTimeout") as unknown,
      });
    expect(spent.seconds).toBeGreaterThanOrEqual(1);
    other.close();
  });

  it("lets the engine go on with others", async () => {
    const { facts } = await evaluateProgram(engine, program("SELECT * FROM crm"), "fine", {
      table: "nobody",
      list: undefined,
      formerLists: [],
    });
    expect(facts).toMatchObject({ rows: 3, desired: 3 });
  });
});

it("a value that does not convert is blamed on the right part, without the value", async () => {
  const score = (sql: string): ExportProgram =>
    program("SELECT * FROM crm", {
      attributes: [
        {
          name: "SCORE",
          field: "SCORE",
          sql,
          type: "text",
          nulls: "leave",
          choices: [],
          maxLength: undefined,
          country: undefined,
          sms: false,
        },
      ],
    });
  const messages = [
    await failing(score("CAST(email AS INTEGER)")),
    await failing(program("SELECT * REPLACE (CAST(CAST(score AS INTEGER) AS VARCHAR) AS email) FROM crm")),
    await failing({
      ...program("SELECT * FROM below"),
      views: [
        { name: "below", sql: "SELECT * FROM crm WHERE CAST(score AS DATE) IS NOT NULL" },
        { name: "wild", sql: "SELECT * FROM below" },
      ],
    }),
    await failing(program("SELECT * FROM crm", { consent: "CAST(email AS BOOLEAN)" })),
    await failing(program("SELECT * FROM crm", { email: "error(email)" })),
    await failing(
      program("SELECT * FROM crm", {
        suppressions: [{ view: "calm", email: "CAST(CAST(email AS INTEGER) AS VARCHAR)" }],
      }),
    ),
  ].map(({ message }) => message);
  expect(messages).toEqual([
    'Segment "wild", attribute SCORE: 3 values of column "email" do not convert to INTEGER.',
    'Segment "wild": a value of column "score" does not convert to INTEGER.',
    'Segment "below": a value of column "score" does not convert to DATE.',
    'Segment "wild", consent: 3 values of column "email" do not convert to BOOLEAN.',
    'Segment "wild", match.email: The engine reported: Invalid Input Error.',
    'Segment "calm", email: 3 values of column "email" do not convert to INTEGER.',
  ]);
});

it("once locked, views and macros of a database reach nothing but what was allowed", async () => {
  const path = join(folder, "theirs.duckdb");
  const outside = join(folder, "outside.csv");
  await engine.outer.run(`ATTACH '${path}' AS theirs`);
  await engine.outer.run("CREATE TABLE theirs.good AS SELECT 1 AS a");
  await engine.outer.run(`CREATE VIEW theirs.evil AS SELECT * FROM read_csv('${outside}')`);
  await engine.outer.run(`CREATE MACRO theirs.peek() AS (SELECT content FROM read_text('${outside}'))`);
  await engine.outer.run("DETACH theirs");
  await engine.lockDown([path, `${path}.wal`]);
  await engine.outer.run(`ATTACH '${path}' AS theirs (READ_ONLY)`);
  expect(await engine.outer.rows("FROM theirs.good")).toEqual([{ a: 1 }]);
  for (const sql of [
    "FROM theirs.evil",
    "SELECT theirs.peek()",
    `FROM read_csv('${outside}')`,
    `COPY (SELECT 1) TO '${join(folder, "written.csv")}'`,
    `ATTACH '${join(folder, "another.duckdb")}' AS another`,
    "SET enable_external_access = true",
    "SET memory_limit = '9GB'",
    `SET allowed_paths = ['${outside}']`,
    "INSTALL httpfs",
    "LOAD httpfs",
  ])
    await expect(engine.outer.run(sql), sql).rejects.toBeInstanceOf(Failure);
});
