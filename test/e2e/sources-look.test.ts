import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type Postgres } from "../support/postgres.js";
import { openProject, type Project } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";

let project: Project;
let server: Postgres;

beforeAll(async () => {
  [project, server] = await Promise.all([openProject(), startPostgres()]);
  await project.profiles([
    { email: "canary.one@example.com", name: "Canaryname", score: 4711, vip: "true" },
    { email: "canary two", name: "Canaryname", score: 4712, vip: "" },
    { email: "canary.three@example.com", name: "", score: 4713, vip: "false" },
  ]);
  await project.write("old.csv", await project.read("profiles.csv"));
  const longAgo = new Date("2020-01-01T00:00:00Z");
  await utimes(join(project.folder, "old.csv"), longAgo, longAgo);
  await project.write("cut.csv", "email,name\ncanary.one@example.com,Canarynam");
  await project.write("postgres.url", server.url());
  await project.write("wrong.url", server.url().replace(server.password, "canary-wrong"));
  const instance = await DuckDBInstance.create(join(project.folder, "shop.duckdb"));
  const connection = await instance.connect();
  await connection.run(
    "CREATE TABLE orders AS SELECT 'canary.one@example.com' AS email, 12.50::DECIMAL(9,2) AS total",
  );
  connection.closeSync();
  instance.closeSync();
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query(
    "CREATE TABLE people AS SELECT 'canary.one@example.com' AS email, DATE '1990-12-31' AS born",
  );
  await client.end();
  const file = (path: string): object => ({ type: "files", path });
  const database = (url: string): object => ({ type: "postgres", url: { file: url }, table: "people" });
  await project.config({
    sources: {
      crm: { ...file("profiles.csv"), minimumRows: 2 },
      cut: file("cut.csv"),
      few: { ...file("profiles.csv"), minimumRows: 9 },
      old: { ...file("old.csv"), maxAge: "1d" },
      orders: { type: "duckdb", path: "shop.duckdb", table: "orders" },
      people: database("postgres.url"),
      barred: database("wrong.url"),
    },
    exports: {
      toFile: {
        connection: "file",
        list: { name: "all", create: true },
        segments: ["all"],
        match: { email: "email" },
      },
    },
  });
});
afterAll(() => Promise.all([project.stop(), server.stop()]));

async function run(code: number, ...words: string[]): Promise<Ended> {
  const ended = await rollcall(["sources", ...words], { cwd: project.folder });
  expect(ended, ended.stderr).toMatchObject({ code });
  return ended;
}

/** The data of the result; every line is checked against its schema by whoever runs the command. */
async function resultOf<Data>(code: number, ...words: string[]): Promise<Data> {
  const { events } = await run(code, ...words, "--json");
  return events.find(({ type }) => type === "result")?.["data"] as Data;
}

interface Tested {
  readonly sources: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name?: string; readonly type?: string }[];
    readonly read?: { readonly rows: number; readonly proof: string; readonly snapshot?: string };
    readonly error?: { readonly kind: string };
  }[];
}

interface Previewed {
  readonly rows: number;
  readonly columns: readonly { readonly name?: string; readonly type: string; readonly empty: number }[];
  readonly sample: readonly (readonly (string | null)[])[];
}

describe("sources list", () => {
  it("says what each reads, and what depends on it", async () => {
    const { sources } = await resultOf<{ sources: readonly object[] }>(0, "list");
    expect(sources[0]).toEqual({
      name: "crm",
      type: "files",
      paths: ["profiles.csv"],
      minimumRows: 2,
      segments: ["all"],
      exports: ["toFile"],
    });
    expect(sources[4]).toMatchObject({ name: "orders", paths: ["shop.duckdb"], table: "orders" });
    expect(sources[5]).toMatchObject({ name: "people", table: "people" });
  });
});

describe("sources test", () => {
  it("says the columns with their types, the rows and what proves them complete", async () => {
    const { sources } = await resultOf<Tested>(0, "test", "crm", "orders", "people");
    expect(sources).toMatchObject([
      {
        name: "crm",
        columns: [
          { name: "email", type: "VARCHAR" },
          { name: "name", type: "VARCHAR" },
          { name: "score", type: "BIGINT" },
          { name: "vip", type: "BOOLEAN" },
        ],
        read: { rows: 3, proof: "the end of its last line" },
      },
      {
        name: "orders",
        columns: [{ name: "email" }, { name: "total", type: "DECIMAL(9,2)" }],
        read: { rows: 1 },
      },
      { name: "people", columns: [{ name: "email" }, { name: "born", type: "DATE" }], read: { rows: 1 } },
    ]);
    expect(sources[2]?.read?.snapshot).toBeDefined();
  });

  it("says of all sources which one has what wrong, with the columns that are seen", async () => {
    const { sources } = await resultOf<Tested>(1, "test");
    expect(sources.map(({ name, error, read }) => [name, error?.kind ?? "", read?.rows ?? 0])).toEqual([
      ["crm", "", 3],
      ["cut", "invalid", 0],
      ["few", "refused", 0],
      ["old", "refused", 3],
      ["orders", "", 1],
      ["people", "", 1],
      ["barred", "auth", 0],
    ]);
    expect(sources[1]?.columns).toEqual([{ name: "email" }, { name: "name" }]);
  });

  it.each([
    [3, "cut"],
    [4, "barred"],
    [5, "few"],
    [3, "none"],
  ])("ends with %d for %s", async (code, name) => {
    await run(code, "test", name);
  });

  it("leaves nothing behind and needs no key of a destination", async () => {
    await project.write("brevo.key", "");
    const { stdout } = await run(0, "test", "crm");
    expect(stdout).toContain("✓ 3 rows, 4 columns; complete by the end of its last line");
    await expect(project.read(".rollcall/root.json")).rejects.toThrow("ENOENT");
  });
});

describe("sources preview", () => {
  it("shows types, what is empty, and of values masked addresses alone", async () => {
    const { rows, columns, sample } = await resultOf<Previewed>(0, "preview", "crm");
    expect(rows).toBe(3);
    expect(columns).toEqual([
      { name: "email", type: "VARCHAR", empty: 0 },
      { name: "name", type: "VARCHAR", empty: 1 },
      { name: "score", type: "BIGINT", empty: 0 },
      { name: "vip", type: "BOOLEAN", empty: 1 },
    ]);
    expect(sample.map((row) => row.slice(0, 3))).toEqual([
      ["c•••@example.com", "•••", "•••"],
      ["•••", "•••", "•••"],
      ["c•••@example.com", expect.toBeOneOf([null, ""]), "•••"],
    ]);
  });

  it.each([
    ["SELECT upper(email) AS email, score + 1 AS next FROM crm"],
    ["SELECT email || name AS email FROM crm"],
    ["SELECT c.email, o.total FROM crm AS c JOIN orders AS o USING (email)"],
    ["SELECT (SELECT max(name) FROM crm) AS top, * FROM people"],
    ["SELECT * FROM (PIVOT crm ON name IN ('Canaryname') USING count(*))"],
  ])("tells nobody's values: %s", async (sql) => {
    for (const format of [[], ["--json"]]) {
      const from = sql.endsWith("people") ? "people" : "crm";
      const { stdout, stderr } = await rollcall(["sources", "preview", from, "--sql", sql, ...format], {
        cwd: project.folder,
      });
      expect(stdout.replaceAll(sql, "") + stderr.replaceAll(sql, "")).not.toMatch(
        /canary\.|4711|4712|12\.5|1990/i,
      );
    }
  });

  it("shows values where --reveal asks for them, in the order of the SQL", async () => {
    const words = ["preview", "crm", "--reveal", "--limit", "1", "--sql"];
    const { rows, sample } = await resultOf<Previewed>(
      0,
      ...words,
      "SELECT name, score FROM crm ORDER BY score DESC;",
    );
    expect(rows).toBe(3);
    expect(sample.map((row) => row[1])).toEqual(["4713"]);
  });

  it.each([
    [3, "crm", "SELECT * FROM people", "does not select from the source"],
    [3, "crm", "SELECT * FROM crm, nowhere", "which is not a source"],
    [3, "crm", "SELECT 1 FROM crm; DROP VIEW crm", "must be a SELECT"],
    [3, "crm", "SELECT getenv('HOME') FROM crm", "may not call"],
    [3, "crm", "SELECT emial FROM crm", "There is no column"],
    [1, "crm", "SELECT CAST(email AS INTEGER) FROM crm", "does not convert"],
  ])("ends with %d of %s: %s", async (code, name, sql, words) => {
    const { stderr } = await run(code, "preview", name, "--sql", sql);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(words);
    expect(stderr).not.toMatch(/canary/i);
  });

  it("is not for what nobody has reviewed", async () => {
    await run(3, "preview", "crm", "--untrusted");
  });

  it("shows nothing of a source that cannot be read whole", async () => {
    const { stdout } = await run(3, "preview", "cut");
    expect(stdout).not.toMatch(/canary/i);
  });
});
