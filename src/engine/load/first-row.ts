import { basename } from "node:path";
import type { RowPlace } from "../../model/words/place.js";
import { shownPath } from "../../platform/files/file-fault.js";
import { identifier, literal } from "../../plugin/relation.js";
import { FILE_OF_ROW, type RowFile } from "../../plugin/source.js";
import type { Database } from "../database.js";
import type { SourceRows } from "./typed-source.js";

/** Rows of a source, by a condition on its columns as they are stored. */
export interface WantedRows {
  readonly condition: string;
  /** The columns of which values are compared with those in the file. */
  readonly columns: readonly string[];
}

/** The first rows mostly hold what is looked for, and the engine passes over all others unread. */
const STEPS = [0, 10_000, 200_000] as const;

/** Where the first of these rows is in the files of its source; undefined when there is none. */
export async function findFirstRow(
  database: Database,
  { snapshot, files }: SourceRows,
  { condition, columns }: WantedRows,
): Promise<RowPlace | undefined> {
  const rows = `read_parquet(${literal(snapshot)}, file_row_number = true)`;
  const number = await firstNumber(database, rows, condition);
  if (number === undefined) return undefined;
  const { at, before } =
    files.length > 1 ? await findPlaceAmong(database, rows, number, files) : { at: files[0], before: 0 };
  if (at === undefined) return {};
  const row = number - before;
  const values = await database.row<Record<string, unknown>>(
    `SELECT ${columns.map(identifier).join(", ")} FROM ${rows} WHERE file_row_number = ${number}`,
  );
  // A file that cannot be read any more leaves the row to be told.
  const line = await at.lineOf(row, values).catch(() => undefined);
  const named = shownPath(basename(at.path));
  return line === undefined ? { file: named, row: row + 1 } : { file: named, line };
}

async function firstNumber(database: Database, rows: string, condition: string): Promise<number | undefined> {
  for (const [step, from] of STEPS.entries()) {
    const to = STEPS[step + 1];
    const here = `file_row_number >= ${from}${to === undefined ? "" : ` AND file_row_number < ${to}`}`;
    const { n } = await database.row<{ n: number | null }>(
      `SELECT min(file_row_number) AS n FROM ${rows} WHERE ${here} AND (${condition})`,
    );
    if (n !== null) return n;
  }
  return undefined;
}

/** Which of several files holds a row, and how many rows of other files come before it. */
async function findPlaceAmong(
  database: Database,
  rows: string,
  number: number,
  files: readonly RowFile[],
): Promise<{ at: RowFile | undefined; before: number }> {
  const column = identifier(FILE_OF_ROW);
  const { file } = await database.row<{ file: string }>(
    `SELECT ${column} AS file FROM ${rows} WHERE file_row_number = ${number}`,
  );
  const before = await database.count(
    `SELECT count(*) FROM ${rows} WHERE file_row_number < ${number} AND ${column} <> ${literal(file)}`,
  );
  return { at: files.find((one) => one.file === file), before };
}
