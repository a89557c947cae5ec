import { counted } from "../model/words/counted.js";
import { Failure } from "../model/failure.js";
import { warnOfStuckWork } from "../platform/stuck.js";

/** What SQL that a person wrote may use up. */
export interface StatementLimits {
  /** For one statement. */
  readonly timeoutSeconds: number;
  /** For all statements of a run together. */
  readonly totalSeconds: number;
  /** As the engine takes it, such as `800MB`. */
  readonly memory: string;
  /** For temporary files. */
  readonly disk: string;
}

/** How long the statements of a run took together, in seconds; engines of one run share it. */
export interface SpentTime {
  seconds: number;
}

const TICK_MS = 100;
/** How long a statement may take to notice that it was interrupted. */
const GRACE_MS = 5000;
/** Values in flight and the rest of the process come on top of what the engine counts itself. */
const ROOM_BYTES = 1024 ** 3;

/**
 * Stops a statement at the time limit, and when the whole process has grown
 * far past the memory limit: the engine does not count the memory of single
 * values. Some functions do not listen to an interrupt before they are through
 * a whole vector; then the statement is given up, and only the end of the
 * process ends it.
 */
export async function watchStatement<Result>(
  what: string,
  limits: StatementLimits,
  work: () => Promise<Result>,
  act: { readonly interrupt: () => void; readonly stuck: (failure: Failure) => void },
): Promise<Result> {
  const started = performance.now();
  const before = process.memoryUsage.rss();
  const memory = parseByteSize(limits.memory) + ROOM_BYTES;
  let over: { readonly failure: Failure; readonly since: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const used = process.memoryUsage.rss() - before;
      const failure = findBreach(what, limits, performance.now() - started, used > memory);
      if (over === undefined) {
        if (failure === undefined) return;
        over = { failure, since: performance.now() };
        act.interrupt();
      } else if (performance.now() - over.since > GRACE_MS || used > memory + ROOM_BYTES) {
        warnOfStuckWork();
        act.stuck(over.failure);
        reject(over.failure);
      }
    }, TICK_MS);
  });
  try {
    return await Promise.race([work(), givenUp]);
  } catch (error) {
    throw over?.failure ?? error;
  } finally {
    clearInterval(timer);
  }
}

/** The same for all statements of a run together: what comes after the limit is not begun. */
export async function watchWithinTotal<Result>(
  what: string,
  limits: StatementLimits,
  spent: SpentTime,
  work: (limits: StatementLimits) => Promise<Result>,
): Promise<Result> {
  const { totalSeconds, timeoutSeconds } = limits;
  const left = totalSeconds - spent.seconds;
  if (left <= 0) throw usedUp(what, totalSeconds);
  const started = performance.now();
  try {
    return await work({ ...limits, timeoutSeconds: Math.min(timeoutSeconds, left) });
  } catch (error) {
    throw left < timeoutSeconds && seconds(started) >= left ? usedUp(what, totalSeconds) : error;
  } finally {
    spent.seconds += seconds(started);
  }
}

function seconds(started: number): number {
  return (performance.now() - started) / 1000;
}

function usedUp(what: string, totalSeconds: number): Failure {
  return new Failure(
    "permanent",
    `${what}: the queries of this run took longer than ${counted(totalSeconds, "second")} together, which is their limit.`,
    { hint: "Make them do less, or raise `sql.totalTimeout` in the config." },
  );
}

function findBreach(
  what: string,
  limits: StatementLimits,
  ms: number,
  tooLarge: boolean,
): Failure | undefined {
  if (ms > limits.timeoutSeconds * 1000)
    return new Failure(
      "permanent",
      `${what}: the query took longer than ${counted(limits.timeoutSeconds, "second")}, which is its limit.`,
      { hint: "Make it do less, or raise `sql.timeout` in the config." },
    );
  if (tooLarge)
    return new Failure("permanent", `${what}: the query used far more than ${limits.memory} of memory.`, {
      hint: "Make it do less at once: it may build very long texts or lists. `sql.memory` is the limit.",
    });
  return undefined;
}

/** Of a size as the engine takes it. */
export function parseByteSize(size: string): number {
  return Number(size.slice(0, -2)) * (size.endsWith("GB") ? 1024 ** 3 : 1024 ** 2);
}
