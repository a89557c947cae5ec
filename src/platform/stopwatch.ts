/** Both of our clocks at one instant: that of the day, which people set, and one that only stands still while the machine sleeps. */
export interface Instant {
  readonly day: number;
  readonly running: number;
}

export function currentInstant(): Instant {
  return { day: Date.now(), running: performance.now() };
}

/** Milliseconds since then, by the clock that says more: no time is taken for less than it was because somebody set a clock back, or the machine slept. */
export function millisecondsSince(then: Instant, now = currentInstant()): number {
  return Math.max(now.day - then.day, now.running - then.running);
}
