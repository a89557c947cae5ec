/** No vendor's window is longer than an hour; what says so is not believed. */
const LONGEST_SECONDS = 3700;
/** Below it is a number of seconds, above a time: no epoch is below a million, and no window is that long. */
const EPOCH = 1_000_000;
const EPOCH_MS = 100_000_000_000;

/** When an answer was given, by the clock of who gave it where it says so; epoch ms. Times in it are by that clock. */
export function answeredAt(headers: Readonly<Record<string, string>>): number {
  const date = Date.parse(headers["date"] ?? "");
  return Number.isNaN(date) ? Date.now() : date;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The same of `Retry-After`, which may be a date. */
export function secondsUntilRetry(text: string | undefined, now: number): number | undefined {
  const date = text !== undefined && HTTP_DATE.test(text.trim()) ? Date.parse(text) : NaN;
  return secondsUntilReset(Number.isNaN(date) ? text : String(date), now);
}

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
