import { Failure } from "../model/failure.js";
import type { RowsSource } from "../model/config/rows-source.js";

export type FileFormat = "csv" | "tsv" | "jsonl" | "json" | "parquet" | "addresses";

/** Columns of text whose type the engine finds over all rows (`SourceRead.untyped`). */
export const UNTYPED = {
  csv: "all",
  tsv: "all",
  jsonl: "dates",
  json: "dates",
  parquet: "none",
  addresses: "none",
} as const;

const BY_ENDING: readonly [RegExp, FileFormat][] = [
  [/\.csv(\.gz|\.zst)?$/i, "csv"],
  [/\.tsv(\.gz|\.zst)?$/i, "tsv"],
  [/\.(jsonl|ndjson)(\.gz|\.zst)?$/i, "jsonl"],
  [/\.json(\.gz|\.zst)?$/i, "json"],
  [/\.parquet$/i, "parquet"],
];

/** The format that the source states, or the one that all its file names end in. */
export function fileFormat(source: RowsSource, paths: readonly string[]): FileFormat {
  if (source.format !== undefined) return source.format;
  const formats = new Set(paths.map((path) => BY_ENDING.find(([ending]) => ending.test(path))?.[1]));
  const [only] = formats;
  if (formats.size === 1 && only !== undefined) return only;
  throw new Failure(
    "invalid",
    formats.size > 1
      ? `Source "${source.name}" mixes files of different formats.`
      : `Source "${source.name}": the format cannot be told from the file name.`,
    { hint: "Set `format` to csv, tsv, jsonl, json or parquet, and keep one format a source." },
  );
}

/** Plain text has no end mark of its own; these have. */
export function isCompressed(path: string): boolean {
  return isGzip(path) || isZstd(path);
}

export function isGzip(path: string): boolean {
  return /\.gz$/i.test(path);
}

/** Only the engine can unpack it. */
export function isZstd(path: string): boolean {
  return /\.zst$/i.test(path);
}
