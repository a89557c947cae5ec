import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../../src/config/load.js";
import { validate } from "../../../src/usecases/validate.js";
import { findSqlProblems } from "../../../src/validate/sql-problems.js";
import { folderOf, signal } from "../config/support.js";

const PEOPLE = "id,email,spend,joined,Newsletter,First Name\n1,anna@canary.example,5,2024-01-01,ja,Anna\n";

const SOURCES = "sources: {people: {type: files, path: people.csv}}";
const ALL = "{all: {source: people}}";
const EXPORT = "segments: [all], match: {email: email}";

function yaml({ sources = SOURCES, segments = ALL, wanted = EXPORT } = {}): string {
  return `version: 1
connections: {out: {type: file, path: lists, dataPrivacy: {agreed: true, by: us, on: 2026-01-01}}}
${sources}
segments: ${segments}
exports: {weekly: {connection: out, list: {name: weekly, create: true}, ${wanted}}}
`;
}

/** `file:line:column message` of every error, and everything that is told. */
async function errorsOf(
  text: string,
  files: Readonly<Record<string, string>> = { "people.csv": PEOPLE },
): Promise<{ told: string[]; all: string }> {
  const cwd = await folderOf({ ...files, "exports.config.yaml": text });
  const { diagnostics, facts } = await validate({ cwd, signal });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(facts === undefined).toBe(errors.length > 0);
  return {
    told: errors.map(
      ({ message, position }) => `${position?.file}:${position?.line}:${position?.column} ${message}`,
    ),
    all: JSON.stringify(diagnostics),
  };
}

/** The place of a word in the config. */
function placeOf(text: string, word: string): string {
  const before = text.slice(0, text.indexOf(word));
  return `exports.config.yaml:${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`;
}

const segment = (own: string): string => `{all: ${own}}`;

describe("SQL that cannot be parsed is reported at its word", () => {
  it.each<[string, string, string]>([
    ["where", yaml({ segments: segment(`{source: people, where: "spend > 5 ANDD joined < 3"}`) }), "ANDD"],
    ["sql", yaml({ segments: segment(`{sql: "SELECT * FORM people"}`) }), 'people"}'],
    ["orderBy", yaml({ segments: segment(`{source: people, orderBy: "joined DESC ) 1"}`) }), ") 1"],
    ["consent", yaml({ wanted: `${EXPORT}, consent: "Newsletter = ) 'ja'"` }), ") 'ja'"],
    ["match.id", yaml({ wanted: `segments: [all], match: {email: email, id: "id || ) 1"}` }), '1"}'],
    [
      "attribute",
      yaml({ wanted: `${EXPORT}, attributes: {X: {sql: "upper(id ]", type: text}}` }),
      ']", type',
    ],
  ])("%s", async (_what, text, word) => {
    const { told } = await errorsOf(text);
    expect(told).toEqual([expect.stringContaining("cannot be parsed")]);
    expect(told[0]).toContain(`${placeOf(text, word)} `);
  });

  it("in a file of SQL at its line and column, without a word of it", async () => {
    const text = yaml({ segments: segment("{sqlFile: seg/all.sql}") });
    const sql = "-- who\nSELECT *\nFROM people WHERE (spend > canary canary\n";
    const { told, all } = await errorsOf(text, { "people.csv": PEOPLE, "seg/all.sql": sql });
    expect(told).toEqual([
      expect.stringMatching(/^seg\/all.sql:3:35 The SQL in seg\/all.sql cannot be parsed/),
    ]);
    expect(all).not.toContain("canary");
  });
});

describe("an unknown name is reported at its word", () => {
  it.each<[string, string, string, string]>([
    [
      "where",
      yaml({ segments: segment(`{source: people, where: "5 < spnd"}`) }),
      "spnd",
      `There is no column "spnd".`,
    ],
    [
      "orderBy",
      yaml({ segments: segment(`{source: people, orderBy: "joned DESC"}`) }),
      "joned",
      `There is no column "joned".`,
    ],
    [
      "a direction",
      yaml({ segments: segment(`{source: people, orderBy: "joined DESCC"}`) }),
      "joined DESCC",
      `There is no column "joined DESCC".`,
    ],
    [
      "a name with a space",
      yaml({ wanted: "segments: [all], match: {email: email, id: Frist Name}" }),
      "Frist Name",
      `There is no column "Frist Name".`,
    ],
    [
      "a segment's email",
      yaml({ segments: segment(`{source: people, email: mail}`) }),
      "mail}",
      `There is no column "mail".`,
    ],
    [
      "match.email",
      yaml({ wanted: "segments: [all], match: {email: e_mail}" }),
      "e_mail",
      `There is no column "e_mail".`,
    ],
    [
      "match.id",
      yaml({ wanted: "segments: [all], match: {email: email, id: number}" }),
      "number",
      `There is no column "number".`,
    ],
    [
      "consent",
      yaml({ wanted: `${EXPORT}, consent: "Newsleter = 'ja'"` }),
      "Newsleter",
      `There is no column "Newsleter".`,
    ],
    [
      "consent by values",
      yaml({ wanted: `${EXPORT}, consent: {column: Newsleter, is: [ja]}` }),
      "Newsleter",
      `There is no column "Newsleter".`,
    ],
    [
      "an attribute",
      yaml({ wanted: `${EXPORT}, attributes: {firstName: first_name}` }),
      "first_name",
      `There is no column "first_name".`,
    ],
    [
      "an attribute's column",
      yaml({ wanted: `${EXPORT}, attributes: {X: {column: vip, type: text}}` }),
      "{column: vip".slice(1, 7),
      `There is no column "vip".`,
    ],
    [
      "an attribute's SQL",
      yaml({ wanted: `${EXPORT}, attributes: {X: {sql: "round(spent * 10)", type: number}}` }),
      "spent",
      `There is no column "spent".`,
    ],
    [
      "a table",
      yaml({ segments: segment(`{sql: "SELECT * FROM people JOIN orders USING (email)"}`) }),
      "orders",
      `There is no source or segment "orders".`,
    ],
    [
      "a function",
      yaml({ segments: segment(`{source: people, where: "lowr(email) = 'x'"}`) }),
      "lowr",
      `There is no function "lowr" in the SQL dialect (DuckDB).`,
    ],
    [
      "a declared column",
      yaml({ sources: "sources: {people: {type: files, path: people.csv, columns: {plz: text}}}" }),
      "plz",
      `Source "people" has no column "plz".`,
    ],
  ])("%s", async (_what, text, word, message) => {
    const { told, all } = await errorsOf(text);
    expect(told).toEqual([expect.stringContaining(message)]);
    if (word !== "column") expect(told[0]).toContain(`${placeOf(text, word)} `);
    expect(all).not.toContain("canary");
  });

  it("once, however many exports and segments build on it", async () => {
    const text = yaml({
      segments: `{all: {source: people, where: "spnd > 5"}, more: {sql: "SELECT * FROM all_of"}, all_of: {sql: 'SELECT * FROM "all"'}}`,
      wanted: "segments: [all, more], match: {email: nothing}",
    });
    expect((await errorsOf(text)).told).toEqual([expect.stringContaining(`no column "spnd"`)]);
  });

  it("in a database, where types are known, too", async () => {
    const cwd = await folderOf({});
    const database = await DuckDBInstance.create(join(cwd, "crm.duckdb"));
    const connection = await database.connect();
    await connection.run("CREATE TABLE customers (email VARCHAR, spend VARCHAR, joined DATE)");
    connection.closeSync();
    database.closeSync();
    const source = (own: string): string => `sources: {people: {type: duckdb, path: crm.duckdb, ${own}}}`;
    const toldOf = async (text: string): Promise<string[]> => {
      await writeFile(join(cwd, "exports.config.yaml"), text);
      return (await validate({ cwd, signal })).diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ message }) => message);
    };
    const own = source("table: customers");
    expect(await toldOf(yaml({ sources: own }))).toEqual([]);
    expect(
      await toldOf(yaml({ sources: own, segments: segment(`{source: people, where: "spend > 5"}`) })),
    ).toEqual(["SQL: values of type VARCHAR and INTEGER do not go together."]);
    expect(await toldOf(yaml({ sources: source(`sql: "SELECT email, spnd FROM customers"`) }))).toEqual([
      `There is no column "spnd".`,
    ]);
    expect(await toldOf(yaml({ sources: source(`sql: "SELECT email FORM customers"`) }))).toEqual([
      expect.stringContaining("cannot be parsed"),
    ]);
  });
});

describe("the exact name of a column is not a mistake, wherever a column may stand", () => {
  const header = "E-Mail,Kunden Nr,Opt-in (ja/nein),Last Seen,Umsatz €";
  const text = yaml({
    segments: `{all: {source: people, email: E-Mail, orderBy: "Last Seen desc, Kunden Nr", exclude: [gone]}, gone: {source: people, where: "false", email: E-Mail}}`,
    wanted:
      "segments: [all], match: {email: E-Mail, id: Kunden Nr}, consent: Opt-in (ja/nein), attributes: {X: Umsatz €}",
  });

  it("where its source is looked at", async () => {
    expect((await errorsOf(text, { "people.csv": `${header}\n` })).told).toEqual([]);
    const other = { "people.csv": `${header.replace("Kunden Nr", "Nr")}\n` };
    expect((await errorsOf(text, other)).told).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining(`There is no column "Kunden Nr".`)),
    );
  });

  it("where a segment gives it", async () => {
    const named = yaml({
      segments: segment(`{sql: 'SELECT email AS "E-Mail", id AS "Opt-in (ja/nein)" FROM people'}`),
      wanted: "segments: [all], match: {email: E-Mail}, consent: Opt-in (ja/nein)",
    });
    expect((await errorsOf(named)).told).toEqual([]);
  });

  it("nor where nothing is looked at", async () => {
    const cwd = await folderOf({ "exports.config.yaml": text.replaceAll("Opt-in (ja/nein)", "Opt-in") });
    const { config } = await loadConfig({ cwd, signal });
    expect(config && (await findSqlProblems(config, { signal, looksAtSources: false }))).toEqual([]);
  });
});

describe("something that only the data can show is not a mistake", () => {
  it.each<[string, string]>([
    [
      "types of a CSV file",
      `{source: people, where: "spend * 2 > 100 AND year(joined) = 2024 AND date_trunc('day', joined) < today()"}`,
    ],
    ["functions that we bring", `{source: people, where: "epoch(joined) > 5 AND spend BETWEEN 1 AND 5"}`],
    ["names in another case", `{source: people, where: "NEWSLETTER = 'ja'", orderBy: "JOINED DESC, Id"}`],
    ["names with spaces", `{source: people, where: '"First Name" <> ''Bob'''}`],
    ["a subquery", `{source: people, where: "id IN (SELECT max(id) FROM people GROUP BY email)"}`],
    ["a CTE", `{sql: "WITH a AS (SELECT * FROM people) SELECT email, upper(Newsletter) AS n FROM a;"}`],
    [
      "a cast that fails for a constant",
      `{source: people, where: "CASE WHEN spend > 5 THEN CAST('x' AS INTEGER) = 5 END"}`,
    ],
  ])("%s", async (_what, own) => {
    expect((await errorsOf(yaml({ segments: segment(own) }))).told).toEqual([]);
  });

  it("nor is a source that is not there, damaged, or far away", async () => {
    const text = yaml({ segments: segment(`{source: people, where: "spnd > 5"}`) });
    expect((await errorsOf(text, {})).told).toEqual([]);
    expect((await errorsOf(text, { "people.csv": "" })).told).toEqual([]);
    // What it says of itself is held against it all the same.
    const wrong = yaml({ segments: segment(`{source: people, where: "spnd >> > (5"}`) });
    expect((await errorsOf(wrong, {})).told).toEqual([expect.stringContaining("cannot be parsed")]);
  });
});

it("of a change that nobody has reviewed no source is looked at; its SQL is parsed all the same", async () => {
  const problemsOf = async (where: string, looksAtSources: boolean): Promise<string[]> => {
    const cwd = await folderOf({
      "people.csv": PEOPLE,
      "exports.config.yaml": yaml({ segments: segment(`{source: people, where: "${where}"}`) }),
    });
    const { config } = await loadConfig({ cwd, signal });
    if (config === undefined) throw new Error("the config is not sound");
    return (await findSqlProblems(config, { signal, looksAtSources })).map(({ message }) => message);
  };
  expect(await problemsOf("Newsleter = 1", true)).toEqual([`There is no column "Newsleter".`]);
  expect(await problemsOf("Newsleter = 1", false)).toEqual([]);
  expect(await problemsOf("Newsletter = = 1", false)).toEqual([expect.stringContaining("cannot be parsed")]);
});

it("a config of some hundred exports that are written alike is looked at once", async () => {
  const exports = [...Array(300).keys()].map(
    (index) =>
      `  e${index}: {connection: out, list: {name: l${index}, create: true}, segments: [all], match: {email: email}, consent: "Newsletter = 'ja'"}`,
  );
  const text = `${yaml().replace(/^exports:.*$/m, "exports:")}${exports.join("\n")}\n`;
  expect((await errorsOf(text)).told).toEqual([]);
  const wrong = text.replaceAll("Newsletter", "Newsleter");
  expect((await errorsOf(wrong)).told.length).toBeGreaterThan(50);
}, 30_000);
