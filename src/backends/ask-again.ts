import { Failure, type FailureKind } from "../model/failure.js";
import { wait } from "../platform/wait.js";

const TRIES = 4;
const FIRST_PAUSE_MS = 100;

/** What may be asked again: nothing came of it. */
export const NOT_CARRIED_OUT: readonly FailureKind[] = ["transient"];
/** Of work that is the same done twice, also what may have been carried out. */
export const HARMLESS_TWICE: readonly FailureKind[] = ["transient", "unknown-outcome"];

/** Does the work, and repeats it after failures of these kinds, with growing pauses or those that the store asked for. */
export async function withRetries<T>(
  kinds: readonly FailureKind[],
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (tried === TRIES || !(error instanceof Failure) || !kinds.includes(error.kind)) throw error;
      const most = FIRST_PAUSE_MS * 4 ** (tried - 1);
      await pause(Math.max((error.retryAfter ?? 0) * 1000, most / 2 + (Math.random() * most) / 2), signal);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, signal).catch(() => signal.throwIfAborted());
}
