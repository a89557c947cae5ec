/** No vendor's window is longer than an hour; what says so is not believed. */
const LONGEST_SECONDS = 3700;
/** Below it is a number of seconds, above a time: no epoch is below a million, and no window is that long. */
const EPOCH = 1_000_000;
const EPOCH_MS = 100_000_000_000;

/**
 * Seconds from now that a reset header means: a number of seconds, or a time
 * in seconds or milliseconds. Undefined for what cannot be meant: no number,
 * the past, more than an hour.
 */
export function secondsUntilReset(text: string | undefined, now: number): number | undefined {
  if (text === undefined || !/^\d{1,16}(\.\d+)?$/.test(text.trim())) return undefined;
  const value = Number(text);
  const seconds = value < EPOCH ? value : (value < EPOCH_MS ? value * 1000 - now : value - now) / 1000;
  return seconds < 0 || seconds > LONGEST_SECONDS ? undefined : seconds;
}
