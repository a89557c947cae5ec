import type { Source } from "../model/source.js";
import { Failure } from "../model/failure.js";
import { identifier, literal } from "../plugin/relation.js";
import type { SourceRead } from "../plugin/source.js";
import type { Database } from "./database.js";
import type { OuterDatabase } from "./outer.js";
import { tellColumns } from "./names.js";
import { ownValue } from "../model/own-value.js";

const DECLARED = {
  text: "VARCHAR",
  number: "DOUBLE",
  date: "DATE",
  timestamp: "TIMESTAMP",
  boolean: "BOOLEAN",
} as const;

/**
 * Candidate types for a column of text, narrowest first. A type is taken only
 * when *every* value of the column reads back as it was written (or is a plain
 * decimal), so `01234`, `+49…` and `1e5` stay text.
 */
const CANDIDATES: readonly Candidate[] = [
  { type: "BOOLEAN", looks: /^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$/ },
  { type: "BIGINT", looks: /^(?:0|-?[1-9][0-9]{0,17})$/ },
  { type: "DOUBLE", looks: /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/ },
  { type: "DATE", looks: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, castable: true },
  {
    type: "TIMESTAMP",
    looks: /^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9.]+)?Z?$/,
    castable: true,
  },
];

interface Candidate {
  readonly type: string;
  /** Read by the engine, too. */
  readonly looks: RegExp;
  /** Whether what looks so may still be none, such as the 30th of February. */
  readonly castable?: true;
}

/** So many rows rule most types out before the engine looks at every row. */
const SAMPLE = 200;

/** Select list of a snapshot with every column in its type: declared, found, or as it is. */
export async function typedColumns(
  outer: OuterDatabase,
  snapshot: string,
  declared: Source["columns"],
  untyped: SourceRead["untyped"],
): Promise<string[]> {
  const described = await outer.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${literal(snapshot)})`,
  );
  const names = described.map((column) => column.column_name);
  const unknown = Object.keys(declared).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Failure("invalid", `there is no column "${unknown}", which \`columns\` declares.`, {
      hint: tellColumns(outer.told(names)),
    });
  }
  await refuseMisfits(outer, snapshot, declared);
  const texts = described.filter(
    (column) => column.column_type === "VARCHAR" && declared[column.column_name] === undefined,
  );
  const found =
    untyped === "none"
      ? new Map<string, string>()
      : await findTypes(
          outer,
          snapshot,
          texts.map((column) => column.column_name),
          untyped === "all" ? CANDIDATES : CANDIDATES.filter(({ castable }) => castable),
        );
  return described.map(({ column_name: name, column_type: stored }) => {
    // Values of several kinds come as JSON, in which a text has quotes.
    const column = stored === "JSON" ? `(${identifier(name)} ->> '$')` : identifier(name);
    const kind = ownValue(declared, name);
    const type = kind === undefined ? found.get(name) : DECLARED[kind];
    return `${type === undefined ? column : `TRY_CAST(${column} AS ${type})`} AS ${identifier(name)}`;
  });
}

/** A value that is not what its column was declared as must not pass for an empty one, which may clear what is stored. */
async function refuseMisfits(outer: Database, snapshot: string, declared: Source["columns"]): Promise<void> {
  const columns = Object.entries(declared).filter(([, kind]) => kind !== "text");
  if (columns.length === 0) return;
  const counts = columns.map(([name, kind], index) => {
    const column = identifier(name);
    return `count(*) FILTER (${column} IS NOT NULL AND CAST(${column} AS VARCHAR) <> '' AND TRY_CAST(${column} AS ${DECLARED[kind]}) IS NULL) AS n${index}`;
  });
  const misfits = await outer.row<Record<string, number>>(
    `SELECT ${counts.join(", ")} FROM read_parquet(${literal(snapshot)})`,
  );
  for (const [index, [name, kind]] of columns.entries()) {
    const count = misfits[`n${index}`] ?? 0;
    if (count === 0) continue;
    throw new Failure(
      "invalid",
      `${count} ${count === 1 ? "value" : "values"} of column "${name}" ${count === 1 ? "is" : "are"} not a ${kind}, which \`columns\` declares.`,
      {
        hint: "Correct the data, or declare the column as text and convert it in the attribute.",
      },
    );
  }
}

/** The narrowest type that each column holds; a column without one is not named. */
async function findTypes(
  outer: Database,
  snapshot: string,
  names: readonly string[],
  types: readonly Candidate[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const list = names.map((name, index) => `${identifier(name)} AS c${index}`);
  const sample = await outer.rows<Record<string, string | null>>(
    `SELECT ${list.join(", ")} FROM read_parquet(${literal(snapshot)}) LIMIT ${SAMPLE}`,
  );
  const tests = names.flatMap((name, column) =>
    types
      .filter(({ looks }) =>
        sample.every((row) => {
          const value = row[`c${column}`] ?? null;
          return value === null || looks.test(value);
        }),
      )
      .map((candidate, index) => ({ name, candidate, alias: `t${column}_${index}` })),
  );
  if (tests.length === 0) return new Map();
  const holds = await outer.row<Record<string, boolean>>(
    `SELECT ${tests.map(({ name, candidate, alias }) => `${holdsSql(candidate, identifier(name))} AS ${alias}`).join(", ")}
     FROM read_parquet(${literal(snapshot)})`,
  );
  const found = new Map<string, string>();
  for (const { name, candidate, alias } of tests)
    if (holds[alias] === true && !found.has(name)) found.set(name, candidate.type);
  return found;
}

/** SQL: whether every value of a column is of the type; false where there is none. */
function holdsSql({ type, looks, castable }: Candidate, column: string): string {
  const fits = `regexp_full_match(${column}, ${literal(looks.source)})${castable ? ` AND TRY_CAST(${column} AS ${type}) IS NOT NULL` : ""}`;
  return `coalesce(bool_and(${fits}) FILTER (${column} IS NOT NULL), false)`;
}
