/** Clocks that are kept agree to seconds. A recorded time that lies further ahead was written by one that was wrong, or ours is. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Whether a recorded time cannot be believed, because it is not a time or has not come yet; epoch ms. */
export function isFromFuture(recorded: number, now: number): boolean {
  return !(recorded <= now + CLOCK_TOLERANCE_MS);
}

/** When something happened that was recorded with this time: before now, whatever the clock said that recorded it; epoch ms. */
export function believedTime(recorded: number, now: number): number {
  return recorded <= now ? recorded : now;
}

/**
 * From which time on something counts as recent enough to be remembered, by
 * the earlier of our clock and the newest time recorded before: a clock that is
 * far ahead must not make everything old at once.
 */
export function oldestRemembered(recorded: readonly string[], now: number, maxAgeMs: number): number {
  const times = recorded.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time));
  return Math.min(now, times.length === 0 ? now : Math.max(...times)) - maxAgeMs;
}

/** Whether what was read at a time is too old by now; below nothing, somebody has set the clock back meanwhile. */
export function isStale(readAt: number, now: number, freshMs: number): boolean {
  const ageMs = now - readAt;
  return ageMs < 0 || ageMs > freshMs;
}
