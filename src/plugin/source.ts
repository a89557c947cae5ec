import { Failure } from "../model/failure.js";
import type { Source } from "../model/config/source.js";
import type { Secrets } from "../platform/secrets/secret.js";
import type { Relation } from "./relation.js";
import type { RowValues } from "./row-values.js";
import type { TextReader } from "./text-reader.js";

/** A kind of source. */
export interface SourcePlugin {
  /** `source` as its manifest makes it. Looks at what is there; throws `Failure("not-found" | "invalid")` when there is nothing to read. */
  open(source: Source, context: SourceContext): Promise<SourceRead>;
  /** Where its manifest says `readsText`. */
  readonly text?: TextReader;
}

export interface SourceContext {
  /** Absolute folders and files that data may come from, once links are followed. */
  readonly within: readonly string[];
  /** By the source's `secretKeys`. */
  readonly secrets: Secrets;
  /** What sources of one reading use together, such as a transaction. */
  readonly shared: Shared;
  readonly signal: AbortSignal;
}

/** Things that several sources use, each opened by the first that asks, and closed when all of them are read. */
export interface Shared {
  /** `key` is the same for what is the same; secret parts of it are told to nobody. */
  use<Value>(key: string, open: () => Promise<Value & { close(): Promise<void> }>): Promise<Value>;
}

/** One reading of a source by the engine. */
export interface SourceRead {
  /** Absolute paths of the files that the engine opens; it can reach no others. */
  readonly files: readonly string[];
  /** Statements to run before and after, e.g. ATTACH. */
  readonly attach: readonly string[];
  readonly detach: readonly string[];
  /** Names of columns, as far as a first look shows them. `reading` opens an engine, which the heads of most files do without. */
  columnNames(reading: () => Promise<Reading>): Promise<SeenColumns>;
  /** How the engine is to read it; asked once, when nothing but these files can be reached any more. */
  relation(reading: Reading): Promise<SourceRelation>;
  /**
   * Columns of text whose type the engine finds over all rows: `all` types where
   * every column is text as written, `dates` where only dates are written as
   * text, `none` where text is meant as text.
   */
  readonly untyped: "all" | "dates" | "none";
  readonly signal: AbortSignal;
  /** What it reads is what was there at this time, where the source says so before it is read; else its newest file tells. */
  readonly asOf?: Date | undefined;
  /** Throws `Failure` when a file is damaged, naming it; asked when the engine could not read them and does not say why. */
  examine(): Promise<void>;
  /**
   * Told how many rows the engine got. Throws `Failure("invalid")` when that was
   * not the whole: the end of a stream is not proof of completeness.
   */
  seal(rows: number): Promise<Completeness>;
}

/** Why what was read of a source is all that there was. */
export interface Completeness {
  /** What proves it, in a few words that follow "complete by" and hold nothing of anybody: "the end of its last line". */
  readonly proof: string;
  /** What tells this reading from another: an ETag, a log position, the id of a snapshot; undefined where there is nothing of the kind. */
  readonly snapshot?: string | undefined;
  /** What was read is what was there at this time; undefined where nobody says so. */
  readonly asOf?: Date | undefined;
}

/** Columns that a look at a source shows before it is read. */
export interface SeenColumns {
  readonly names: readonly string[];
  /** Whether it has no others. */
  readonly all: boolean;
}

/** What a plug-in may ask the engine before it says how to read. */
export interface Reading {
  query<Row>(sql: string): Promise<Row[]>;
  /** Of names of columns, those that a message may hold. */
  told(names: readonly string[]): readonly string[];
  /** Where a file of this run alone may be written, for the engine to read. */
  scratch(name: string): string;
  /** How large such a file may become. */
  readonly scratchBytes: number;
  readonly signal: AbortSignal;
}

export interface SourceRelation extends Relation {
  /** A query of each file alone, to find the one that cannot be read, and its line. */
  readonly alone: readonly AloneFile[];
  /** Names that several columns have, so that none of these columns is in the relation. */
  readonly repeated: readonly string[];
  /** The files whose rows it has; none where rows have no place, as in tables. */
  readonly files: readonly RowFile[];
  /**
   * Of columns of text, by name, what the source's own types say that they hold. A column becomes of that type if each
   * of its values is written so, and its text is kept for what goes out as text.
   */
  readonly types?: Readonly<Record<string, ValueType>> | undefined;
  /** The relation, where there are several files with the `file` of each row as the column `FILE_OF_ROW`. */
  readonly withFiles: string;
}

/** In the engine's words; a timestamp may have an offset. */
export type ValueType =
  "BOOLEAN" | "BIGINT" | "DOUBLE" | "DATE" | "TIMESTAMP" | `DECIMAL(${number},${number})`;

export interface AloneFile {
  readonly path: string;
  readonly sql: string;
  /** What is wrong with it, where that can be told better than the engine does. */
  readonly fault?: (() => Promise<Failure | undefined>) | undefined;
}

/** Why one file of a source cannot be read, in words that do not name it yet. */
export class FileFailure extends Failure {
  readonly path: string;

  constructor(path: string, { kind, message, hint }: Failure) {
    super(kind, message, hint === undefined ? {} : { hint });
    this.path = path;
  }
}

/** No header has this name. */
export const FILE_OF_ROW = "\u0001file";

/** A file of a source, whose rows have an order. */
export interface RowFile {
  readonly path: string;
  /** What the engine opens. */
  readonly file: string;
  /**
   * The line on which a row begins, given its number among the rows of the file
   * (from 0) and values of it. Undefined where the file has no lines, where
   * other values stand there, and where it would take too long to look.
   */
  lineOf(row: number, values: RowValues): Promise<number | undefined>;
}
