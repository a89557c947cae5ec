import { foldName } from "../model/fold-name.js";

/** No name in a config or a header that is told has it. */
export const WRITTEN_MARK = "\u0001";

/** A source as it was loaded. */
export interface TypedSource {
  readonly name: string;
  /** Names of its columns, in their order. */
  readonly columns: readonly string[];
  /** Columns of text that were taken for something which may be printed otherwise, by their names as the engine compares them: their types. */
  readonly retyped: ReadonlyMap<string, string>;
}

/** The view of a source or segment that has its written columns, too. */
export function writtenTable(table: string): string {
  return `${WRITTEN_MARK}${foldName(table)}`;
}

/** The column, in a written table, of what stood there for another column of it. */
export function writtenColumn(column: string): string {
  return `${WRITTEN_MARK}${foldName(column)}`;
}

export function isWrittenColumn(name: string): boolean {
  return name.startsWith(WRITTEN_MARK);
}
