import { join } from "node:path";
import { expect, test } from "vitest";
import { consentSql, consentName } from "../../../../src/reconcile/compile/consent-expression.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { desire, program } from "../support.ts";
import { failureOf, loadFiles } from "../../sources/support.ts";

const opened = sharedEngine({ timezone: "Europe/Berlin" });
let loaded = 0;

type Format = "csv" | "jsonl" | "json";
/** In turn; CSV, whose columns are given types, more often. */
const FORMATS: readonly Format[] = ["csv", "csv", "jsonl", "csv", "json"];

/** A table of one value a person, as each format writes it. */
function written(format: Format, values: readonly unknown[]): string {
  const rows = values.map((value, index) => ({ email: `p${index}@x.example`, c: value }));
  if (format === "csv") return `email,c\n${rows.map(({ email, c }) => `${email},${String(c)}\n`).join("")}`;
  if (format === "json") return `${JSON.stringify(rows)}\n`;
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

async function load(files: Readonly<Record<string, string>>, paths?: readonly string[]): Promise<string> {
  const name = `consents_${(loaded += 1)}`;
  await loadFiles(opened(), files, { name, ...(paths === undefined ? {} : { paths }) });
  return name;
}

/** The places of those who consent. */
async function consenting(
  source: string,
  is: readonly string[],
  sql = "SELECT * FROM people",
): Promise<number[]> {
  const wanted = program({
    views: [{ name: `s_${source}`, sql: sql.replaceAll("people", source) }],
    segments: [{ view: `s_${source}`, orderBy: undefined }],
    consent: consentSql({ column: "c", is }),
  });
  const { people } = await desire(opened().engine, wanted);
  return people.map(({ key }) => Number(/\d+/.exec(key ?? "")?.[0]));
}

const TEXTS: readonly (readonly [readonly string[], readonly string[], readonly number[]])[] = [
  [["1"], ["1", "0", "1.0", "2"], [0, 2]],
  [["1"], ["1.0", "0.0", "1.5"], [0]],
  [["1"], ["1", "x", "1.0"], [0, 2]],
  [["1"], ["1", "0", "-1"], [0]],
  [["1"], ["01", "10", "1e0", "+1"], []],
  [["1.0"], ["1", "1.0", "10"], [0, 1]],
  // Versions and the like are not numbers.
  [["1.1"], ["1.10", "1.1", "1.11"], [1]],
  [["1.10"], ["1.10", "1.1"], [0]],
  [["19.90"], ["19.90", "19.9"], [0]],
  [["true"], ["TRUE", "false", "True"], [0, 2]],
  [["TRUE"], ["true", "no"], [0]],
  [["1"], ["true", "false"], []],
  [
    ["yes", "ja"],
    ["yes", "ja", "Ja", "nein"],
    [0, 1],
  ],
  [["ja"], [" ja ", "ja\u00a0", "jaja"], [0, 1]],
  [["2025-01-02"], ["2025-01-02", "2025-01-03"], [0]],
  [["2025-01-02T10:00:00Z"], ["2025-01-02T10:00:00Z", "2025-01-02T09:00:00Z"], [0]],
  [["2025-01-02T10:00:00Z"], ["2025-01-02T11:00:00+01:00", "2025-01-02T10:00:00"], [0]],
  [["2025-01-02 10:00:00"], ["2025-01-02T09:00:00Z", "2025-01-02T10:00"], [1]],
  [["2025-01-02"], ["2025-01-02 00:00:00", "2025-01-02T00:00:00Z"], [0]],
  [["0012"], ["12", "0012"], [1]],
];

test.each(TEXTS)("%j as text: %j", async (is, values, expected) => {
  const format = FORMATS[loaded % FORMATS.length] ?? "csv";
  const source = await load({ [`consents-${loaded}.${format}`]: written(format, values) });
  expect(await consenting(source, is), format).toEqual(expected);
});

const VALUES: readonly (readonly [readonly string[], readonly unknown[], readonly number[]])[] = [
  [["1"], [1, 0, 2], [0]],
  [["1"], [1.0, 0.5, 1.5], [0]],
  [["1.0"], [1, 0], [0]],
  [["1"], [1, "1", "x", true], [0, 1]],
  [["true"], [true, false], [0]],
  [["1"], [true, false], []],
];

test.each(VALUES)("typed in JSON Lines: %j means %j", async (is, values, expected) => {
  const source = await load({ [`consents-${loaded}.jsonl`]: written("jsonl", values) });
  expect(await consenting(source, is)).toEqual(expected);
});

test.each([
  [["1"], "DOUBLE", ["1.0", "0.0", "1.5"], [0]],
  [["1.1"], "DOUBLE", ["1.1", "1.0"], [0]],
  [["1"], "FLOAT", ["1.0", "0.0"], [0]],
  [["1"], "DECIMAL(5,2)", ["1.00", "1.10"], [0]],
  [["1"], "INTEGER", ["1", "10"], [0]],
  [["1"], "BOOLEAN", ["true", "false"], []],
  [["true"], "BOOLEAN", ["true", "false"], [0]],
  [["2025-01-02"], "DATE", ["2025-01-02", "2025-01-03"], [0]],
  [["2025-01-02T10:00:00"], "TIMESTAMP", ["2025-01-02 10:00:00", "2025-01-02 11:00:00"], [0]],
  [["2025-01-02"], "TIMESTAMP", ["2025-01-02 00:00:00", "2025-01-02 10:00:00"], [0]],
  [["2025-01-02T10:00:00Z"], "TIMESTAMPTZ", ["2025-01-02 11:00:00+01", "2025-01-02 10:00:00+01"], [0]],
] as const)("typed in Parquet: %j of %s means %j", async (is, type, values, expected) => {
  const { engine, data } = opened();
  const path = join(data, `consents-${(loaded += 1)}.parquet`);
  const rows = values.map((value, index) => `('p${index}@x.example', '${value}'::${type})`);
  await engine.outer.writeParquet(`SELECT * FROM (VALUES ${rows.join(", ")}) AS t(email, c)`, path);
  expect(await consenting(await load({}, [path]), [...is])).toEqual([...expected]);
});

test("it is compared as written through a segment's SQL, or refused", async () => {
  const csv = "email,c\np0@x.example,1.10\np1@x.example,1.1\n";
  const source = await load({ [`consents-${loaded}.csv`]: csv });
  expect(await consenting(source, ["1.1"], "WITH w AS (SELECT * FROM people) SELECT * FROM w")).toEqual([1]);
  const lost = "SELECT email, c FROM people UNION SELECT email, c + 0 FROM people";
  const failure = await failureOf(consenting(source, ["1.1"], lost));
  expect(failure.message).toMatch(
    /consent: the SQL brings column "c" .* would not be compared as they are written\.$/,
  );
});

test("a message names the column of consent, however it is written", () => {
  expect(consentName({ column: "status", is: ["ja"] })).toBe('column "status"');
  expect(consentName("newsletter")).toBe('column "newsletter"');
  expect(consentName('"Newsletter-Opt-In"')).toBe('column "Newsletter-Opt-In"');
  expect(consentName("newsletter = 'x'")).toBe("the condition");
});
