import type { Position } from "../../model/diagnostic.js";

const LINES_ABOVE = 2;
const LINES_BELOW = 1;
/** Of longer lines, a part around the position is shown. */
const MAX_WIDTH = 160;

/**
 * The lines around a position with a marker, without colour.
 * `starts` are the offsets at which the lines of the text begin.
 */
export function frameLines(text: string, starts: readonly number[], position: Position): string {
  const { line, column, endLine, endColumn } = position;
  const first = Math.max(1, line - LINES_ABOVE);
  const last = Math.min(starts.length, line + LINES_BELOW);
  const width = String(last).length;
  const gutter = (number: string, mark: string, content: string): string =>
    `${mark} ${number.padStart(width)} |${content === "" ? "" : ` ${content}`}`;
  const from = column > MAX_WIDTH * 0.75 ? column - MAX_WIDTH / 2 : 0;
  const lines: string[] = [];
  for (let number = first; number <= last; number++) {
    const start = starts[number - 1] ?? 0;
    const end = starts[number] ?? text.length;
    lines.push(gutter(String(number), number === line ? ">" : " ", windowed(text, start, end, from)));
    if (number !== line) continue;
    const before = text.slice(start + from, start + column - 1).replaceAll(/[^\t]/g, " ");
    const wanted = endLine === line && endColumn !== undefined ? endColumn - column : 1;
    const length = Math.max(1, Math.min(wanted, MAX_WIDTH + from - column + 1));
    lines.push(gutter("", " ", `${from > 0 ? " " : ""}${before}${"^".repeat(length)}`));
  }
  return lines.join("\n");
}

function windowed(text: string, start: number, end: number, from: number): string {
  const begin = Math.min(end, start + from);
  const line = text.slice(begin, Math.min(end, begin + MAX_WIDTH + 2)).replace(/[\r\n]+$/, "");
  const cut = line.length > MAX_WIDTH;
  return `${from > 0 ? "…" : ""}${cut ? `${line.slice(0, MAX_WIDTH)}…` : line}`;
}
