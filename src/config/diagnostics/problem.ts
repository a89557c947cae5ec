import type { Diagnostic } from "../../model/diagnostic.js";

/** Keys (and list indexes) from the top of the merged config down to a value. */
export type Path = readonly (string | number)[];

/** A finding that points at a place in the config, before the place becomes a line and column. */
export interface Problem {
  readonly severity: Diagnostic["severity"];
  readonly code: string;
  readonly message: string;
  /** A function where it takes looking through many words, which is done only for what is shown. */
  readonly hint?: string | (() => string | undefined) | undefined;
  readonly at: Path;
  /** Point at the key even where its value is a single word. */
  readonly onKey?: boolean;
  /** Point at a stretch of the value, which is this text. */
  readonly within?: { readonly text: string; readonly start: number; readonly end: number };
  /** It shows in a file that the value names, of which nothing is quoted; its path is as the config has it. */
  readonly inFile?: { readonly path: string; readonly line: number; readonly column: number };
}

/** A diagnostic before it is shown: its hint may still have to be looked for. */
export interface Finding extends Omit<Diagnostic, "hint" | "frame"> {
  readonly hint?: Problem["hint"];
}

/** `exports.weekly.segments[0]`. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => (/^\d+$/.test(String(part)) ? `[${part}]` : `${index === 0 ? "" : "."}${part}`))
    .join("");
}
