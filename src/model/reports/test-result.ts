import type { Position } from "../diagnostic.js";

/** One expectation that did not come true. Holds values of the test's own rows in the clear: nothing else is read. */
export interface TestFailure {
  /** Which one: `exports.weekly.members`. */
  readonly expectation: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Line by line; both are empty where there is nothing to compare. */
  readonly expected: readonly string[];
  readonly got: readonly string[];
  readonly hint?: string;
  readonly position: Position;
  /** The lines around it, in the clear. */
  readonly frame: string;
}

/** How a case of a test file ended: it passed when nothing failed. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  /** Where the case stands. */
  readonly position: Position;
  readonly milliseconds: number;
  readonly failures: readonly TestFailure[];
}
