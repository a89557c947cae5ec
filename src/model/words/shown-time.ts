/** An instant as people of a time zone read it, to the second: `2026-11-28T07:00:00+01:00`, in UTC `2026-11-28T06:00:00Z`. */
export function shownTime(at: string | Date, timezone: string): string {
  const { day, clock, offset } = partsOf(at, timezone);
  return clock === "" ? day : `${day}T${clock}${offset}`;
}

/** The same to the minute, with a space to be broken at: `2026-11-28 07:00+01:00`. */
export function shownMinute(at: string | Date, timezone: string): string {
  const { day, clock, offset } = partsOf(at, timezone);
  return clock === "" ? day : `${day} ${clock.slice(0, 5)}${offset}`;
}

interface Parts {
  readonly day: string;
  readonly clock: string;
  readonly offset: string;
}

/** A recorded text that is not a time is shown as it is. */
function partsOf(at: string | Date, timezone: string): Parts {
  if (!isInstant(at)) return { day: String(at), clock: "", offset: "" };
  const written = formatIn(timezone).formatToParts(new Date(at));
  const part = (wanted: Intl.DateTimeFormatPartTypes): string =>
    written.find(({ type }) => type === wanted)?.value ?? "";
  // `GMT`, `GMT+00:00`, `GMT+01:00`.
  const offset = part("timeZoneName").slice("GMT".length);
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    clock: `${part("hour")}:${part("minute")}:${part("second")}`,
    offset: offset === "" || offset === "+00:00" ? "Z" : offset,
  };
}

/** JavaScript finds a date in almost any text with a number in it. */
function isInstant(at: string | Date): boolean {
  return (at instanceof Date || /^\d{4}-\d\d-\d\dT/.test(at)) && !Number.isNaN(new Date(at).getTime());
}

/** A zone that this machine does not know, or that a file made up, is read as UTC. */
function formatIn(timezone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { ...DIGITS, timeZone: timezone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...DIGITS, timeZone: "UTC" });
  }
}

const DIGITS = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "longOffset",
} as const;
