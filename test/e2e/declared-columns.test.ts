import { DuckDBInstance } from "@duckdb/node-api";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.stop());

const ROWS = [
  { email: "a@example.com", id: "101,0", born: "31.12.1990", seen: "02.01.2026 09:30", price: "1234,50" },
  { email: "b@example.com", id: "7", born: "1.2.2001", seen: "31.12.2025 10:00", price: "9,5" },
  // Letter by letter it would be the newest, and the dearest.
  { email: "a@example.com", id: "101,0", born: "30.12.1990", seen: "31.12.2025 09:30", price: "99,00" },
  { email: "c@example.com", id: "8,00", born: "01.01.1970", seen: "", price: "-1,5" },
];

const columns = {
  id: { type: "number", decimal: "," },
  born: { type: "date", format: "%d.%m.%Y" },
  seen: { type: "timestamp", format: "%d.%m.%Y %H:%M" },
  price: { type: "number", decimal: "," },
};

async function sources(): Promise<Record<string, Yaml>> {
  const names = Object.keys(ROWS[0] ?? {});
  const csv = ROWS.map((row) => Object.values(row).join(";")).join("\n");
  await project.write("p.csv", `${names.join(";")}\n${csv}\n`);
  await project.write("p.jsonl", ROWS.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const values = ROWS.map((row) => `('${Object.values(row).join("', '")}')`).join(", ");
  const instance = await DuckDBInstance.create(join(project.folder, "p.duckdb"));
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE people AS SELECT * FROM (VALUES ${values}) AS t(${names.join(", ")})`);
  await connection.run(`COPY people TO '${join(project.folder, "p.parquet")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const files = { type: "files", columns, maxAge: { maxAge: "3650d", column: "seen" } };
  return {
    csv: { ...files, path: "p.csv" },
    jsonl: { ...files, path: "p.jsonl" },
    parquet: { ...files, path: "p.parquet" },
    duckdb: { ...files, type: "duckdb", path: "p.duckdb", table: "people" },
  };
}

const attributes = {
  TEXT: { column: "born", type: "text" },
  BORN: { column: "born", type: "date" },
  PRICE: { column: "price", type: "number" },
  COST: { column: "price", type: "text" },
};

it("a column whose format is declared has that value for SQL, order, freshness, ids and lists, in every file format", async () => {
  const all = await sources();
  await project.config({
    timezone: "Europe/Berlin",
    sources: all,
    segments: Object.fromEntries(
      Object.keys(all).map((name) => [
        `of-${name}`,
        { source: name, where: "born >= '1990-01-01' and price > 9.4", orderBy: "seen desc" },
      ]),
    ),
    exports: Object.fromEntries(
      Object.keys(all).map((name) => [
        name,
        {
          connection: "file",
          list: { name, create: true },
          segments: [`of-${name}`],
          match: { email: "email", id: "id" },
          attributes,
        },
      ]),
    ),
  });
  const { exports } = await project.plan();
  expect(
    exports.flatMap(({ error, checks }) => [error, ...checks.map((check) => check.status)]),
  ).not.toContain("failed");
  await project.apply();
  for (const name of Object.keys(all))
    expect(Object.fromEntries(await remoteOf(project, "file").members(name))).toEqual({
      "a@example.com": {
        email: "a@example.com",
        TEXT: "31.12.1990",
        BORN: "1990-12-31",
        PRICE: "1234.5",
        COST: "1234,50",
      },
      "b@example.com": {
        email: "b@example.com",
        TEXT: "1.2.2001",
        BORN: "2001-02-01",
        PRICE: "9.5",
        COST: "9,5",
      },
    });
  const again = await project.plan();
  expect(again.exports.map(({ counts }) => [counts.add, counts.update, counts.remove])).toEqual(
    Object.keys(all).map(() => [0, 0, 0]),
  );
});
