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
const CANDIDATES: readonly { readonly type: string; readonly fits: (column: string) => string }[] = [
  { type: "BOOLEAN", fits: (c) => `lower(${c}) IN ('true', 'false')` },
  { type: "BIGINT", fits: (c) => `regexp_full_match(${c}, '0|-?[1-9][0-9]{0,17}')` },
  { type: "DOUBLE", fits: (c) => `regexp_full_match(${c}, '-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,15})?')` },
  {
    type: "DATE",
    fits: (c) =>
      `regexp_full_match(${c}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(${c} AS DATE) IS NOT NULL`,
  },
  {
    type: "TIMESTAMP",
    fits: (c) =>
      `regexp_full_match(${c}, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9.]+)?Z?') AND TRY_CAST(${c} AS TIMESTAMP) IS NOT NULL`,
  },
];

const DATES = ["DATE", "TIMESTAMP"];

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
          untyped === "all" ? CANDIDATES : CANDIDATES.filter(({ type }) => DATES.includes(type)),
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

async function findTypes(
  outer: Database,
  snapshot: string,
  names: readonly string[],
  types: Candidates,
): Promise<Map<string, string>> {
  const likely = await candidatesThatHold(
    outer,
    `(SELECT * FROM read_parquet(${literal(snapshot)}) LIMIT 2000)`,
    names,
    () => types,
    true,
  );
  return firstOf(
    await candidatesThatHold(
      outer,
      `read_parquet(${literal(snapshot)})`,
      [...likely.keys()],
      (name) => likely.get(name) ?? [],
      false,
    ),
  );
}

type Candidates = readonly (typeof CANDIDATES)[number][];

async function candidatesThatHold(
  outer: Database,
  from: string,
  names: readonly string[],
  candidates: (name: string) => Candidates,
  whenEmpty: boolean,
): Promise<Map<string, Candidates>> {
  const tests = names.flatMap((name, column) =>
    candidates(name).map((candidate, index) => ({ name, candidate, alias: `t${column}_${index}` })),
  );
  if (tests.length === 0) return new Map();
  const list = tests.map(({ name, candidate, alias }) => {
    const column = identifier(name);
    return `coalesce(bool_and(${candidate.fits(column)}) FILTER (${column} IS NOT NULL), ${whenEmpty}) AS ${alias}`;
  });
  const result = await outer.row<Record<string, boolean>>(`SELECT ${list.join(", ")} FROM ${from}`);
  const holding = new Map<string, Candidates>();
  for (const { name, candidate, alias } of tests) {
    if (result[alias] === true) holding.set(name, [...(holding.get(name) ?? []), candidate]);
  }
  return holding;
}

function firstOf(holding: ReadonlyMap<string, Candidates>): Map<string, string> {
  return new Map([...holding].map(([name, candidates]) => [name, candidates[0]?.type ?? "VARCHAR"]));
}
