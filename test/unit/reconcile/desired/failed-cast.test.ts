import { beforeAll, describe, expect, it } from "vitest";
import { explainFailedCast } from "../../../../src/reconcile/desired/failed-cast.js";
import { sharedEngine } from "../../../support/engine.js";

const opened = sharedEngine();
const VALUES = ["anna@column.example", "12 canary", "31.31.canary"];

beforeAll(async () => {
  const rows = VALUES.map((value) => `('${value}', '5', NULL, '7,5')`).join(", ");
  await opened().engine.outer.run(
    `CREATE TABLE crm AS SELECT * FROM (VALUES ${rows}, ('5', '6', '7', 'x')) AS crm(spend, "First Name", nothing, "anna@column.example")`,
  );
});

const ofRow = (sql: string): ReturnType<typeof explainFailedCast> =>
  explainFailedCast(opened().engine, `SELECT ${sql}`, {
    before: "WITH seg AS (SELECT * FROM crm)\n",
    table: "seg",
  });

describe("a cast of an expression is told with its columns, type and how many values", () => {
  it.each([
    ["CAST(spend AS INTEGER)", '3 values of column "spend" do not convert to INTEGER.'],
    ["spend::DATE", '4 values of column "spend" do not convert to DATE.'],
    ["spend::DECIMAL(10, 2) > 5", '3 values of column "spend" do not convert to DECIMAL(10,2).'],
    ["CAST(profile.spend AS BOOLEAN)", '4 values of column "spend" do not convert to BOOLEAN.'],
    [
      `CAST("First Name" AS INTEGER) + CAST(spend AS DOUBLE)`,
      '3 values of column "spend" do not convert to DOUBLE.',
    ],
    [
      `CAST(replace("anna@column.example", ',', '.') AS DOUBLE)`,
      /^1 value of column "[^"]*•[^"]*" does not convert to DOUBLE\.$/,
    ],
    [
      'CAST(spend || nothing AS INTEGER) + CAST(spend || "First Name" AS INTEGER)',
      '3 values of columns "spend", "First Name" do not convert to INTEGER.',
    ],
    [
      "CASE WHEN spend <> '' THEN CAST(CAST(spend AS DOUBLE) AS TINYINT) END",
      '3 values of column "spend" do not convert to DOUBLE.',
    ],
  ])("%s", async (sql, message) => {
    const told = await ofRow(sql);
    expect(told?.message).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
    expect(JSON.stringify(told)).not.toContain("canary");
  });
});

it("what is not a cast, or fits, or may fail, is not blamed", async () => {
  for (const sql of [
    `CAST("First Name" AS INTEGER)`,
    "TRY_CAST(spend AS INTEGER)",
    "CAST(spend AS VARCHAR)",
    "CAST('x' AS INTEGER)",
    "upper(spend)",
    "CAST(nothing AS INTEGER)",
  ])
    expect(await ofRow(sql), sql).toBeUndefined();
});

it("the only cast of a query is told without a number, several are not told apart", async () => {
  const ofQuery = (sql: string): ReturnType<typeof explainFailedCast> =>
    explainFailedCast(opened().engine, sql, undefined);
  expect((await ofQuery("SELECT * FROM crm WHERE CAST(spend AS DATE) > today()"))?.message).toBe(
    'a value of column "spend" does not convert to DATE.',
  );
  expect(
    await ofQuery("SELECT * FROM crm WHERE CAST(spend AS DATE) > CAST(nothing AS DATE)"),
  ).toBeUndefined();
});
