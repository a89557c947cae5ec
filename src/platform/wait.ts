import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../model/failure.js";

/** Waits `ms` milliseconds; throws `Failure("interrupted")` as soon as `signal` is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    throw new Failure("interrupted", "Stopped while waiting.", { cause: error });
  }
}
