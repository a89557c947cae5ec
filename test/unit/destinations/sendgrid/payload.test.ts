import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codec } from "../../../../src/destinations/sendgrid/codec/codec.js";
import { select, withSql } from "../../../support/sql.js";
import { attribute, bound, CONNECTION } from "./attributes.js";

const BINDINGS = bound(attribute("firstName"), attribute("Tier"), attribute("Score"), attribute("Since"));
const { payload, matches } = codec(BINDINGS, CONNECTION);

interface Row {
  key: string;
  a0: string | null;
  a1: string | null;
  a2: number | null;
  a3: string | null;
  clear: readonly boolean[];
}

/** What the payload has to say, computed the slow way. */
function expected({ key, a0, a1, a2, a3, clear }: Row): unknown {
  const put = (value: unknown, index: number): unknown => (clear[index] ? "" : value);
  const member = (name: string, value: unknown): Record<string, unknown> =>
    value === null ? {} : { [name]: value };
  return {
    email: key,
    ...member("first_name", put(a0, 0)),
    custom_fields: {
      ...member("e1_T", put(a1, 1)),
      ...member("e2_N", put(a2, 2)),
      ...member("e3_D", put(a3 === null ? null : `${a3}T00:00:00Z`, 3)),
    },
  };
}

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "\\",
      "\n",
      "\r",
      "\t",
      "\u0000",
      "\u001f",
      "\u007f",
      "\u2028",
      "'",
      "/",
      "é",
      "😀",
      "e\u0301",
      "a",
    ),
  }),
);
const anyRow: fc.Arbitrary<Row> = fc.record({
  key: fc.emailAddress(),
  a0: fc.option(anyText),
  a1: fc.option(anyText),
  a2: fc.option(
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(-0, 2 ** 53, 1e21, 1e-7),
    ),
  ),
  a3: fc.option(
    fc
      .date({ min: new Date("1000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  ),
  clear: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

describe("payload", () => {
  it("is the JSON of the contact, whatever the values are", async () => {
    await withSql(async (connection) => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 50 }), async (rows) => {
          await connection.run(
            "CREATE OR REPLACE TABLE t (key VARCHAR, a0 VARCHAR, a1 VARCHAR, a2 DOUBLE, a3 DATE, c0 BOOLEAN, c1 BOOLEAN, c2 BOOLEAN, c3 BOOLEAN)",
          );
          const insert = await connection.prepare(
            "INSERT INTO t SELECT $1, $2, $3, $4, CAST($5 AS DATE), $6, $7, $8, $9",
          );
          for (const row of rows) {
            const texts = [row.key, row.a0, row.a1] as const;
            texts.forEach((text, index) =>
              text === null ? insert.bindNull(index + 1) : insert.bindVarchar(index + 1, text),
            );
            if (row.a2 === null) insert.bindNull(4);
            else insert.bindDouble(4, row.a2);
            if (row.a3 === null) insert.bindNull(5);
            else insert.bindVarchar(5, row.a3);
            row.clear.forEach((clear, index) => insert.bindBoolean(6 + index, clear));
            await insert.run();
          }
          const built = await select(connection, `SELECT ${payload} AS payload FROM t ORDER BY rowid`);
          const parsed = built.map((one) => JSON.parse(String(one["payload"])) as unknown);
          expect(parsed).toEqual(rows.map((row) => JSON.parse(JSON.stringify(expected(row)))));
        }),
        { numRuns: 60 },
      );
    });
  });

  it("is spelled one way: order of members, whole numbers, dates", async () => {
    const [row] = await withSql((connection) =>
      select(
        connection,
        `SELECT ${payload} AS payload FROM (SELECT 'a@example.com' AS key, 'Zoë "Z"' AS a0, 'gold' AS a1, CAST(12 AS DOUBLE) AS a2,
          DATE '2021-02-11' AS a3, false AS c0, false AS c1, false AS c2, false AS c3)`,
      ),
    );
    expect(row!["payload"]).toBe(
      '{"email":"a@example.com","first_name":"Zoë \\"Z\\"","custom_fields":{"e1_T":"gold","e2_N":12,"e3_D":"2021-02-11T00:00:00Z"}}',
    );
  });

  it("has no custom_fields when none is mapped, and leaves NaN out", async () => {
    const plain = codec(bound(attribute("city")), CONNECTION).payload;
    const [row] = await withSql((connection) =>
      select(
        connection,
        `SELECT ${plain} AS plain, ${payload} AS full FROM (SELECT 'a@example.com' AS key, NULL AS a0, NULL AS a1,
          CAST('nan' AS DOUBLE) AS a2, NULL AS a3, false AS c0, false AS c1, false AS c2, false AS c3)`,
      ),
    );
    expect(row!["plain"]).toBe('{"email":"a@example.com"}');
    expect(row!["full"]).toBe('{"email":"a@example.com","custom_fields":{}}');
  });
});

describe("matches", () => {
  const PAYLOAD = {
    email: "a@example.com",
    first_name: "Zoë",
    custom_fields: { e2_N: 12, e3_D: "2021-02-11T00:00:00Z" },
  };
  const HELD = { first_name: "Zoë", e1_T: "left alone", e2_N: 12, e3_D: "2021-02-11T00:00:00Z" };

  async function verdict(sent: unknown, held: unknown): Promise<unknown> {
    return withSql(async (connection) => {
      const statement = await connection.prepare(
        `SELECT ${matches} AS ok FROM (SELECT $1::VARCHAR AS payload, $2::VARCHAR AS observed)`,
      );
      statement.bindVarchar(1, JSON.stringify(sent));
      if (held === null) statement.bindNull(2);
      else statement.bindVarchar(2, JSON.stringify(held));
      return (await statement.runAndReadAll()).getRowsJson()[0]![0];
    });
  }

  it.each<[string, unknown, unknown, boolean]>([
    ["the same", PAYLOAD, HELD, true],
    [
      "numbers and dates in another spelling",
      PAYLOAD,
      { ...HELD, e2_N: "12.0", e3_D: "2021-02-11T00:00:00.000Z" },
      true,
    ],
    ["another text", PAYLOAD, { ...HELD, first_name: "Zoe" }, false],
    ["another number", PAYLOAD, { ...HELD, e2_N: 12.5 }, false],
    ["another day", PAYLOAD, { ...HELD, e3_D: "2021-02-12T00:00:00Z" }, false],
    ["a missing value", PAYLOAD, { first_name: "Zoë", e2_N: 12 }, false],
    ["nothing known", PAYLOAD, null, false],
    ["a cleared value that is gone", { ...PAYLOAD, first_name: "" }, { ...HELD, first_name: null }, true],
    ["a cleared number that is gone", { email: "a", custom_fields: { e2_N: "" } }, {}, true],
    ["a cleared value that is still there", { ...PAYLOAD, first_name: "" }, HELD, false],
  ])("%s", async (_name, sent, held, ok) => {
    expect(await verdict(sent, held)).toBe(ok);
  });
});
