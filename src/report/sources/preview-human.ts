import type { SourcePreview } from "../../model/reports/source-report.js";
import type { Palette } from "../layout/palette.js";
import { toOneLine } from "../layout/printable.js";
import { counted, formatCount, percent } from "../layout/quantity.js";
import { table } from "../layout/table.js";
import { columnWords } from "./column-words.js";

const LONGEST_VALUE = 60;

/** The columns of a look at rows, a line each, and the first rows. */
export function previewHuman(preview: SourcePreview, width: number, paint: Palette): string {
  const { source, rows, columns, sample, revealed } = preview;
  const names = columns.map(columnWords);
  const facts = columns.map(({ type, empty }, at) => ({
    cells: [names[at] ?? "", type, empty === 0 ? "–" : `${formatCount(empty)} (${percent(empty, rows)})`],
  }));
  const shown = sample.map((values, at) => ({ cells: [String(at + 1), ...values.map(valueWords)] }));
  const heads = ["row", ...names].map((head) => ({ head }));
  const lines = [
    `${paint.strong(paint.accent(source))}  ${counted(rows, "row")}, ${counted(columns.length, "column")}`,
    "",
    ...table([{ head: "column" }, { head: "type" }, { head: "empty" }], facts, width, paint),
    ...(shown.length === 0 ? [] : ["", ...table(heads, shown, width, paint)]),
    "",
    paint.quiet(
      revealed
        ? "Values are shown as they are: keep them to yourself."
        : "Values are masked; --reveal shows them.",
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** Nothing, an empty text, and what is there. */
function valueWords(value: string | null): string {
  if (value === null) return "–";
  return value === "" ? "''" : toOneLine(value, LONGEST_VALUE);
}
