import { escapeForScreen } from "../layout/printable.js";

/** A block of code that nothing in it can end: its fence is longer than any run of backticks inside. */
export function fence(language: string, text: string): string {
  const inside = escapeForScreen(text, false).trimEnd();
  const longest = (inside.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const marks = "`".repeat(longest + 1);
  return `${marks}${language}\n${inside}\n${marks}`;
}

/** Lines that do not fit into `room` characters, less those in the middle. */
export function shortenLines(lines: readonly string[], room: number): string[] {
  if (sizeOf(lines) <= room) return [...lines];
  const start: string[] = [];
  const end: string[] = [];
  let left = room;
  for (let index = 0; start.length + end.length < lines.length; index += 1) {
    const fromStart = index % 2 === 0;
    const line = (fromStart ? lines[start.length] : lines[lines.length - 1 - end.length]) ?? "";
    left -= line.length + 1;
    if (left < 0) break;
    if (fromStart) start.push(line);
    else end.unshift(line);
  }
  return [...start, `… ${lines.length - start.length - end.length} lines left out …`, ...end];
}

function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
