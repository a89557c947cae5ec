import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ExportPlan } from "../../src/model/plan/plan.js";
import { way, written, type Way } from "../support/csv-ways.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

/** Each is an export of its own, so that one plan is over all of them. */
const TABLES = FULL ? 25 : 5;
const numRuns = FULL ? 8 : 1;
/** Two hundred tables are four plans each. */
const LONGEST = FULL ? 1_800_000 : 180_000;

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.stop());

/** A value as it is written, as a typed store holds it, and as it has to be sent; undefined: not sent. */
interface Cell {
  readonly written: string;
  readonly sql: string;
  readonly json: unknown;
  readonly sent: string | undefined;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const EMPTY: Cell = { written: "", sql: "NULL", json: null, sent: undefined };
const text = (value: string): Cell => ({ written: value, sql: quoted(value), json: value, sent: value });
const orEmpty = (cell: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> =>
  fc.oneof({ weight: 5, arbitrary: cell }, { weight: 1, arbitrary: fc.constant(EMPTY) });

/** What some program or another takes for something else. */
// prettier-ignore
const ODD = [
  "19.90", "1.0", "-0", "1e5", "1_000", "TRUE", "False", "yes", "10:00", "2025-01-02", "02.01.2025",
  "2025-01-02T10:00:00Z", "2025-01-02 10:00", "2025-01-02T10:00:00+02:00", "11/1/16", "+49", "=1+1",
  "007", "00", "9007199254740993", "O'Neil", 'said "no"', "a,b;c|d\te", "two\nlines", "{}", "[1]", "\\n",
];
const words = fc
  .array(fc.constantFrom(..."aZ09 éüß,;|\"'#.-"), { minLength: 1, maxLength: 8 })
  .map((letters) => `x${letters.join("")}x`);
const anyText = orEmpty(
  fc.oneof(
    words.map((word) => text(word)),
    fc.constantFrom(...ODD).map((odd) => text(odd)),
    fc.constantFrom("NULL", "\\N", "NaN", "#N/A", "nan").map((word) => ({ ...text(word), sent: undefined })),
  ),
);
/** Of one kind, so that the column is taken for what it looks like. */
const alike = fc
  .constantFrom(
    ["19.90", "5.00", "7"],
    ["TRUE", "false", "True"],
    ["2025-01-02T10:00:00Z", "2025-01-02T10:00:00.5-04:00"],
    ["2025-01-02 10:00", "2025-01-02T10:00:00"],
    ["2025-01-02", "1999-12-31"],
    ["1", "0"],
  )
  .map((values) => orEmpty(fc.constantFrom(...values).map((value) => text(value))));
const id = fc.integer({ min: 0, max: 999 }).map((n) => text(String(n).padStart(5, "0")));
const whole = orEmpty(
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => {
    const digits = String(n);
    return { written: digits, sql: digits, json: n, sent: digits };
  }),
);
const decimal = orEmpty(
  fc.integer({ min: -99_999, max: 99_999 }).map((cents) => {
    const fixed = (cents / 100).toFixed(2);
    return {
      written: fixed,
      sql: `CAST(${fixed} AS DECIMAL(9, 2))`,
      json: cents / 100,
      sent: String(cents / 100),
    };
  }),
);
const day = orEmpty(
  fc.integer({ min: 0, max: 40_000 }).map((number) => {
    const iso = new Date(number * 86_400_000).toISOString().slice(0, 10);
    return { written: iso, sql: `DATE '${iso}'`, json: iso, sent: iso };
  }),
);
const truth = orEmpty(
  fc.constantFrom("true", "false", "TRUE", "False").map((word) => {
    const lower = word.toLowerCase();
    return { written: word, sql: lower, json: lower === "true", sent: lower };
  }),
);

/** An instant in a zone of its own, and its day in another. */
const instant = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(0, -4, 2, 9, -11))
  .map(([seconds, offset]) => {
    const local = new Date((seconds + offset * 3600) * 1000).toISOString().slice(0, 19);
    const zone =
      offset === 0 ? "Z" : `${offset < 0 ? "-" : "+"}${String(Math.abs(offset)).padStart(2, "0")}:00`;
    const iso = local + zone;
    const sent = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(seconds * 1000);
    return { seconds, cell: { written: iso, sql: `TIMESTAMPTZ '${iso}'`, json: iso, sent } };
  });
const ZONE = "America/New_York";

const COLUMNS = ["person no", "Größe", "same", "visits", "spend", "since", "seen", "vip", "zip"] as const;
const TYPES = ["text", "text", "text", "number", "number", "date", "date", "boolean", "text"];

interface Row {
  readonly email: string;
  readonly seconds: number;
  readonly cells: readonly Cell[];
}

const row = (kind: fc.Arbitrary<Cell>): fc.Arbitrary<Row> =>
  fc
    .record({
      // Few, so that some have two rows, of which the newest wins.
      email: fc.integer({ min: 0, max: 9 }).map((n) => `p${n}@example.com`),
      at: instant,
      cells: fc.tuple(id, anyText, kind, whole, decimal, day, truth, id),
    })
    .map(({ email, at, cells }) => ({
      email,
      seconds: at.seconds,
      cells: [...cells.slice(0, 6), at.cell, ...cells.slice(6)],
    }));

interface Table {
  readonly rows: readonly Row[];
  readonly way: Way;
}

const table: fc.Arbitrary<Table> = fc.record({
  rows: alike.chain((kind) =>
    fc.uniqueArray(row(kind), { minLength: 1, maxLength: 8, selector: ({ seconds }) => seconds }),
  ),
  way,
});
const tables = fc.array(table, { minLength: TABLES, maxLength: TABLES });

const HEADER = ["E-Mail", ...COLUMNS];

/** Writes a table in one way and says what the YAML says of it. */
type Write = (name: string, one: Table) => Promise<Yaml>;

const WAYS: Readonly<Record<string, Write>> = {
  CSV: async (name, { rows, way: one }) => {
    const path = `${name}.csv${one.packed ? ".gz" : ""}`;
    const lines = rows.map(({ email, cells }) => [email, ...cells.map((cell) => cell.written)]);
    await project.write(path, written([HEADER, ...lines], one));
    return { type: "files", path, encoding: one.encoding };
  },
  "JSON Lines": async (name, { rows }) => {
    const lines = rows.map(({ email, cells }) =>
      JSON.stringify(
        Object.fromEntries(HEADER.map((column, at) => [column, at === 0 ? email : cells[at - 1]?.json])),
      ),
    );
    await project.write(`${name}.jsonl`, `${lines.join("\n")}\n`);
    return { type: "files", path: `${name}.jsonl` };
  },
  Parquet: async (name, one) => {
    await inDuckdb(
      ":memory:",
      `COPY (${select(one)}) TO ${quoted(join(project.folder, `${name}.parquet`))} (FORMAT parquet)`,
    );
    return { type: "files", path: `${name}.parquet` };
  },
  "a DuckDB table": async (name, one) => {
    const path = join(project.folder, `${name}.duckdb`);
    await rm(path, { force: true });
    await inDuckdb(path, `CREATE TABLE people AS ${select(one)}`);
    return { type: "duckdb", path: `${name}.duckdb`, table: "people" };
  },
};

const STORED = [
  "VARCHAR",
  "VARCHAR",
  "VARCHAR",
  "VARCHAR",
  "BIGINT",
  "DECIMAL(9, 2)",
  "DATE",
  "TIMESTAMPTZ",
  "BOOLEAN",
  "VARCHAR",
];

function select({ rows }: Table): string {
  const names = HEADER.map((name, at) => `CAST(c${at} AS ${STORED[at]}) AS "${name}"`);
  const values = rows.map(
    ({ email, cells }) => `(${[quoted(email), ...cells.map(({ sql }) => sql)].join(", ")})`,
  );
  return `SELECT ${names.join(", ")} FROM (VALUES ${values.join(", ")}) AS t(${HEADER.map((_, at) => `c${at}`).join(", ")})`;
}

async function inDuckdb(path: string, statement: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

async function configure(given: readonly Table[], write: Write): Promise<void> {
  const attributes = Object.fromEntries(COLUMNS.map((column, at) => [`a${at}`, { column, type: TYPES[at] }]));
  const named = given.map((one, at) => [`t${at}`, one] as const);
  const sources: Record<string, Yaml> = {};
  for (const [name, one] of named) sources[name] = await write(name, one);
  await project.config({
    timezone: ZONE,
    sources,
    segments: Object.fromEntries(
      named.map(([name]) => [`of-${name}`, { source: name, orderBy: "seen desc" }]),
    ),
    exports: Object.fromEntries(
      named.map(([name]) => [
        name,
        {
          connection: "file",
          list: { name, create: true },
          segments: [`of-${name}`],
          match: { email: "E-Mail", id: "person no" },
          attributes,
        },
      ]),
    ),
  });
}

/** Who has to be on the list, and with what. */
function wanted({ rows }: Table): Map<string, Values> {
  const people = new Map<string, Values>();
  for (const { email, cells } of [...rows].sort((one, other) => one.seconds - other.seconds))
    people.set(
      email,
      filled({ email, ...Object.fromEntries(cells.map(({ sent }, at) => [`a${at}`, sent])) }),
    );
  return people;
}

type Values = Readonly<Record<string, unknown>>;

/** A column of the list comes with the first value in it. */
function filled(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}

/** What is said of values; files have other names, and lines where others have rows. */
function withoutFiles(values: ExportPlan["badValues"]): Yaml[] {
  return values.map(({ first, ...told }) => ({
    ...told,
    first: first && { of: first.of, source: first.source },
  }));
}

it(
  "one table gives the same plan and sends the same, however it is written and in any format",
  async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (given) => {
        await rm(join(project.folder, ".rollcall"), { recursive: true, force: true });
        await rm(join(project.folder, "lists"), { recursive: true, force: true });
        await mkdir(join(project.folder, "lists"));
        // The other half of the digest is of the configuration, which names the files.
        const plans: Record<string, unknown> = {};
        for (const [format, write] of Object.entries(WAYS)) {
          await configure(given, write);
          const { digest, exports } = await project.plan({ save: { base: undefined } });
          expect(exports.flatMap(({ error }) => (error === undefined ? [] : [{ format, error }]))).toEqual(
            [],
          );
          plans[format] = {
            rows: digest.rows,
            notSent: exports.map(({ badValues }) => withoutFiles(badValues)),
          };
        }
        for (const plan of Object.values(plans)) expect(plan).toEqual(plans["CSV"]);
        await project.apply();
        for (const [at, one] of given.entries()) {
          const sent = await remoteOf(project, "file").members(`t${at}`);
          expect(new Map([...sent].map(([email, values]) => [email, filled(values)]))).toEqual(wanted(one));
        }
      }),
      { numRuns, endOnFailure: !FULL },
    );
  },
  LONGEST,
);
