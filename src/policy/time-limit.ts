import { runInNewContext } from "node:vm";

/**
 * Does work that may never end, such as a regular expression that backtracks,
 * and throws once it has taken `milliseconds`. The work is not confined in any
 * other way.
 */
export function runWithinTime<Result>(milliseconds: number, work: () => Result): Result {
  return runInNewContext("work()", { work }, { timeout: milliseconds }) as Result;
}

/** Whether `runWithinTime` threw because the time was over. */
export function isOutOfTime(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
