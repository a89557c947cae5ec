import { foldName } from "../../model/fold-name.js";
import type { RowFile } from "../../plugin/source.js";

/** No name in a config or a header that is told has it. */
export const WRITTEN_MARK = "\u0001";

/** A source as it was loaded. */
export interface TypedSource {
  readonly name: string;
  /** In their order. */
  readonly columns: readonly TypedColumn[];
  /** Columns of text that were taken for something which may be printed otherwise, by their names as the engine compares them: their types. */
  readonly retyped: ReadonlyMap<string, string>;
  readonly rows: SourceRows;
  /** Whether the names of its columns may be values of somebody. */
  readonly untold: boolean;
}

/** The rows of a source as they came, one after the other as they are in its files. */
export interface SourceRows {
  /** Parquet file of them, with `FILE_OF_ROW` where there are several files. */
  readonly snapshot: string;
  readonly files: readonly RowFile[];
}

/** A column of a source in its type. */
export interface TypedColumn {
  readonly name: string;
  readonly sql: string;
  /** Of `sql`, where we gave it one. */
  readonly type: string | undefined;
  /** `columns` says how it is written, so that its value says more of who somebody is than its text: `7` and `7,0` are one. */
  readonly inDeclaredForm?: true;
  /** What the source says, where that is text and was taken for something which may be printed otherwise. */
  readonly written: string | undefined;
}

/** The view of a source or segment that has its written columns, too. */
export function writtenTable(table: string): string {
  return `${WRITTEN_MARK}${foldName(table)}`;
}

/** The column, in a written table, of what was there for another column of it. */
export function writtenColumn(column: string): string {
  return `${WRITTEN_MARK}${foldName(column)}`;
}

export function isWrittenColumn(name: string): boolean {
  return name.startsWith(WRITTEN_MARK);
}
