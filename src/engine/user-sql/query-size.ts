import { Failure } from "../../model/failure.js";

/** What a query comes to once names in it are replaced by what they stand for, as the engine does before it reads a row. */
export interface QuerySize {
  /** Tables that are read. */
  readonly tables: number;
  /** Functions, comparisons and columns. */
  readonly pieces: number;
  /** Of these, those that came in by the name of another item of the same SELECT. */
  readonly repeated: number;
  /** Of these, those that a macro writes out again. */
  readonly copied: number;
  /** Columns of the result. */
  readonly width: number;
  /** Values that make up the widest one of them, where it is a struct. */
  readonly depth: number;
  /** Tables that are joined in one FROM. */
  readonly joined: number;
  /** Queries within expressions of one SELECT. */
  readonly subqueries: number;
}

export const NOTHING: QuerySize = {
  tables: 0,
  pieces: 0,
  repeated: 0,
  copied: 0,
  width: 0,
  depth: 1,
  joined: 0,
  subqueries: 0,
};
export const PIECE: QuerySize = { ...NOTHING, pieces: 1 };
/** Of a source; most are narrower. */
export const TABLE: QuerySize = { ...NOTHING, tables: 1, width: 100, joined: 1 };

/** What takes the engine a second or two. */
const MOST: QuerySize = {
  tables: 500,
  pieces: 20_000,
  repeated: 5000,
  copied: 10_000,
  width: 10_000,
  depth: 5000,
  joined: 50,
  subqueries: 100,
};
const MOST_CHARACTERS = 250_000;

const WORDS: Readonly<Record<keyof QuerySize, string>> = {
  tables: "tables",
  pieces: "functions, comparisons and columns",
  repeated: "functions, comparisons and columns by names of the same SELECT",
  copied: "functions, comparisons and columns that functions such as nullif repeat",
  width: "columns in a result",
  depth: "fields in a struct",
  joined: "tables in one FROM",
  subqueries: "queries in the expressions of one SELECT",
};

export const SIMPLER =
  "Name the columns that are needed instead of `*`, and do not build a query on itself over and over.";

/** All of them one beside the other; the widest counts. */
export function joinSizes(sizes: readonly QuerySize[]): QuerySize {
  const all = { ...NOTHING };
  for (const size of sizes) {
    all.tables += size.tables;
    all.pieces += size.pieces;
    all.repeated += size.repeated;
    all.copied += size.copied;
    all.subqueries += size.subqueries;
    all.joined += size.joined;
    all.width = Math.max(all.width, size.width);
    all.depth = Math.max(all.depth, size.depth);
  }
  return all;
}

/** Throws when it is more than the engine puts together in a few seconds. */
export function mustFitSize(size: QuerySize): QuerySize {
  const over = (Object.keys(MOST) as (keyof QuerySize)[]).find((part) => size[part] > MOST[part]);
  if (over === undefined) return size;
  throw tooLargeFailure(
    `it has more than ${MOST[over]} ${WORDS[over]}, with what its names stand for in their place`,
    SIMPLER,
  );
}

/** For the text, before it is parsed. */
export function mustBeShort(sql: string): void {
  if (sql.length > MOST_CHARACTERS)
    throw tooLargeFailure(
      `it has more than ${MOST_CHARACTERS} characters`,
      "Lists of people and values belong into a source.",
    );
}

export function tooLargeFailure(why: string, hint: string): Failure {
  return new Failure("invalid", `The SQL is too large: ${why}.`, { hint });
}
