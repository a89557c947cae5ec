import type { FilesSource, Source } from "../model/source.js";

/** Whether the type of a column is in the source itself, so that text is never taken for anything else. */
export function typedByItself(source: Source): boolean {
  return source.type === "duckdb" || formatOf(source) === "parquet";
}

/** What rows are written as: where every value is text in the source, so it is in a test. */
export function formatOf({ format, paths }: FilesSource): NonNullable<FilesSource["format"]> {
  if (format !== undefined) return format;
  const extension = /\.(csv|tsv|jsonl|ndjson|json|parquet)(?:\.(?:gz|zst))?$/iu.exec(paths[0] ?? "")?.[1];
  const known = extension?.toLowerCase();
  return known === "ndjson" || known === "json"
    ? "jsonl"
    : known === "tsv" || known === "jsonl" || known === "parquet"
      ? known
      : "csv";
}
