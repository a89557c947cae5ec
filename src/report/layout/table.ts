import type { Palette } from "./palette.js";
import { padLeft, padRight, widestLength, wrap } from "./text.js";

/** A line of cells for each row; the first column names the row. */
export interface TableColumn {
  readonly head: string;
  readonly align?: "right";
}

export interface TableRow {
  readonly cells: readonly string[];
  /** Of the second cell. */
  readonly colour?: ((text: string) => string) | undefined;
}

/**
 * Rows below their titles; where they are wider than `width`, a block for each
 * row instead, because a terminal would break lines in the middle of a date.
 * Cells that say nothing (`–`) are left out of blocks.
 */
export function table(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number,
  paint: Palette,
): string[] {
  const heads = columns.map(({ head }) => head);
  const widths = heads.map((head, at) => widestLength([head, ...rows.map(({ cells }) => cells[at] ?? "")]));
  const pad = (text: string, at: number): string =>
    (columns[at]?.align === "right" ? padLeft : padRight)(text, widths[at] ?? 0);
  const lines = rows.map(({ cells }) => cells.map(pad).join("  ").trimEnd());
  if (widestLength(lines) > width)
    return rows.flatMap((row, at) => [...(at === 0 ? [] : [""]), ...block(heads, row, width, paint)]);
  return [
    paint.quiet(heads.map(pad).join("  ").trimEnd()),
    ...rows.map(({ cells, colour = plain }) =>
      cells
        .map((cell, at) => (at === 1 ? colour(pad(cell, at)) : pad(cell, at)))
        .join("  ")
        .trimEnd(),
    ),
  ];
}

function block(heads: readonly string[], row: TableRow, width: number, paint: Palette): string[] {
  const [name = "", ...rest] = row.cells;
  const label = widestLength(heads);
  const lines = rest.flatMap((cell, index) => {
    if (cell === "" || cell === "–") return [];
    const start = `  ${padRight(heads[index + 1] ?? "", label)} `;
    const [first = "", ...more] = wrap(start, cell, width);
    const shown = first.slice(start.length);
    return [paint.quiet(start) + (index === 0 ? (row.colour ?? plain)(shown) : shown), ...more];
  });
  return [paint.strong(name), ...lines];
}

const plain = (text: string): string => text;
