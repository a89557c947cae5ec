import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  hashOfIdSql,
  olderHashesSql,
  personHashesSql,
} from "../../../../src/reconcile/people/person-hash.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { desire, program } from "../../reconcile/support.ts";

const opened = sharedEngine();
let views = 0;

/** The hash that is kept of an id given as SQL; undefined when it says nothing. */
async function hashOf(id: string): Promise<string | undefined> {
  const { engine } = opened();
  const view = `ids_${(views += 1)}`;
  await engine.outer.run(`CREATE TABLE ${view} AS SELECT 'a@x.example' AS email, ${id} AS id`);
  const wanted = program({ segments: [{ view, orderBy: undefined }], person: `"id"` });
  const { tables } = await desire(engine, wanted);
  const { hash } = await engine.row<{ hash: string | null }>(
    `SELECT person_hash AS hash FROM ${tables.profiles}`,
  );
  return hash ?? undefined;
}

test.each([
  [
    "1::BIGINT",
    "'1'",
    "' 1 '",
    "'1.'",
    "'1.0'",
    "'1.00'",
    "1::DOUBLE",
    "1::FLOAT",
    "1::DECIMAL(18,2)",
    "1::HUGEINT",
  ],
  ["3.5::DOUBLE", "'3.5'", "'3.50'", "3.5::DECIMAL(18,4)", "3.5::FLOAT"],
  ["0", "'0'", "'-0'", "'-0.0'", "'-0'::DOUBLE", "0::DECIMAL(4,1)"],
  ["-7", "'-7.0'", "-7::DOUBLE"],
  ["9007199254740991::DOUBLE", "9007199254740991::BIGINT", "'9007199254740991'"],
  [
    "'12345678901234567890'",
    "12345678901234567890::HUGEINT",
    "'12345678901234567890.0'::JSON",
    "12345678901234567890::DECIMAL(38,3)",
  ],
  ["10::DOUBLE", "'10'", "'10.0'"],
  ["true", "'true'", "'TRUE'"],
  [
    "DATE '2024-02-29'",
    "'2024-02-29'",
    "TIMESTAMP '2024-02-29 00:00:00'",
    "TIMESTAMPTZ '2024-02-29 00:00:00+00'",
    "'2024-02-29T00:00:00Z'",
    "'2024-02-29T00:00Z'",
    "'2024-02-29 00:00:00.000'",
    "'2024-02-29T02:00:00+02:00'",
  ],
  ["TIMESTAMP '2024-02-29 10:00:00'", "'2024-02-29T10:00:00Z'", "'2024-02-29 10:00'"],
  [
    "uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
    "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
    "'a0eebc99-9c0b-4ef8-BB6D-6bb9bd380a11'",
    "'A0EEBC999C0B4EF8BB6D6BB9BD380A11'",
    "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
    "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' || chr(160)",
    "encode('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')",
    "CAST('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11' AS ENUM('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'))",
    `json('"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"')`,
  ],
  [
    "101",
    "json('101')",
    "json('101.0')",
    `json('"101"')`,
    `'"101"'`,
    `'=" 101 "'`,
    "'''101'",
    "chr(9) || '101' || chr(13)",
    "chr(8203) || '101' || chr(160)",
    "chr(65279) || '101' || chr(0)",
    "'101'::ENUM('101')",
    "encode('101')",
    "101::UTINYINT",
  ],
  ["'K' || chr(246) || ' 1'", "'Ko' || chr(776) || chr(160) || '1'", "encode('K' || chr(246) || ' 1')"],
])("%s and its other spellings are one person", async (first, ...others) => {
  const hash = await hashOf(first);
  expect(hash).toMatch(/^2\.[0-9a-f]{32}$/);
  for (const other of others) expect(await hashOf(other), other).toBe(hash);
});

test("an id that is written differently is another person", async () => {
  const ids = [
    "'1'",
    "'7'",
    "'007'",
    "'01.0'",
    "'1e3'",
    "'1000'",
    "'+7'",
    "'1,0'",
    "'v1.0'",
    "'01.'",
    "'.5'",
    "'0.5'",
  ];
  ids.push("'12345678901234567890123456789012'", "'abcdef'", "'ABCDEF'", "'5'''", `'a"b'`, "'a b'", "'ab'");
  ids.push("'9007199254740993'", "'9007199254740992'", "'10'", "'100'", "'1.0.0'", "'A'", "'a'");
  const hashes = await Promise.all(ids.map(hashOf));
  expect(new Set(hashes).size).toBe(ids.length);
});

test.each([
  "NULL",
  "''",
  "'  '",
  "chr(160)",
  `'""'`,
  "json('null')",
  "NULL::BLOB",
  "'nan'::DOUBLE",
  "NULL::DOUBLE",
])("%s is nobody", async (id) => {
  expect(await hashOf(id)).toBeUndefined();
});

test.each([
  ["'1.23457E+17'", "shortened to one with an exponent"],
  ["' 1e+05'", "shortened to one with an exponent"],
  ["'1.5e16'::JSON", "shortened to one with an exponent"],
  [String.raw`'\xA0\xEE'::BLOB`, "bytes that are not text"],
])("%s may be two people, or another one elsewhere, and is refused", async (id, why) => {
  await expect(hashOf(id)).rejects.toMatchObject({
    kind: "invalid",
    message: expect.stringContaining(why) as string,
  });
});

test.each([
  "9007199254740992::DOUBLE",
  "1e16::DOUBLE",
  "0.00001::DOUBLE",
  "'inf'::DOUBLE",
  "16777216::FLOAT",
])("%s may be two people, and is refused", async (id) => {
  await expect(hashOf(id)).rejects.toMatchObject({
    kind: "invalid",
    message: expect.stringContaining("match.id: 1 id is a number") as string,
    hint: expect.stringContaining("text") as string,
  });
});

const UUID = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11";

test("an id that was kept in a former form is found", async () => {
  const { engine } = opened();
  await engine.run(
    `CREATE TABLE first_profiles AS SELECT *, ${hashOfIdSql("person")} AS person_hash FROM (VALUES ('a', '2024-01-01'), ('b', '2024-01-01 00:00:00'), ('c', '1.'), ('d', '1'),
      ('e', '2024-01-01 01:00:00+01'), ('f', 'x'), ('g', NULL),
      ('h', lower('${UUID}')), ('i', '${UUID}'), ('j', 'A0eebc99${UUID.slice(8)}'), ('k', '{${UUID}}'), ('l', 'x' || chr(8203)),
      ('m', 'Zoë'), ('n', 'b"1'), ('o', 'urn:uuid:${UUID}')) AS t(key, person), (SELECT true AS ok)`,
  );
  const found = await engine.rows<{ key: string; person: string }>(
    personHashesSql({ person: "id" }, "first_profiles"),
  );
  const kept = (id: string): string => `2.${createHash("sha256").update(id).digest("hex").slice(0, 32)}`;
  const of = (id: string): string[] =>
    [...new Set(found.flatMap((row) => (row.person === kept(id) ? [row.key] : [])))].sort();
  expect(of("2024-01-01")).toEqual(["a", "b", "e"]);
  expect(of("2024-01-01 00:00:00")).toEqual(["a", "b", "e"]);
  expect(of("2024-01-01 01:00:00+01")).toEqual(["e"]);
  expect(of("1.")).toEqual(["c"]);
  expect(of("1")).toEqual(["c", "d"]);
  expect(of("x")).toEqual(["f", "l"]);
  expect(of("x\u200b")).toEqual(["l"]);
  expect(of(UUID.toLowerCase())).toEqual(["h", "i", "j", "k", "o"]);
  expect(of(UUID)).toEqual(["h", "i", "j", "k", "o"]);
  expect(of(`A0eebc99${UUID.slice(8)}`)).toEqual(["j"]);
  expect(of(`{${UUID}}`)).toEqual(["k"]);
  expect(of(`urn:uuid:${UUID}`)).toEqual(["o"]);
  // As the engine prints bytes.
  expect(of("Zo\\xC3\\xAB")).toEqual(["m"]);
  expect(of("b\\x221")).toEqual(["n"]);
});

test("an id that an older version kept is found in every form that it may have", async () => {
  const { engine } = opened();
  await engine.run(
    `CREATE TABLE older_profiles AS SELECT * FROM (VALUES ('a', '1'), ('b', '1.50'), ('c', ' X9 '), ('d', '0'), ('e', NULL), ('f', '')) AS t(key, person), (SELECT true AS ok)`,
  );
  const found = await engine.rows<{ key: string; person: string }>(olderHashesSql("older_profiles"));
  const before = (id: string): string => createHash("sha256").update(id).digest("hex").slice(0, 32);
  const of = (id: string): string[] => found.flatMap((row) => (row.person === before(id) ? [row.key] : []));
  for (const id of ["1", "1.", "1.0", "1.00", "1.0000000000"]) expect(of(id), id).toEqual(["a"]);
  for (const id of ["1.50", "1.5", "1.5000"]) expect(of(id), id).toEqual(["b"]);
  for (const id of ["X9"]) expect(of(id), id).toEqual(["c"]);
  for (const id of ["0", "-0", "-0.0", "0.0"]) expect(of(id), id).toEqual(["d"]);
  expect(new Set(found.map(({ key }) => key))).toEqual(new Set(["a", "b", "c", "d"]));
  expect(await engine.row(`SELECT ${hashOfIdSql("'1.0'")} = ${hashOfIdSql("'1'")} AS same`)).toEqual({
    same: true,
  });
});
