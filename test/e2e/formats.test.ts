import { DuckDBInstance } from "@duckdb/node-api";
import { appendFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { csvOf, openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
  await remoteOf(project, "file").addList("customers");
});
afterEach(() => project.stop());

const ROWS: readonly Row[] = [
  { email: "ann@example.com", name: "Ann", score: 1.5, visits: 3, since: "2024-02-29", vip: true },
  {
    email: "zoe@bücher.example",
    name: 'Zoë "Z", x;y',
    score: -2,
    visits: 0,
    since: "1999-12-31",
    vip: false,
  },
  { email: "carl@example.com", name: null, score: null, visits: null, since: null, vip: null },
  { email: "nobody", name: "Nobody", score: 1, visits: 1, since: "2020-01-01", vip: true },
];
const TYPES = "email VARCHAR, name VARCHAR, score DOUBLE, visits BIGINT, since DATE, vip BOOLEAN";

/** The rows in every format that a source may have, and what the YAML says of it. */
async function writeEverything(): Promise<Readonly<Record<string, Yaml>>> {
  const csv = csvOf(ROWS);
  const jsonl = ROWS.map((row) => `${JSON.stringify(row)}\n`).join("");
  await project.write("data.csv", csv);
  await project.write("data.tsv", csvOf(ROWS, [], "\t"));
  await project.write("semicolon.csv", csvOf(ROWS, [], ";"));
  await project.write("crlf.csv", csv.replaceAll("\n", "\r\n"));
  await project.write("bom.csv", `\ufeff${csv}`);
  await project.write("packed.csv.gz", gzipSync(csv));
  await project.write("data.jsonl", jsonl);
  await project.write("packed.jsonl.gz", gzipSync(jsonl));
  await project.write("part-1.csv", csvOf(ROWS.slice(0, 2)));
  await project.write("part-2.csv", csvOf(ROWS.slice(2)));
  await inDuckdb(join(project.folder, "data.duckdb"), [
    `CREATE TABLE customers (${TYPES})`,
    `INSERT INTO customers SELECT * FROM read_csv('${join(project.folder, "data.csv")}', header = true)`,
    `COPY customers TO '${join(project.folder, "data.parquet")}' (FORMAT parquet)`,
    `COPY customers TO '${join(project.folder, "packed.csv.zst")}' (FORMAT csv, COMPRESSION zstd, HEADER)`,
    `COPY customers TO '${join(project.folder, "packed.jsonl.zst")}' (FORMAT json, COMPRESSION zstd)`,
  ]);
  const files = (path: string): Yaml => ({ type: "files", path });
  return {
    TSV: files("data.tsv"),
    semicolons: files("semicolon.csv"),
    "line ends of Windows": files("crlf.csv"),
    "a byte-order mark": files("bom.csv"),
    "gzip CSV": files("packed.csv.gz"),
    "zstd CSV": files("packed.csv.zst"),
    "JSON Lines": files("data.jsonl"),
    "gzip JSON Lines": files("packed.jsonl.gz"),
    "zstd JSON Lines": files("packed.jsonl.zst"),
    Parquet: files("data.parquet"),
    "two files": files("part-*.csv"),
    "a DuckDB table": { type: "duckdb", path: "data.duckdb", table: "customers" },
    "a DuckDB query": { type: "duckdb", path: "data.duckdb", sql: "select * from customers" },
  };
}

async function inDuckdb(path: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

const configure = (crm: Yaml): Promise<void> =>
  project.config({
    sources: { crm },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "file",
        list: "customers",
        segments: ["all"],
        match: { email: "email" },
        attributes: {
          name: "name",
          score: { column: "score", type: "number" },
          visits: { column: "visits", type: "number" },
          since: { column: "since", type: "date" },
          vip: { column: "vip", type: "boolean" },
          asText: { sql: "cast(visits as varchar)" },
        },
      },
    },
  });

it("the same people and values give the same plan in any format", async () => {
  const sources = await writeEverything();
  await configure({ type: "files", path: "data.csv" });
  await project.apply();
  const members = await remoteOf(project, "file").members("customers");
  expect(members.get("ann@example.com")).toMatchObject({
    name: "Ann",
    score: "1.5",
    visits: "3",
    since: "2024-02-29",
    vip: "true",
    asText: "3",
  });
  expect([...members.keys()].sort()).toEqual([
    "ann@example.com",
    "carl@example.com",
    "zoe@xn--bcher-kva.example",
  ]);
  for (const [format, crm] of Object.entries(sources)) {
    await configure(crm);
    const { error, counts } = await project.planOf("weekly");
    expect({ format, error, ...counts }).toMatchObject({
      format,
      error: undefined,
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 3,
      heldBack: { invalid: 1 },
    });
  }
});

it("a number that begins with zero stays text", async () => {
  await project.profiles([
    { email: "a@example.com", name: "01234", score: 1, visits: 1, since: "", vip: "" },
    { email: "b@example.com", name: "1234", score: 1, visits: 1, since: "", vip: "" },
  ]);
  await configure({ type: "files", path: "profiles.csv" });
  await project.apply();
  const members = await remoteOf(project, "file").members("customers");
  expect(members.get("a@example.com")).toMatchObject({ name: "01234" });
});

it("files that change, vanish or match nothing while others are there are an error", async () => {
  await writeEverything();
  const crm = { type: "files", path: ["part-1.csv", "part-2.csv"] };
  await configure(crm);
  await project.apply();
  await rename(join(project.folder, "part-2.csv"), join(project.folder, "away.csv"));
  expect((await project.planOf("weekly")).error).toMatchObject({ kind: "not-found" });
  await configure({ type: "files", path: ["part-1.csv", "part-9*.csv"] });
  expect((await project.planOf("weekly")).error).toMatchObject({ kind: "not-found" });

  // Written to again and again while the plan reads it.
  await rename(join(project.folder, "away.csv"), join(project.folder, "part-2.csv"));
  await configure(crm);
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n++) {
      await appendFile(join(project.folder, "part-2.csv"), `late${n}@example.com,,,,,\n`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  const { error } = await project.planOf("weekly");
  writing = false;
  await writer;
  expect(error).toMatchObject({ kind: "transient" });
  expect(error?.message).toMatch(/changed while it was being read/);
  await rm(join(project.folder, "part-2.csv"));
});
