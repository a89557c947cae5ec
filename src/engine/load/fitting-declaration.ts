import type { DeclaredColumn } from "../../model/config/source.js";
import { literal } from "../../plugin/relation.js";
import type { Database } from "../database.js";
import { DAY, dateSql, numberSql, timestampSql } from "../values/value-grammar.js";

/** A column of text in the rows of a source. */
export interface TextColumn {
  readonly snapshot: string;
  readonly sql: string;
}

interface Candidate {
  readonly declared: DeclaredColumn;
  /** SQL: whether a value of the column `text` is read so. */
  readonly fits: string;
}

const DAYS = ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"];
const TIMES = [" %H:%M", " %H:%M:%S"];

/** Plain ones first: where one of them fits, nothing has to be said of how values are written. */
const PLAIN: readonly Candidate[] = [
  {
    declared: { type: "date" },
    fits: `regexp_full_match(text, ${literal(DAY)}) AND date_of(text) IS NOT NULL`,
  },
  { declared: { type: "timestamp" }, fits: "timestamp_of(text) IS NOT NULL" },
  { declared: { type: "number" }, fits: "number_of(text) IS NOT NULL AND NOT may_be_thousands(text)" },
];

const WRITTEN: readonly Candidate[] = [
  ...DAYS.map((format): Candidate => ({
    declared: { type: "date", format },
    fits: `${dateSql("text", format)} IS NOT NULL`,
  })),
  ...DAYS.flatMap((day) =>
    TIMES.map((time): Candidate => {
      const format = `${day}${time}`;
      return { declared: { type: "timestamp", format }, fits: `${timestampSql("text", format)} IS NOT NULL` };
    }),
  ),
  { declared: { type: "number", decimal: "," }, fits: `${numberSql("text", ",")} IS NOT NULL` },
];

/** So many values rule most out before the engine looks at all of them. */
const SAMPLE = 1000;

/**
 * What `columns` could say of a column of text, so that each of its values is
 * read: one, or several where its values do not tell which is meant.
 */
export async function findFittingDeclarations(
  database: Database,
  column: TextColumn,
  kind: "dates" | "numbers",
): Promise<DeclaredColumn[]> {
  const isOfKind = ({ declared }: Candidate): boolean =>
    (declared.type === "number") === (kind === "numbers");
  const texts = `SELECT trim(text) AS text FROM (SELECT CAST(${column.sql} AS VARCHAR) AS text FROM read_parquet(${literal(column.snapshot)})) WHERE text <> ''`;
  const fitting = async (candidates: readonly Candidate[], rows: string): Promise<Candidate[]> => {
    if (candidates.length === 0) return [];
    const items = candidates.map(({ fits }, index) => `coalesce(bool_and(${fits}), false) AS c${index}`);
    const row = await database.row<Record<string, boolean>>(`SELECT ${items.join(", ")} FROM (${rows})`);
    return candidates.filter((_, index) => row[`c${index}`] === true);
  };
  const few = await fitting([...PLAIN, ...WRITTEN].filter(isOfKind), `${texts} LIMIT ${SAMPLE}`);
  const all = await fitting(few, texts);
  const plain = all.find((candidate) => PLAIN.includes(candidate));
  return (plain === undefined ? all : [plain]).map(({ declared }) => declared);
}
