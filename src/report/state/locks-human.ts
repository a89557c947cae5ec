import { operationInWords, subjectInWords, type Lock } from "../../model/run/lock.js";
import { shownTime } from "../../model/words/shown-time.js";
import type { Palette } from "../layout/palette.js";
import { wrap } from "../layout/text.js";

/** A block for each lock: what is locked, by whom, and whether the holder is there. */
export function locksHuman(locks: readonly Lock[], paint: Palette, timezone: string): string {
  if (locks.length === 0) return "No locks.\n";
  return `${locks.map((lock) => lockHuman(lock, paint, timezone)).join("\n\n")}\n`;
}

function lockHuman(lock: Lock, paint: Palette, timezone: string): string {
  const { who, pid, acquiredAt, expiresAt, id } = lock;
  return [
    paint.strong(subjectInWords(lock.subject)),
    ...wrap(
      "  ",
      `held by ${who}, process ${pid}, ${operationInWords(lock)}, since ${shownTime(acquiredAt, timezone)}`,
    ),
    lock.state === "live"
      ? paint.add(`  live, expires at ${shownTime(expiresAt, timezone)}`)
      : paint.warn(`  ${STATE[lock.state]}`),
    paint.quiet(`  id ${id}`),
  ].join("\n");
}

const STATE = {
  expired: "expired: no sign of life; the next apply takes it over",
  dead: "dead: the process has ended; the next apply takes it over",
} as const;

/** What releasing a lock means. */
export function releaseMeaning(lock: Lock): string {
  const { who, pid } = lock;
  return (
    `The lock on the ${subjectInWords(lock.subject)} is taken from ${who} (process ${pid}, ${operationInWords(lock)}). ` +
    "If that run is still at work, it stops before its next request; one request that is under way may still be carried out. " +
    "The next apply waits until it is over, looks up what became of it, and goes on. Nothing is lost."
  );
}
