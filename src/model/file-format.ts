import type { FileRules } from "./config/source.js";

/** How the rows of a file are written. */
export type RowFormat = "csv" | "tsv" | "jsonl" | "json" | "parquet";

/** How each value is written (`SourceManifest.valuesOf`). */
export const VALUES_OF = {
  csv: "text",
  tsv: "text",
  jsonl: "json",
  json: "json",
  parquet: "typed",
  addresses: "text",
} as const;

/** The format that the name of a file (or glob) tells, whatever it is compressed with. */
export function formatOf(path: string): RowFormat | undefined {
  const match = /\.(csv|tsv|jsonl|ndjson|json|parquet)(\.gz|\.zst)?$/i.exec(path);
  const word = match?.[1]?.toLowerCase();
  if (word === "parquet" && match?.[2] !== undefined) return undefined;
  return word === "ndjson" ? "jsonl" : (word as RowFormat | undefined);
}

const OF_CSV = ["header", "columnNames", "nullValues", "encoding", "finalNewline"] as const;

/** An option of CSV files that other files are read with. */
export function misplacedRule(
  format: RowFormat,
  rules: FileRules,
): { readonly code: "option-without-csv"; readonly key: string; readonly message: string } | undefined {
  if (format === "csv" || format === "tsv") return undefined;
  const key = OF_CSV.find((one) => rules[one] !== undefined);
  if (key === undefined) return undefined;
  return {
    code: "option-without-csv",
    key,
    message: `\`${key}\` is only for CSV and TSV, and these files are ${format}.`,
  };
}
