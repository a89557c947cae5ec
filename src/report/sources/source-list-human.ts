import type { SourceSummary } from "../../model/reports/source-report.js";
import { toOneLine } from "../layout/printable.js";
import type { Palette } from "../layout/palette.js";
import { table } from "../layout/table.js";

const COLUMNS = ["name", "type", "reads", "at least", "at most", "segments", "exports"].map((head) => ({
  head,
}));

/** A row per source. */
export function sourceListHuman(sources: readonly SourceSummary[], width: number, paint: Palette): string {
  if (sources.length === 0) return "There is no source.\n";
  const rows = sources.map((source) => ({ cells: cellsOf(source).map((cell) => toOneLine(cell, 300)) }));
  return `${table(COLUMNS, rows, width, paint).join("\n")}\n`;
}

function cellsOf(source: SourceSummary): string[] {
  const { name, type, paths, table: tableName, minimumRows, maxAge, segments, exports } = source;
  const reads = [...paths, ...(tableName === undefined ? [] : [tableName])];
  return [
    name,
    type,
    reads.join(", ") || "–",
    minimumRows === undefined ? "–" : `${minimumRows} rows`,
    maxAge === undefined ? "–" : `${ageWords(maxAge)} old`,
    segments.join(", ") || "–",
    exports.join(", ") || "–",
  ];
}

function ageWords(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${Math.round(seconds / 60)}m`;
}
