import type { Failure } from "../model/failure.js";
import type { Source } from "../model/config/source.js";
import type { RowValues } from "./row-values.js";

/** What a kind of source that reads text (`SourceManifest.readsText`) knows of texts that are not sources. */
export interface TextReader {
  /** `text` is how the file begins, or the `whole` of it; `stated` is the delimiter that the config or the format says. */
  csvHead(text: string, whole: boolean, stated: string | undefined): CsvHead;
  /** What the engine refuses in a CSV file without saying where; undefined when there is nothing of the kind in what is looked at. */
  csvFault(file: string, delimiter: string): Promise<Failure | undefined>;
  /** The line on which a row of a CSV file begins. Values with line breaks in them have several. */
  csvLine(file: string, rows: CsvRows, row: number, values: RowValues): Promise<number | undefined>;
  /** Where lines stand that name nobody for certain, as `line 3 of blocked.txt`: the first few of files without a heading. */
  linesInDoubt(source: Source, within: readonly string[], most: number): Promise<string[]>;
}

/** How one CSV file is written, by its first lines. */
export interface CsvHead {
  readonly delimiter: string;
  /** Lines before the header: `sep=;`, and empty ones. */
  readonly skip: number;
  /** What is in the first record, without blanks around it; undefined when it does not end within what was read. */
  readonly names: readonly string[] | undefined;
  /** The record after it, as it is. */
  readonly row: readonly string[] | undefined;
}

/** How the rows of a CSV file are in its lines. */
export interface CsvRows {
  readonly delimiter: string;
  /** Lines before the first record. */
  readonly skip: number;
  /** Whether the first record is none of the rows. */
  readonly header: boolean;
  readonly names: readonly string[];
  /** What stands for an empty value. */
  readonly nulls: readonly string[];
}
