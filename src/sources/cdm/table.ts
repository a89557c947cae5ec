import type { ValueType } from "../../plugin/source.js";

/** What a Common Data Model folder says of one of its tables. */
export interface Table {
  readonly columns: readonly Column[];
  readonly partitions: readonly Partition[];
  /** Of every partition of every table, to tell where the folder lies in them. */
  readonly locations: readonly string[];
  /** As of when it is, where that is told. */
  readonly asOf: Date | undefined;
}

export interface Column {
  readonly name: string;
  /** Undefined: text. */
  readonly type: ValueType | undefined;
}

export interface Partition {
  /** As it is written: an address, or a path from the folder. */
  readonly location: string;
  readonly format: CsvDialect | "parquet";
  /** Where the folder says how large it is. */
  readonly bytes: number | undefined;
}

export interface CsvDialect {
  /** One letter of ASCII. */
  readonly delimiter: string;
  readonly header: boolean;
  /** Where a quotation mark means something. */
  readonly quotes: "everywhere" | "after delimiter" | "nowhere";
}

/** A partition whose file was found. */
export interface PlacedPartition extends Partition {
  /** Absolute, without links. */
  readonly path: string;
}
