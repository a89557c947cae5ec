import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explainEngineError } from "../../../src/engine/engine-error.ts";
import { Failure } from "../../../src/model/failure.ts";
import { literal } from "../../../src/plugin/relation.ts";
import { sharedEngine } from "../../support/engine.ts";

const opened = sharedEngine();
const CANARY = "canary7@secret.example";

async function failureOf(sql: string, ours = false): Promise<Failure> {
  const { outer } = opened().engine;
  const work = () => outer.rows(sql);
  const error = await (
    ours ? outer.readUnderLimits("the query", work) : outer.underLimits("the query", work)
  ).then(
    (rows) => new Error(`it answered ${JSON.stringify(rows)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  return error;
}

/** Everything of a failure that may be printed or serialised. */
const printed = (failure: Failure) =>
  [failure.message, failure.hint, failure.stack, JSON.stringify(failure), String(failure.cause)].join("\n");

describe("no data in messages", () => {
  const person = `(SELECT '${CANARY}' AS v FROM range(2))`;
  test.each([
    `SELECT CAST(v AS INTEGER) FROM ${person}`,
    `SELECT CAST(v AS DATE) FROM ${person}`,
    `SELECT CAST(v AS TIMESTAMP) FROM ${person}`,
    `SELECT CAST(v AS BOOLEAN) FROM ${person}`,
    `SELECT CAST(v AS DOUBLE) FROM ${person}`,
    `SELECT CAST(v AS DECIMAL(9,2)) FROM ${person}`,
    `SELECT CAST(v AS UUID) FROM ${person}`,
    `SELECT CAST(v AS INTERVAL) FROM ${person}`,
    `SELECT CAST(v AS INTEGER[]) FROM ${person}`,
    `SELECT CAST(v AS JSON) FROM ${person}`,
    `SELECT CAST(v AS ENUM('a', 'b')) FROM ${person}`,
    `SELECT json_extract(v, '$.a') FROM ${person}`,
    `SELECT v + 1 FROM ${person}`,
    `SELECT v::INTEGER > 3 FROM ${person}`,
    `SELECT strptime(v, '%Y') FROM ${person}`,
    `SELECT unhex(v) FROM ${person}`,
    `SELECT regexp_matches('x', v || '(') FROM ${person}`,
    `SELECT error(v) FROM ${person}`,
    `SELECT date_trunc(v, now()) FROM ${person}`,
    `SELECT (SELECT v FROM ${person} AS p) FROM range(1)`,
    `SELECT from_base64(v) FROM ${person}`,
    `SELECT chr(length(v) * 1000000) FROM ${person}`,
    `SELECT map([v, v], [1, 2]) FROM ${person}`,
    `SELECT decode(encode(v) || '\\xFF'::BLOB) FROM ${person}`,
    `SELECT now() AT TIME ZONE v FROM ${person}`,
    `SELECT repeat(v, 9999999999) FROM ${person}`,
    `SELECT e164(v, v)::INTEGER + v::INTEGER FROM ${person}`,
  ])("%s", async (sql) => expect(printed(await failureOf(sql))).not.toMatch(/canary|secret\.example/));

  test.each<[string, string, string]>([
    ["a CSV with a wide row", "csv", `a,b\n${"1,2\n".repeat(30_000)}3,${CANARY},4\n`],
    ["a CSV with an open quote", "csv", `a,b\n${"1,2\n".repeat(30_000)}3,"${CANARY}\n`],
    ["a CSV with a bad value", "csv", `a,b\n${"1,2\n".repeat(30_000)}3,${CANARY}\n`],
    ["broken JSON", "json", `{"a":1}\n{"a":"${CANARY}\n`],
    ["JSON that is text", "json", `${CANARY}\n`],
    ["JSON with a name twice", "json", `{"${CANARY}":1,"${CANARY}":2}\n`],
  ])("%s", async (what, format, text) => {
    const path = join(opened().data, `${what}.${format}`);
    await writeFile(path, text);
    const reader =
      format === "csv"
        ? `read_csv(${literal(path)}, header = true, delim = ',', quote = '"', escape = '"', columns = {a: 'BIGINT', b: 'BIGINT'}, auto_detect = false)`
        : `read_json(${literal(path)}, format = 'newline_delimited')`;
    expect(printed(await failureOf(`SELECT * FROM ${reader}`))).not.toMatch(/canary|secret\.example/);
  });
});

describe("known errors say what to do", () => {
  test.each<[string, string, RegExp]>([
    ["SELECT nam FROM (SELECT 1 AS name)", "invalid", /no column "nam"/],
    ["SELECT * FROM nowhere", "invalid", /no source or segment "nowhere"/],
    ["SELECT no_such_function(1)", "invalid", /no function "no_such_function"/],
    ["SELECT 1 +", "invalid", /syntax error/],
    ["SELECT a FROM (SELECT 1 AS a, 2 AS b) GROUP BY b", "invalid", /SQL: /],
  ])("%s", async (sql, kind, message) => {
    const failure = await failureOf(sql);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(message);
  });

  test("a line of CSV that is too long is reported as such", async () => {
    const path = join(opened().data, "long.csv");
    await writeFile(path, `a,b\n${CANARY},${"y".repeat(3_000_000)}\n`);
    const failure = await failureOf(
      `SELECT * FROM read_csv(${literal(path)}, header = true, delim = ',')`,
      true,
    );
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(failure.message).toMatch(/longer than 2,000,000 bytes/);
    expect(printed(failure)).not.toContain(CANARY);
  });

  test("similar columns are offered", async () =>
    expect((await failureOf("SELECT nam FROM (SELECT 1 AS name)")).hint).toContain('"name"'));

  test.each<[string, string, RegExp]>([
    ["INTERRUPT Error: Interrupted!", "interrupted", /interrupted/],
    ["Out of Memory Error: failed to allocate data of size 1 (canary)", "permanent", /out of memory/],
    ['IO Error: Could not write file "x": No space left on device', "permanent", /disk space/],
    [
      'IO Error: Could not set lock on file "/x/canary.duckdb": Conflicting lock is held in node (PID 7)',
      "transient",
      /another process/,
    ],
    ["Invalid Input Error: Invalid unicode (byte sequence mismatch) detected in canary", "invalid", /UTF-8/],
    ["Conversion Error: canary", "permanent", /reported: Conversion Error\.$/],
    ["Canary Error: canary", "permanent", /reported: Error\.$/],
    ["canary", "permanent", /engine/],
  ])("%s", (text, kind, message) => {
    const failure = explainEngineError(new Error(text));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(message);
    expect(printed(failure)).not.toContain("canary");
  });

  test("a Failure stays as it is", () => {
    const failure = new Failure("refused", "no");
    expect(explainEngineError(failure)).toBe(failure);
  });
});
