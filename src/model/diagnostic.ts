/** Where something is in a file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Something wrong (or doubtful) in what a person wrote, and what to do about it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** Stable kebab-case name of the rule. */
  readonly code: string;
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
  readonly position?: Position;
  /** The environments in which this is so; without, it is so in all of them, or there are none. */
  readonly environments?: readonly string[];
  /** The lines around `position`, with a marker. */
  readonly frame?: string;
}
