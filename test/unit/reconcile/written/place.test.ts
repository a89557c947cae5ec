import { join } from "node:path";
import { expect, test } from "vitest";
import { findInvalidAddresses } from "../../../../src/reconcile/desired/profile-places.ts";
import { findMisfits, findUnsafeIntegers } from "../../../../src/reconcile/change-set/bad-values.ts";
import { writeChangeSet } from "../../../../src/reconcile/change-set/change-set.ts";
import { builtSql } from "../../../../src/reconcile/change-set/build.ts";
import { deliverableSql } from "../../../../src/reconcile/desired/desired.ts";
import { placeInWords } from "../../../../src/model/words/place.ts";
import type { AttributeProgram, ExportProgram } from "../../../../src/model/plan/program.ts";
import { sharedEngine } from "../../../support/engine.ts";
import { attribute, desire, program } from "../support.ts";
import { failureOf, loadCsv, loadFiles } from "../../sources/support.ts";

const opened = sharedEngine();
let loaded = 0;

/** Loads a CSV file as `people`, with its segments over it, and says how the program is to read it. */
async function given(
  csv: string,
  more: Partial<ExportProgram> = {},
  segments: readonly string[] = [],
): Promise<ExportProgram> {
  const source = `people_${(loaded += 1)}`;
  await loadFiles(opened(), { [`${source}.csv`]: csv }, { name: source });
  const named = (index: number): string => (index < 0 ? source : `s${index}_${source}`);
  const views = segments.map((sql, index) => ({
    name: named(index),
    sql: sql.replaceAll(/\bpeople\b/g, named(index - 1)),
  }));
  return program({
    views,
    sources: [source],
    segments: [{ view: named(views.length - 1), orderBy: undefined }],
    ...more,
  });
}

/** What is said of values that are not sent, without the number in the name of the file. */
async function notSent(wanted: ExportProgram): Promise<string[]> {
  const { engine } = opened();
  const { tables } = await desire(engine, wanted);
  const codec = { payload: "''", group: "''" };
  const rows = `SELECT 'add' AS action, key, profile, input_hash FROM (${deliverableSql(tables)})`;
  const file = { path: join(engine.folder, `changes-${loaded}.parquet`) };
  const sql = builtSql(wanted, codec, rows, { profiles: tables.profiles, sharedPhones: undefined });
  await writeChangeSet(engine, file, sql);
  const found = await findMisfits(engine, tables, file, wanted);
  return found.map((bad) => short(`${bad.attribute}: ${bad.count} ${bad.reason} (${placeInWords(bad)})`));
}

function short(text: string): string {
  return text.replaceAll(/people_\d+/g, "people");
}

const born = (more: Partial<AttributeProgram> = {}): AttributeProgram[] => [
  attribute("born", { type: "date", ...more }),
];

const CSV = `email,name,born,country
anna@x.example,"Anna
Maria",2001-02-03,DE
ben@x.example,Ben,canary,AT
carl@x.example,Carl,11/1/16,DE
dora@x.example,Dora,canary,DE
`;
const FIRST = 'born: 2 not a date (column "born", first in people.csv, line 5)';

test("a value that is not sent is reported with its column, file and line, for one of the people concerned", async () => {
  expect(
    await notSent(await given(CSV, { attributes: born() }, ["SELECT * FROM people WHERE country = 'DE'"])),
  ).toEqual([FIRST]);
});

test.each([
  ["through a name", `SELECT email, b AS born FROM (SELECT *, born AS b FROM people WHERE country = 'DE')`],
  ["through a CTE", "WITH de AS (SELECT * FROM people WHERE country = 'DE') SELECT * FROM de"],
  ["through rows that differ", "SELECT DISTINCT email, born FROM people WHERE country = 'DE' LIMIT 100"],
  ["through a group", "SELECT email, born FROM people WHERE country = 'DE' GROUP BY email, born"],
])("%s", async (_name, sql) => {
  expect(await notSent(await given(CSV, { attributes: born() }, [sql]))).toEqual([FIRST]);
});

test("a value that SQL computes is reported by the person, and one beside a computed address by such a value", async () => {
  const computed = await given(CSV, { attributes: born({ sql: "(\nupper(born)\n)" }) });
  expect(await notSent(computed)).toEqual(["born: 3 not a date (first address in people.csv, line 4)"]);
  const hidden = await given(CSV, { email: "(\nlower(email)\n)", attributes: born() });
  expect(await notSent(hidden)).toEqual([
    'born: 3 not a date (column "born", such as in people.csv, line 4)',
  ]);
  const neither = await given(CSV, {
    email: "(\nlower(email)\n)",
    attributes: born({ sql: "(\nupper(born)\n)" }),
  });
  expect(await notSent(neither)).toEqual(["born: 3 not a date ()"]);
});

test("each reason of a phone number has its own place, and a choice, a text and a number have theirs", async () => {
  const csv = `email,phone,land,size,note,spend
a@x.example,+49 151 23456789,DE,M,ok,1.5
b@x.example,123,DE,XXL,#N/A,1
c@x.example,0151 23456789,Nowhere,L,ok,1
d@x.example,0151 23456780,Nowhere,L,ok,1_000
`;
  const wanted = await given(csv, {
    attributes: [
      attribute("phone", { type: "phone", country: `"land"` }),
      attribute("size", { type: "choice", choices: ["M", "L"] }),
      attribute("note"),
      attribute("spend", { type: "number" }),
    ],
  });
  const lines = (await notSent(wanted)).map((told) =>
    /^(\w+):.*line (\d+)\)$/.exec(told)?.slice(1).join(" "),
  );
  expect(lines.sort()).toEqual(["note 3", "phone 3", "phone 4", "size 3", "spend 5"]);
});

test("a number that is too large for JSON has a place", async () => {
  const wanted = await given("email,n\na@x.example,5\nb@x.example,9007199254740993\n", {
    attributes: [attribute("n", { type: "number" })],
  });
  const { tables } = await desire(opened().engine, wanted);
  const [found] = await findUnsafeIntegers(opened().engine, tables.profiles, wanted);
  expect(short(placeInWords(found ?? {}))).toBe('column "n", first in people.csv, line 3');
});

test("an invalid address has a place, also an empty one", async () => {
  const told = async (csv: string): Promise<string> => {
    const wanted = await given(csv, {}, ["SELECT * FROM people WHERE name <> 'x'"]);
    const { tables } = await desire(opened().engine, wanted);
    return short(placeInWords(await findInvalidAddresses(opened().engine, wanted, tables)));
  };
  expect(await told("email,name\na(at)x,x\nb@x.example,b\nc(at)x,c\n")).toBe(
    'column "email", first in people.csv, line 4',
  );
  expect(await told("email,name\nb@x.example,b\n,c\n")).toBe('column "email", such as in people.csv, line 3');
});

test("ids that are rounded, and codes of consent, are refused with column, file and line", async () => {
  const source = `people_${(loaded += 1)}`;
  const lines = '{"email": "a@x.example", "id": 1.5}\n{"email": "b@x.example", "id": 9007199254740993.0}\n';
  await loadFiles(opened(), { [`${source}.jsonl`]: lines }, { name: source });
  const ids = program({ segments: [{ view: source, orderBy: undefined }], person: '"id"' });
  expect(short((await failureOf(desire(opened().engine, ids))).message)).toBe(
    'match.id: 1 id of column "id" is a number that its type cannot hold exactly (first in people.jsonl, line 2), so that two people could become one.',
  );
  const codes = await given("email,ok\na@x.example,1\nb@x.example,7\n", { consent: '"ok"' });
  const failure = await failureOf(desire(opened().engine, codes));
  expect(short(failure.message)).toBe(
    'consent: 1 value of column "ok" is a number other than 0 and 1 (first in people.csv, line 3), so that nobody can tell whether they mean yes.',
  );
  expect(failure.hint).toContain('`consent: {column: "ok", is: [1]}`');
});

test("a value that does not convert in SQL has a place, in an attribute and in the SQL of a segment", async () => {
  const message = async (wanted: ExportProgram): Promise<string> =>
    short((await failureOf(desire(opened().engine, wanted))).message);
  const segment = ["SELECT *, born AS since FROM people WHERE country = 'DE'"];
  const sql = "(\nCAST(since AS DATE)\n)";
  expect(await message(await given(CSV, { attributes: [attribute("since", { sql })] }, segment))).toBe(
    'Segment "s0_people", attribute since: 1 value of column "since" does not convert to DATE (first in people.csv, line 6).',
  );
  for (const sql of [
    "SELECT * FROM people AS p WHERE p.born::DATE > '2000-01-01'::DATE AND born::DATE < today()",
    "SELECT email, CAST(born AS DATE) AS born FROM people",
  ])
    expect(await message(await given(CSV, { attributes: [attribute("born")] }, [sql]))).toBe(
      'Segment "s0_people": a value of column "born" does not convert to DATE (such as in people.csv, line 4).',
    );
});

test("a value that does not fit the declared `columns` is reported with file and line", async () => {
  const load = loadCsv(opened(), 'n,v\n"1\n",2\n3,x\n', { columns: { v: "number" } });
  expect((await failureOf(load)).message).toMatch(
    /1 value of column "v" is not a number, which `columns` declares \(first in people-\d+\.csv, line 4\)\.$/,
  );
});

test("no column is reported of a source whose header may be data", async () => {
  const wanted = await given('email,"n12345"\na@x.example,canary\n', {
    attributes: [attribute("n12345", { name: "n", type: "number" })],
  });
  expect(await notSent(wanted)).toEqual(["n: 1 not a number (first in people.csv, line 2)"]);
});
