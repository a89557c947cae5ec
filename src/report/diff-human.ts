import type { Palette } from "./layout/palette.js";

/** A unified diff as people read it, with its two names. */
export function diffHuman(diff: string, paint: Palette): string {
  const lines = diff.trimEnd().split("\n");
  return `${lines
    .filter((line) => !/^={5,}$/u.test(line))
    .map((line) => (/^(?:---|\+\+\+) /u.test(line) ? paint.strong(line.trimEnd()) : diffLine(line, paint)))
    .join("\n")}\n`;
}

/** One line of it, coloured by what becomes of it. */
export function diffLine(line: string, paint: Palette): string {
  if (line.startsWith("@@")) return paint.quiet(line);
  if (line.startsWith("+")) return paint.add(line);
  if (line.startsWith("-")) return paint.remove(line);
  return line;
}
