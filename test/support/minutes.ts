/** The minutes that a run has, by `ROLLCALL_TEST_MINUTES`; as many as it needs without. */
const GIVEN = "ROLLCALL_TEST_MINUTES";
/** Why a test was not begun. */
export const TOO_LATE = "the minutes are used up";
const END = "ROLLCALL_TEST_END";
/** What one series of stories takes of them: there are some twenty, and as much else to do. */
const SHARE = 1 / 20;

/** Whether a run has no more than some minutes. */
export function hasMinutes(): boolean {
  return process.env[GIVEN] !== undefined;
}

/** What the processes of a run that begins now have to know. */
export function minutesFromNow(): Readonly<Record<string, string>> {
  const given = process.env[GIVEN];
  if (given === undefined) return {};
  if (!(Number(given) > 0)) throw new Error(`${GIVEN} is a number of minutes, not ${given}.`);
  return { [END]: String(now() + Number(given) * 60_000) };
}

/** Whether nothing new is to begin. */
export function areMinutesUsedUp(): boolean {
  return now() >= Number(process.env[END] ?? Number.POSITIVE_INFINITY);
}

/** Tells whether a series of stories that begins now, one seed after the other, may go on with another one. */
export function seriesInTime(): () => boolean {
  const end = now() + Number(process.env[GIVEN] ?? Number.POSITIVE_INFINITY) * 60_000 * SHARE;
  return () => now() <= end && !areMinutesUsedUp();
}

/** Tests put the date ahead, and not this. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
