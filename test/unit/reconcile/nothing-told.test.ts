import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluateProgram } from "../../../src/reconcile/desired/desired.ts";
import { checkExpression, checkSelect } from "../../../src/engine/user-sql/user-sql.ts";
import { Failure } from "../../../src/model/failure.ts";
import { MACRO_NAMES } from "../../../src/engine/functions.ts";
import { sharedEngine } from "../../support/engine.ts";
import { FULL } from "../../support/full.ts";
import { disguised, raising } from "../../support/raising.ts";
import { SECRETS, toldIn } from "../../support/secrets.ts";
import { program } from "./support.ts";

const opened = sharedEngine();
const COLUMNS = ["email", "phone", "name", "born"];

beforeAll(async () => {
  const values = SECRETS.map((secret) => `'${secret}'`).join(", ");
  const { engine } = opened();
  await engine.outer.run(
    `CREATE TABLE crm AS SELECT * FROM (VALUES (${values}), (${values})) AS crm(${COLUMNS.join(", ")})`,
  );
  await engine.outer.run(
    `CREATE TABLE typed AS SELECT CAST(born AS DATE) AS born, email::ENUM('${SECRETS[0]}') AS email, {'${SECRETS[2]}': name} AS name, [phone] AS phone FROM crm`,
  );
  await engine.run("CREATE TABLE nobody (key VARCHAR, list_id VARCHAR)");
});

/** Everything that may be printed of a failure, with all that led to it. */
function printed(error: unknown): string {
  if (!(error instanceof Failure)) throw error;
  const before = error.cause === undefined ? "" : printed(error.cause);
  return [error.message, error.hint, error.stack, JSON.stringify(error), before].join("\n");
}

/** Runs a SELECT as people's SQL is run, and says what was told when it failed. */
async function said(sql: string): Promise<string> {
  const { engine } = opened();
  try {
    await checkSelect(engine, sql);
    await engine.outer.underLimits("The query", () => engine.outer.run(sql));
    return "";
  } catch (error) {
    return printed(error);
  }
}

const mustTellNothing = async (sql: string): Promise<string> => {
  const text = await said(sql);
  expect(toldIn(text), `${sql}\n${text}`).toBeUndefined();
  return text;
};

test("the search finds a secret in each disguise", () => {
  const [email, , name] = SECRETS;
  for (const text of [
    email,
    email.toUpperCase(),
    email.replace("@", " at "),
    Buffer.from(email).toString("hex"),
    Buffer.from(email).toString("base64"),
    Array.from(name).join(" "),
    Array.from(email).reverse().join(""),
    `x${name.slice(2, 6)}x`,
  ])
    expect(toldIn(`<${text}>`), text).toBeDefined();
  expect(toldIn("There is no column of a name in the SQL.")).toBeUndefined();
});

test("no error of an expression reveals the data", { timeout: 600_000 }, async () => {
  const columns = FULL ? COLUMNS : ["email"];
  const all = columns.flatMap((column) => disguised(column).flatMap(raising));
  const chosen = FULL ? all : [...raising("email"), ...fc.sample(fc.constantFrom(...all), 150)];
  let failed = 0;
  for (const expression of chosen)
    if ((await mustTellNothing(`SELECT ${expression} AS v FROM crm`)) !== "") failed += 1;
  // A generator that raises nothing would prove nothing.
  expect(failed).toBeGreaterThan(chosen.length / 2);
});

test("no error of any function reveals the data", { timeout: 600_000 }, async () => {
  // The statement names all of ours, as they are created once they are named.
  const functions = await opened().engine.rows<{ name: string; kind: string; types: string }>(
    `/* ${MACRO_NAMES.join(" ")} */ SELECT DISTINCT function_name AS name, function_type AS kind, coalesce(array_to_string(parameter_types, ','), '') AS types FROM duckdb_functions()
     WHERE function_type IN ('scalar', 'aggregate', 'macro') AND function_name NOT IN ('repeat', 'lpad', 'rpad', 'bar') ORDER BY ALL`,
  );
  expect(functions.map(({ name }) => name)).toEqual(expect.arrayContaining([...MACRO_NAMES]));
  const share = FULL ? 1 : 6;
  const turn = fc.sample(fc.nat(share - 1), 1)[0];
  const tried = functions.filter((_, index) => index % share === turn);
  for (const { name, types } of tried) {
    const parameters = types === "" ? [] : types.split(",");
    const called = /^\w+$/.test(name) ? name : `"${name}"`;
    const given = (text: string) => `${called}(${parameters.map((type) => valueOf(type, text)).join(", ")})`;
    for (const call of [given("email"), `${called}(${parameters.map(() => "reverse(email)").join(", ")})`])
      await mustTellNothing(`SELECT ${call} AS v FROM crm`);
  }
});

function valueOf(type: string, text: string): string {
  if (/\[\]/.test(type)) return `[${text}]`;
  if (/BLOB/.test(type)) return `CAST(${text} AS BLOB)`;
  if (/INT|DOUBLE|FLOAT|DECIMAL|NUM/.test(type)) return `ascii(${text}) * 10000`;
  if (/DATE/.test(type)) return "DATE '2020-01-01'";
  if (/TIMESTAMP/.test(type)) return "TIMESTAMP '2020-01-01 00:00:00'";
  if (/MAP/.test(type)) return `map([${text}], [1])`;
  if (/STRUCT/.test(type)) return `{'k': ${text}}`;
  if (/LAMBDA/.test(type)) return `e -> CAST(${text} AS INTEGER)`;
  return text;
}

describe("no error reveals names and types that come from the data", () => {
  test.each([
    "SELECT nobody FROM (PIVOT crm ON email USING count(*))",
    "FROM (PIVOT crm ON email USING count(*)) WHERE x",
    "WITH p AS (PIVOT crm ON replace(email, '@', '#') USING count(*)) SELECT nobody FROM p",
    "SELECT nobody FROM crm PIVOT (count(*) FOR email IN ('a'))",
    "SELECT email + 1 FROM typed",
    "SELECT lower(name) FROM typed",
    "SELECT lower(phone) FROM typed",
    "SELECT CASE WHEN true THEN email ELSE 1 END FROM typed",
    "SELECT name.nobody FROM typed",
    "SELECT email = born FROM typed",
    "SELECT unnest(email) FROM typed",
    "SELECT CAST(email AS ENUM('a')) FROM typed",
    "SELECT CAST(name AS STRUCT(a INTEGER)) FROM typed",
    "SELECT COLUMNS('nobody') FROM typed",
    "SELECT emai FROM crm",
    "SELECT unnest(name) FROM typed WHERE nobody",
    "SELECT * FROM crm ORDER BY CAST(email AS INTEGER)",
    "SELECT * FROM crm LIMIT (SELECT CAST(email AS INTEGER) FROM crm LIMIT 1)",
    "SELECT sum(CAST(name AS INTEGER)) OVER (PARTITION BY email) FROM crm",
    "SELECT count(*) FILTER (CAST(name AS BOOLEAN)) FROM crm",
    "SELECT * FROM crm JOIN typed ON crm.email = typed.born",
    "SELECT * FROM crm ASOF JOIN typed ON crm.email > typed.born",
    "SELECT max(email)::INTEGER, min(email)::DATE FROM crm",
    "SELECT * FROM range((SELECT CAST(phone AS BIGINT) FROM crm LIMIT 1) * 100000000)",
  ])("%s", async (sql) => expect(await mustTellNothing(sql)).toBeDefined());

  test("a file without a header, whose first person gives the names", async () => {
    const { outer } = opened().engine;
    const [email, phone, name, born] = SECRETS;
    await outer.run(
      `CREATE OR REPLACE VIEW headless AS SELECT 1 AS "${email}", 2 AS "${phone}", 3 AS "${name}", 4 AS "${born}"`,
    );
    for (const wrong of ["qwzvkx", "zqxwvkj", "x", "_491577736412"])
      for (const sql of [`SELECT ${wrong} FROM headless`, `SELECT headless.${wrong} FROM headless`])
        expect((await said(sql)).replaceAll(wrong, "")).not.toMatch(/zqxwvkj|pfqzzw|xjqvv|1577|1987/i);
  });
});

test("no error reveals the data, whatever the part of the export", { timeout: 120_000 }, async () => {
  const { engine } = opened();
  const attribute = {
    name: "A",
    field: "A",
    type: "text",
    nulls: "leave",
    choices: [],
    maxLength: undefined,
    country: undefined,
    sms: false,
  } as const;
  let runs = 0;
  for (const [index, expression] of raising("replace(email, '@', '#')").entries()) {
    if (await checkExpression(engine, expression).then(() => false, () => true)) continue; // prettier-ignore
    const sql = `(\n${expression}\n)`;
    const parts = [
      { email: sql },
      { person: sql },
      { consent: `${sql} IS NULL` },
      { attributes: [{ ...attribute, sql }] },
      { segments: [{ view: "all", orderBy: expression }] },
      { suppressions: [{ view: "all", email: sql }] },
      { views: [{ name: "all", sql: `SELECT * FROM crm WHERE ${sql} IS NULL` }] },
    ];
    for (const part of FULL ? parts : [parts[index % parts.length]]) {
      const whole = program({
        views: [{ name: "all", sql: "SELECT * FROM crm" }],
        segments: [{ view: "all", orderBy: undefined }],
        ...part,
      });
      const text = await evaluateProgram(engine, whole, `told${(runs += 1)}`, { table: "nobody", list: undefined, formerLists: [] }).then(
        () => "",
        printed,
      ); // prettier-ignore
      expect(toldIn(text), `${JSON.stringify(part)}\n${text}`).toBeUndefined();
    }
  }
});
