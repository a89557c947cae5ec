import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { profilesSql } from "../../../../src/reconcile/desired/desired-sql.ts";
import { mappingDigest } from "../../../../src/reconcile/desired/desired.ts";
import type { AttributeProgram } from "../../../../src/model/plan/program.ts";
import { literal } from "../../../../src/plugin/relation.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { attribute, desire, program } from "../support.ts";
import { loadCsv, loadFiles } from "../../sources/support.ts";

const opened = sharedEngine();
let views = 0;

/** A table of its own and the program that sends its column `v`. */
async function valuesOf(select: string, more: Partial<AttributeProgram>) {
  const view = `values_${(views += 1)}`;
  await opened().engine.outer.run(`CREATE TABLE ${view} AS ${select}`);
  return desire(
    opened().engine,
    program({ segments: [{ view, orderBy: undefined }], attributes: [attribute("v", more)] }),
  );
}

/** What is sent for one value: the text, `clear`, `leave`, or `misfit`. */
async function sent(value: string, more: Partial<AttributeProgram>): Promise<string | null | undefined> {
  const { people, tables } = await valuesOf(`SELECT 'a@x.example' AS email, ${value} AS v`, more);
  const bad = await opened().engine.row<{ b0: boolean }>(`SELECT b0 FROM ${tables.profiles}`);
  const [person] = people;
  if (bad.b0) {
    expect(person).toMatchObject({ a0: null, c0: "false" });
    return "misfit";
  }
  if (person?.["a0"] === null) return person["c0"] === "true" ? "clear" : "leave";
  return person?.["a0"];
}

test("reading a value takes no join, since many attributes would need more than fit into memory", async () => {
  const { outer } = opened().engine;
  await outer.run("CREATE TABLE read_plainly AS SELECT 'a@x.example' AS email, 'x' AS v");
  const types = ["text", "choice", "number", "date", "boolean", "phone"] as const;
  const attributes = [
    ...types.map((type) => attribute("v", { type })),
    attribute("v", { type: "choice", choices: ["a", "b", "c", "d", "e", "f", "g"] }),
  ];
  const segments = [{ view: "read_plainly", orderBy: undefined }];
  const explained = await outer.rows(`EXPLAIN ${profilesSql(program({ segments, attributes }), "")}`);
  expect(JSON.stringify(explained)).not.toMatch(/JOIN/);
});

describe("a typed value", () => {
  test.each<[Partial<AttributeProgram>, string, string]>([
    [{ type: "text" }, "'x'", "x"],
    [{ type: "text" }, "' x '", " x "],
    [{ type: "text" }, "7", "7"],
    [{ type: "text" }, "1.5::DOUBLE", "1.5"],
    [{ type: "text" }, "42::DOUBLE", "42"],
    [{ type: "text" }, "'42.0'", "42.0"],
    [{ type: "choice", choices: ["42"] }, "42::DOUBLE", "42"],
    [{ type: "text" }, "true", "true"],
    [{ type: "text" }, "DATE '2024-02-29'", "2024-02-29"],
    [{ type: "text" }, "''", "leave"],
    [{ type: "text" }, "NULL", "leave"],
    [{ type: "text", nulls: "clear" }, "''", "clear"],
    [{ type: "text", nulls: "clear" }, "NULL::VARCHAR", "clear"],
    [{ type: "text", maxLength: 3 }, "'abc'", "abc"],
    [{ type: "text", maxLength: 3 }, "'äöü'", "äöü"],
    [{ type: "text", maxLength: 3 }, "'abcd'", "misfit"],
    [{ type: "text", maxLength: 3, nulls: "clear" }, "'abcd'", "misfit"],
    [{ type: "choice", choices: ["a", "it's"] }, "'it''s'", "it's"],
    [{ type: "choice", choices: ["a"] }, "'A'", "misfit"],
    [{ type: "choice", choices: ["a"] }, "''", "leave"],
    [{ type: "choice", choices: ["a"], nulls: "clear" }, "''", "clear"],
    [{ type: "choice" }, "'anything'", "anything"],
    [{ type: "text" }, "'NULL'", "misfit"],
    [{ type: "text" }, "'\\N'", "misfit"],
    [{ type: "text" }, "'nan'", "misfit"],
    [{ type: "text" }, "'#N/A'", "misfit"],
    [{ type: "text", nulls: "clear" }, "'NULL'", "misfit"],
    [{ type: "text", maxLength: 9 }, "'null'", "misfit"],
    [{ type: "text" }, "'Null'", "Null"],
    [{ type: "text" }, "'NULLA'", "NULLA"],
    [{ type: "text" }, "'None'", "None"],
    [{ type: "choice" }, "'NaN'", "misfit"],
    [{ type: "choice", choices: ["NULL"] }, "'NULL'", "NULL"],
    [{ type: "choice", choices: ["1"] }, "1", "1"],
    [{ type: "number" }, "7", "7.0"],
    [{ type: "number" }, "'1e3'", "misfit"],
    [{ type: "number" }, "1e3", "1000.0"],
    [{ type: "number" }, "'1_000'", "misfit"],
    [{ type: "number" }, "' 1.5 '", "1.5"],
    [{ type: "number" }, "true", "1.0"],
    [{ type: "number" }, "1.10::DECIMAL(9,2)", "1.1"],
    [{ type: "number" }, "'1,5'", "misfit"],
    [{ type: "number" }, "'x'", "misfit"],
    [{ type: "number" }, "'NaN'", "misfit"],
    [{ type: "number" }, "'inf'::DOUBLE", "misfit"],
    [{ type: "number" }, "'1e999'", "misfit"],
    [{ type: "number" }, "''", "leave"],
    [{ type: "number", nulls: "clear" }, "''", "clear"],
    [{ type: "number", nulls: "clear" }, "'x'", "misfit"],
    [{ type: "number" }, "DATE '2024-02-29'", "misfit"],
    [{ type: "date" }, "'2024-02-29'", "2024-02-29"],
    [{ type: "date" }, "DATE '2024-02-29'", "2024-02-29"],
    [{ type: "date" }, "TIMESTAMP '2024-02-29 23:59:59'", "2024-02-29"],
    [{ type: "date" }, "TIMESTAMPTZ '2024-02-29 23:59:59+00'", "2024-02-29"],
    [{ type: "date" }, "'2024-02-29 23:59:59'", "2024-02-29"],
    [{ type: "date" }, "'2024-02-29T23:59:59Z'", "2024-02-29"],
    [{ type: "date" }, "'2024-02-30'", "misfit"],
    [{ type: "date" }, "'29.02.2024'", "misfit"],
    [{ type: "date" }, "'x'", "misfit"],
    [{ type: "date" }, "20240229", "misfit"],
    [{ type: "date" }, "true", "misfit"],
    [{ type: "date" }, "''", "leave"],
    [{ type: "date", nulls: "clear" }, "NULL::DATE", "clear"],
    [{ type: "boolean" }, "true", "true"],
    [{ type: "boolean" }, "'TRUE'", "true"],
    [{ type: "boolean" }, "'no'", "false"],
    [{ type: "boolean" }, "0", "false"],
    [{ type: "boolean" }, "'x'", "misfit"],
    [{ type: "boolean" }, "DATE '2024-01-01'", "misfit"],
    [{ type: "boolean" }, "''", "leave"],
    [{ type: "phone", country: "'DE'" }, "'0711 1234567'", "+497111234567"],
    [{ type: "phone", country: "'DE'" }, "4971112345", "+494971112345"],
    [{ type: "phone", country: "CAST(NULL AS VARCHAR)" }, "'+49 711 1234567'", "+497111234567"],
    [{ type: "phone", country: "'DE'" }, "'  '", "leave"],
    [{ type: "phone", country: "'DE'", nulls: "clear" }, "''", "clear"],
    [{ type: "text" }, "[1, 2]", "[1, 2]"],
    [{ type: "text" }, "{'a': 1}", "{'a': 1}"],
    [{ type: "number" }, "[1, 2]", "misfit"],
  ])("%j of %s is %s", async (more, value, expected) => expect(await sent(value, more)).toBe(expected));
});

describe("the input hash", () => {
  const types: Partial<AttributeProgram>[] = [
    { type: "text" },
    { type: "number" },
    { type: "date" },
    { type: "boolean" },
    { type: "phone", country: `"land"` },
    { type: "choice", choices: ["a", "b"] },
  ];
  const columns = ["name", "score", "born", "vip", "tel", "tier"];
  const attributes = types.map((more, i) => attribute(columns[i] ?? "", more));
  const csv = `email,name,score,born,vip,tel,land,tier
ann@x.example,Ann,1.5,2024-02-29,true,0711 1234567,DE,a
bob@x.example,,7,,false,,,x
cid@x.example,"C, id",-0.25,1999-12-31,,+43 1 58800,AT,b
`;
  const over = (view: string) => program({ segments: [{ view, orderBy: undefined }], attributes });
  const bare = (view: string) => view.slice(1, -1);

  test("is the same for the same data in CSV, JSON Lines and Parquet", async () => {
    const { engine, data } = opened();
    const fromCsv = await loadCsv(opened(), csv);
    const jsonl = [
      {
        email: "ann@x.example",
        name: "Ann",
        score: 1.5,
        born: "2024-02-29",
        vip: true,
        tel: "0711 1234567",
        land: "DE",
        tier: "a",
      },
      { email: "bob@x.example", name: "", score: 7, born: null, vip: false, tel: "", tier: "x" },
      {
        tier: "b",
        email: "cid@x.example",
        name: "C, id",
        score: -0.25,
        born: "1999-12-31",
        tel: "+43 1 58800",
        land: "AT",
      },
    ];
    const fromJson = await loadFiles(opened(), {
      "same.jsonl": jsonl.map((row) => `${JSON.stringify(row)}\n`).join(""),
    });
    const path = join(data, "same.parquet");
    await writeFile(path, "");
    await engine.outer.run(
      `COPY (SELECT email, name, score::DECIMAL(9,3) AS score, born::TIMESTAMP AS born, vip, tel, land, tier FROM ${fromCsv.view} ORDER BY email DESC) TO ${literal(path)} (FORMAT parquet)`,
    );
    const fromParquet = await loadFiles(opened(), {}, { paths: ["same.parquet"] });
    const [one, two, three] = [
      await desire(engine, over(bare(fromCsv.view))),
      await desire(engine, over(bare(fromJson.view))),
      await desire(engine, over(bare(fromParquet.view))),
    ];
    expect(Object.keys(one.hashes)).toHaveLength(3);
    expect(two.hashes).toEqual(one.hashes);
    expect(three.hashes).toEqual(one.hashes);
    expect(two.people).toEqual(one.people);
  });

  test("changes with each attribute, and empty, misfit and text differ", async () => {
    const base = ["'Ann'", "1", "DATE '2024-01-01'", "true", "'+49711'", "'a'"];
    const others = ["'Anna'", "2", "DATE '2024-01-02'", "false", "'+49712'", "'b'"];
    const hashOf = async (values: readonly string[], land = "'DE'"): Promise<string> => {
      const view = `hashed_${(views += 1)}`;
      await opened().engine.outer.run(
        `CREATE TABLE ${view} AS SELECT 'a@x.example' AS email, ${land} AS land, ${values.map((value, i) => `${value} AS ${columns[i] ?? ""}`).join(", ")}`,
      );
      return (await desire(opened().engine, over(view))).hashes["a@x.example"] ?? "";
    };
    const variants = [
      base,
      ...base.map((_, i) => base.with(i, others[i] ?? "")),
      ...base.map((_, i) => base.with(i, "NULL")),
      base.with(1, "'x'"),
      base.with(5, "'z'"),
      ["'1'", "NULL", ...base.slice(2)],
      ["'n'", ...base.slice(1)],
      ["'b'", ...base.slice(1)],
    ];
    const hashes = [
      ...(await Promise.all(variants.map((values) => hashOf(values)))),
      await hashOf(base, "'AT'"),
      await hashOf(base, "NULL::VARCHAR"),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(await hashOf(base)).toBe(hashes[0]);
    // An empty text is an empty value.
    expect(await hashOf(base.with(0, "''"))).toBe(await hashOf(base.with(0, "NULL")));
  });

  test("the mapping digest changes with what is sent, not with where it comes from", () => {
    const digest = (more: Partial<AttributeProgram>) =>
      mappingDigest(program({ attributes: [attribute("a", more)] }));
    const same = digest({});
    expect(digest({ sql: "upper(a)" })).toBe(same);
    const others = [
      digest({ field: "B" }),
      digest({ type: "choice" }),
      digest({ nulls: "clear" }),
      digest({ choices: ["x"] }),
      digest({ maxLength: 9 }),
      digest({ sms: true }),
      digest({ type: "phone" }),
      mappingDigest(program()),
    ];
    expect(new Set([same, ...others]).size).toBe(others.length + 1);
  });
});

describe("the reason for holding a person back", () => {
  const people = `SELECT * FROM (VALUES ('a@x.example', true), ('b@x.example', false), ('B@x.example', true),
    ('c@x.example', NULL), ('d@x.example', true), ('e@x.example', true), ('f@x.example', true), ('not an address', false), (NULL, false)) AS t(email, ok)`;
  const wanted = program({
    views: [
      { name: "people", sql: people },
      {
        name: "staff",
        sql: "SELECT * FROM (VALUES (' D@x.example'), ('b@x.example'), (NULL), ('f@x.example')) AS t(mail)",
      },
    ],
    consent: "ok = true",
    suppressions: [{ view: "staff", email: `"mail"` }],
  });
  const optedOut = `SELECT * FROM (VALUES ('e@x.example', NULL), ('f@x.example', '7'), ('a@x.example', '8')) AS t(key, list_id)`;

  test("is suppression before missing consent before an opt-out, whichever profile it is of", async () => {
    const { people: delivered, held, facts } = await desire(opened().engine, wanted, { optedOut });
    expect(delivered.map(({ key }) => key)).toEqual(["a@x.example"]);
    expect(held).toMatchObject({
      "b@x.example": "suppressed",
      "c@x.example": "no consent",
      "d@x.example": "suppressed",
      "e@x.example": "opted out",
      "f@x.example": "suppressed",
    });
    expect(facts).toEqual({ rows: 9, invalid: 2, desired: 6, emptySegments: [], unclearConsent: 0 });
  });

  test("is not an opt-out of another list, and without a list only one of the account", async () => {
    const plain = { ...wanted, consent: undefined, suppressions: [] };
    expect(Object.keys((await desire(opened().engine, plain, { optedOut, list: "8" })).held)).toEqual([
      "a@x.example",
      "e@x.example",
    ]);
    expect(Object.keys((await desire(opened().engine, plain, { optedOut, list: null })).held)).toEqual([
      "e@x.example",
    ]);
    expect(Object.keys((await desire(opened().engine, plain, { optedOut, list: "it's" })).held)).toEqual([
      "e@x.example",
    ]);
  });

  test("is not an opt-out or suppression without an address", async () => {
    const { people: delivered } = await desire(
      opened().engine,
      { ...wanted, consent: undefined, suppressions: [{ view: "staff", email: "CAST(NULL AS VARCHAR)" }] },
      { optedOut: "SELECT CAST(NULL AS VARCHAR) AS key, CAST(NULL AS VARCHAR) AS list_id" },
    );
    expect(delivered).toHaveLength(6);
  });
});

describe("the profile of an address that has several", () => {
  const person = fc.record({
    email: fc.constantFrom("a@x.example", "A@X.example ", "b@x.example", "c@x.example"),
    name: fc.constantFrom("p", "q", "r", ""),
    n: fc.constantFrom(1, 2, 3, null),
    id: fc.constantFrom("1", "2", null),
    second: fc.boolean(),
  });

  test("never depends on the order of rows", { timeout: 60_000 }, async () => {
    const { engine } = opened();
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(person, { minLength: 2, maxLength: 12 })
          .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
          ),
        fc.constantFrom(undefined, `"n" DESC`, `"n" NULLS FIRST`, `"name", "n"`),
        async ([rows, shuffled], orderBy) => {
          const results = [];
          for (const order of [rows, shuffled]) {
            const table = `shuffled_${(views += 1)}`;
            const text = (value: string | null) => (value === null ? "NULL" : literal(value));
            const values = order.map(
              ({ email, name, n, id, second }) =>
                `(${literal(email)}, ${literal(name)}, ${n ?? "NULL"}, ${text(id)}, ${second})`,
            );
            await engine.outer.run(
              `CREATE TABLE ${table} AS SELECT * FROM (VALUES ${values.join(", ")}) AS t(email, name, n, id, second)`,
            );
            const { people, hashes, facts } = await desire(
              engine,
              program({
                views: [
                  { name: "one", sql: `SELECT * FROM ${table} WHERE NOT second` },
                  { name: "two", sql: `SELECT * FROM ${table} WHERE second` },
                ],
                segments: [
                  { view: "one", orderBy },
                  { view: "two", orderBy: undefined },
                ],
                person: `"id"`,
                attributes: [attribute("name"), attribute("n", { type: "number" })],
              }),
            );
            results.push({ people, hashes, facts });
            await engine.outer.run(`DROP TABLE ${table}`);
          }
          expect(results[1]).toEqual(results[0]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("is that of the first segment, then the first in its order, then the one with the smaller hash", async () => {
    const { engine } = opened();
    const view = (rows: string) => `SELECT * FROM (VALUES ${rows}) AS t(email, name, n)`;
    const winner = async (segments: { rows: string; orderBy?: string }[]) => {
      const views = segments.map(({ rows }, i) => ({ name: `s${i}`, sql: view(rows) }));
      const { people } = await desire(
        engine,
        program({
          views,
          segments: segments.map(({ orderBy }, i) => ({ view: `s${i}`, orderBy })),
          attributes: [attribute("name")],
        }),
      );
      return people.map(({ a0 }) => a0);
    };
    const [p, q] = ["('a@x.example', 'p', 1)", "('A@x.example', 'q', 2)"];
    expect(await winner([{ rows: p }, { rows: q }])).toEqual(["p"]);
    expect(await winner([{ rows: q }, { rows: p }])).toEqual(["q"]);
    expect(await winner([{ rows: `${p}, ${q}`, orderBy: "n" }])).toEqual(["p"]);
    expect(await winner([{ rows: `${p}, ${q}`, orderBy: "n DESC" }])).toEqual(["q"]);
    expect(await winner([{ rows: `${p}, ${q}` }])).toEqual(await winner([{ rows: `${q}, ${p}` }]));
  });
});

test("the evaluation counts rows, invalid addresses and empty segments", async () => {
  const { facts, people } = await desire(
    opened().engine,
    program({
      views: [
        {
          name: "some",
          sql: "SELECT * FROM (VALUES ('a@x.example'), ('A@x.example'), ('x'), (NULL)) AS t(email)",
        },
        { name: "none", sql: "SELECT 'a' AS email WHERE false" },
      ],
      segments: [
        { view: "none", orderBy: undefined },
        { view: "some", orderBy: undefined },
      ],
    }),
  );
  expect(facts).toEqual({ rows: 4, invalid: 2, desired: 1, emptySegments: ["none"], unclearConsent: 0 });
  expect(people).toEqual([{ key: "a@x.example", person: null }]);
});

describe("SQL of the config", () => {
  const view = "(SELECT 'a@x.example' AS email, 'x' AS v UNION ALL SELECT 'a@x.example', 'y')";
  const views = [{ name: "people", sql: `SELECT * FROM ${view}` }];

  test("an order may end in a comment", async () => {
    const { people } = await desire(
      opened().engine,
      program({
        views,
        segments: [{ view: "people", orderBy: "v desc -- the newest" }],
        attributes: [attribute("v")],
      }),
    );
    expect(people).toMatchObject([{ a0: "y" }]);
  });

  test.each(["rank", "ord", "person", "consent", "raw_address", "r0"])(
    "a column %s that the data does not have is not one of ours",
    async (column) => {
      const wanted = program({
        views,
        person: "v",
        consent: "true",
        attributes: [attribute("v"), attribute(column)],
      });
      await expect(desire(opened().engine, wanted)).rejects.toThrow(`There is no column "${column}".`);
    },
  );
});
