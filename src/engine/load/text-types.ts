import { literal, identifier } from "../../plugin/relation.js";
import type { SourceRead, SourceRelation, ValueType } from "../../plugin/source.js";
import type { Database } from "../database.js";
import { DAY, LOCAL_TIME, OFFSET } from "../values/value-grammar.js";

/** What a source says of its columns of text. */
export interface TextTypes extends Pick<SourceRead, "untyped"> {
  /** What its own types say, by name. */
  readonly stated: NonNullable<SourceRelation["types"]>;
}

/**
 * Candidate types for a column of text, narrowest first. A type is taken only
 * when *every* value of the column is written in its one way, so `01234`,
 * `+49…` and `1e5` stay text.
 */
const CANDIDATES: readonly Candidate[] = [
  { type: "BOOLEAN", looks: /^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$/ },
  { type: "BIGINT", looks: /^(?:0|-?[1-9][0-9]{0,17})$/ },
  { type: "DOUBLE", looks: /^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/ },
  { type: "DATE", looks: new RegExp(`^${DAY}$`), castable: true },
  { type: "TIMESTAMP", looks: new RegExp(`^${LOCAL_TIME}$`), castable: true },
  {
    type: "TIMESTAMP",
    looks: new RegExp(`^${LOCAL_TIME}${OFFSET}?$`),
    castable: true,
    reader: "timestamp_of",
  },
];

/** Whether every value of what is found to be such is printed as it was written. */
export function isPrintedAsWritten({ type }: Candidate): boolean {
  return type === "BIGINT" || type === "DATE" || type.startsWith("DECIMAL");
}

export interface Candidate {
  readonly type: string;
  /** Read by the engine, too. */
  readonly looks: RegExp;
  /** Whether what looks so may still be none, such as the 30th of February. */
  readonly castable?: true;
  /** A function that reads it, where a cast does not do. */
  readonly reader?: string;
  /** Said by the source: it holds of a column without a value, too. */
  readonly stated?: true;
}

/** So many rows rule most types out before the engine looks at every row. */
const SAMPLE = 200;

/** As a database writes what is of this type. A value of another form, such as NaN, leaves the column text. */
function statedCandidates(type: ValueType): readonly Candidate[] {
  const looks = STATED[type.startsWith("DECIMAL") ? "DECIMAL" : type];
  const candidates: readonly Candidate[] =
    looks === undefined
      ? CANDIDATES.filter((candidate) => candidate.type === type)
      : [...(type === "DOUBLE" ? EXACT : []), { type, looks, castable: true }];
  return candidates.map((candidate) => ({ ...candidate, stated: true }));
}

/** Of whole numbers with more digits than a DOUBLE tells apart, two would be one: they may be keys. */
const EXACT: readonly Candidate[] = [
  { type: "DOUBLE", looks: /^-?[0-9]{1,15}(?:\.[0-9]+)?$/, castable: true },
  { type: "DECIMAL(38,0)", looks: /^(?:0|-?[1-9][0-9]{0,37})$/, castable: true },
];

const STATED: Readonly<Record<string, RegExp>> = {
  BIGINT: /^(?:0|-?[1-9][0-9]{0,18})$/,
  DOUBLE: /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/,
  DECIMAL: /^-?[0-9]+(?:\.[0-9]+)?$/,
};

/** What each of these columns of text may turn out to be. */
export function candidatesOf(
  names: readonly string[],
  { untyped, stated }: TextTypes,
): Map<string, readonly Candidate[]> {
  const sniffed = { all: CANDIDATES, dates: CANDIDATES.filter(({ castable }) => castable), none: [] }[
    untyped
  ];
  const types = names.map((name): [string, readonly Candidate[]] => {
    const type = Object.hasOwn(stated, name) ? stated[name] : undefined;
    return [name, type === undefined ? sniffed : statedCandidates(type)];
  });
  return new Map(types.filter(([, candidates]) => candidates.length > 0));
}

/** The narrowest type that each column holds; a column without one is not named. */
export async function findTypes(
  outer: Database,
  snapshot: string,
  types: ReadonlyMap<string, readonly Candidate[]>,
): Promise<Map<string, Candidate>> {
  const names = [...types.keys()];
  if (names.length === 0) return new Map();
  const list = names.map((name, index) => `${identifier(name)} AS c${index}`);
  const sample = await outer.rows<Record<string, string | null>>(
    `SELECT ${list.join(", ")} FROM read_parquet(${literal(snapshot)}) LIMIT ${SAMPLE}`,
  );
  const tests = names.flatMap((name, column) =>
    (types.get(name) ?? [])
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
  const found = new Map<string, Candidate>();
  for (const { name, candidate, alias } of tests)
    if (holds[alias] === true && !found.has(name)) found.set(name, candidate);
  return found;
}

/** SQL: whether every value of a column is of the type; where there is none, whether the source says so. */
function holdsSql(candidate: Candidate, column: string): string {
  const { looks, castable, stated = false } = candidate;
  const fits = `regexp_full_match(${column}, ${literal(looks.source)})${castable ? ` AND ${candidateSql(candidate, column)} IS NOT NULL` : ""}`;
  return `coalesce(bool_and(${fits}) FILTER (${column} IS NOT NULL), ${stated})`;
}

export function candidateSql({ type, reader }: Candidate, column: string): string {
  return reader === undefined ? `TRY_CAST(${column} AS ${type})` : `${reader}(${column})`;
}
