import { Failure } from "../model/failure.js";
import type { Notice } from "../model/run/notice.js";
import { wait } from "../platform/wait.js";
import type { OpenNotifier } from "../plugin/notifier.js";

const TRIES = 3;
const WITHIN_MS = 30_000;
/** Before the second and the third try. */
const PAUSES_MS = [500, 3000];

/**
 * Sends a notice, up to three times within half a minute while the receiver
 * may take it yet, and tells what it answered. Throws as `OpenNotifier.send`.
 */
export async function deliverNotice(
  open: OpenNotifier,
  notice: Notice,
  signal: AbortSignal,
): Promise<string> {
  const deadline = performance.now() + WITHIN_MS;
  const within = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  for (let tried = 1; ; tried++) {
    try {
      return await open.send(notice, within);
    } catch (error) {
      const pause = pauseAfter(error, tried);
      if (pause === undefined || performance.now() + pause >= deadline) throw error;
      await wait(pause, within);
    }
  }
}

/** Milliseconds; undefined when it is not tried again. */
function pauseAfter(error: unknown, tried: number): number | undefined {
  if (!(error instanceof Failure) || tried === TRIES) return undefined;
  if (error.kind !== "transient" && error.kind !== "rate-limit") return undefined;
  return Math.max(PAUSES_MS[tried - 1] ?? 0, (error.retryAfter ?? 0) * 1000);
}
