import type { Dueness, ScheduledExport } from "../../model/config/schedule.js";
import { counted } from "../../model/words/counted.js";
import { shownTime } from "../../model/words/shown-time.js";
import type { Palette } from "../layout/palette.js";
import { padRight, widestLength } from "../layout/text.js";

/** A line for each export: whether it is due now, and when it will be. */
export function scheduleHuman(
  schedule: readonly ScheduledExport[],
  paint: Palette,
  timezone: string,
): string {
  if (schedule.length === 0) return "There are no exports.\n";
  const name = widestLength(schedule.map((one) => one.name));
  const state = widestLength(schedule.map(({ dueness }) => stateWord(dueness)));
  const lines = schedule.map(({ name: own, dueness }) => {
    const colour = dueness.state === "due" ? paint.strong : (text: string) => text;
    return `${padRight(own, name)}  ${colour(padRight(stateWord(dueness), state))}  ${paint.quiet(when(dueness, timezone))}`;
  });
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function stateWord(dueness: Dueness): string {
  return dueness.state === "idle" ? "not due" : dueness.state;
}

/** `due for …`, `not due, next …`. */
export function scheduleSentence(dueness: Dueness, timezone: string): string {
  const apart = dueness.state === "manual" || dueness.state === "idle" ? ", " : " ";
  return `${stateWord(dueness)}${apart}${when(dueness, timezone)}`;
}

/** The rest of the sentence that the state begins. */
function when(dueness: Dueness, timezone: string): string {
  const time = (at: Date): string => shownTime(at, timezone);
  switch (dueness.state) {
    case "manual":
      return "runs when somebody applies it";
    case "due":
      return `for ${time(dueness.due)}${dueness.attempt > 1 ? `, attempt ${dueness.attempt}` : ""}`;
    case "waiting":
      return `for fresh data since ${time(dueness.due)}, until ${time(dueness.until)}`;
    case "retrying":
      return `for ${time(dueness.due)} at ${time(dueness.retryAt)}, after ${counted(dueness.attempts, "failed attempt")}`;
    case "idle": {
      const next = dueness.next === undefined ? "no next time" : `next ${time(dueness.next)}`;
      return `${next}${REASON[dueness.because]}`;
    }
  }
}

const REASON = {
  new: "",
  served: "",
  stale: "; the last time was left out, because the data was too old",
  "given up": "; the last time failed and is not tried again",
} as const;
