import type { FileEncoding } from "./file-encoding.js";

/** Where profiles live. */
export type Source = FilesSource | DuckdbSource;

interface SourceBase {
  readonly name: string;
  /** What is declared of columns, by name; other columns are sniffed. */
  readonly columns: Readonly<Record<string, DeclaredColumn>>;
  /** Fewer rows than this is an incomplete source. */
  readonly minimumRows: number | undefined;
  /** How old the data may be when it is sent. */
  readonly maxAge: MaxAge | undefined;
}

/** What a column holds, and how it is written there. */
export interface DeclaredColumn {
  readonly type: "text" | "number" | "date" | "timestamp" | "boolean";
  /** Only for dates and timestamps: in the letters of `strftime`; missing: as ISO 8601 says. */
  readonly format?: string;
  /** Only for numbers: what stands before the decimals; missing: a point. */
  readonly decimal?: "," | ".";
}

export interface MaxAge {
  readonly seconds: number;
  /** Measured by the newest value of this column; undefined: by when the newest file was written. */
  readonly column: string | undefined;
}

export interface FilesSource extends SourceBase {
  readonly type: "files";
  /** Globs relative to `folder`. */
  readonly paths: readonly string[];
  /** Absolute folder of the YAML file that declares the source. */
  readonly folder: string;
  /** `addresses`: one address a line without a heading, or a CSV with one. */
  readonly format: "csv" | "tsv" | "jsonl" | "json" | "parquet" | "addresses" | undefined;
  readonly delimiter: string | undefined;
  readonly rules: FileRules;
  /** What a segment's file holds: its first line may be somebody's rather than a header. */
  readonly holds?: "addresses";
}

/** Whether what would be names of columns may be values of somebody, so that no message repeats them. */
export function namesMayBeValues(source: Source): boolean {
  return source.type === "files" && source.holds === "addresses";
}

/** What a config says of files that are not written as most are. */
export interface FileRules {
  /** Whether a file may lack columns that another file of the source has. */
  readonly columnsMayDiffer?: boolean | undefined;
  /** False: the first line is a row, and `columnNames` says what is in it. True: it is a header, whatever it looks like. */
  readonly header?: boolean | undefined;
  readonly columnNames?: readonly string[] | undefined;
  /** Values that mean nothing, besides an empty one. */
  readonly nullValues?: readonly string[] | undefined;
  readonly encoding?: FileEncoding | undefined;
  readonly finalNewline?: "required" | "optional" | undefined;
}

export interface DuckdbSource extends SourceBase {
  readonly type: "duckdb";
  /** Absolute path of the database file. */
  readonly path: string;
  readonly table: string | undefined;
  readonly sql: string | undefined;
}
