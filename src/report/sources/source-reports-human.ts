import type { SourceReport } from "../../model/reports/source-report.js";
import type { Palette } from "../layout/palette.js";
import { counted } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";
import { sourceWords } from "../plan/sources-human.js";
import { columnWords } from "./column-words.js";

/** A block for each source: what was read, what is wrong with it, and its columns. */
export function sourceReportsHuman(reports: readonly SourceReport[], now: string, paint: Palette): string {
  if (reports.length === 0) return "There is no source.\n";
  return `${reports.map((report) => block(report, now, paint).join("\n")).join("\n\n")}\n`;
}

function block({ name, type, columns, read, error }: SourceReport, now: string, paint: Palette): string[] {
  return [
    `${paint.strong(paint.accent(name))} ${paint.quiet(type)}`,
    ...(read === undefined ? [] : wrap("  ✓ ", sourceWords(read, now)).map(paint.add)),
    ...(error === undefined ? [] : wrap("  ✗ ", error.message).map(paint.error)),
    ...(error?.hint === undefined ? [] : wrap("    ", error.hint).map(paint.quiet)),
    ...(columns.length === 0 ? [] : columnLines(columns)),
  ];
}

function columnLines(columns: SourceReport["columns"]): string[] {
  const words = columns.map((column, at) =>
    [columnWords(column, at), ...(column.type === undefined ? [] : [column.type])].join(" "),
  );
  return [`  ${counted(columns.length, "column")}`, ...wrap("    ", words.join(", "))];
}
