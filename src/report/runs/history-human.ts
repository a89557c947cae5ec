import type { RecordedExport, RunRecord } from "../../model/run/run-record.js";
import { shownTime } from "../../model/words/shown-time.js";
import { countHeldBack } from "../../plan/counts.js";
import type { Palette } from "../layout/palette.js";
import { formatCount, counted } from "../layout/quantity.js";
import { padRight, widestLength, wrap } from "../layout/text.js";

/** A block for each run: when, by whom, how long, and a line for each export. */
export function historyHuman(
  { runs, unreadable }: { readonly runs: readonly RunRecord[]; readonly unreadable: number },
  paint: Palette,
  timezone: string,
): string {
  const blocks = runs.map((run) => block(run, paint, timezone).join("\n"));
  if (unreadable > 0)
    blocks.push(
      paint.warn(`${counted(unreadable, "record")} could not be read: damaged, newer, or under another key.`),
    );
  return blocks.length === 0 ? "No runs are recorded.\n" : `${blocks.join("\n\n")}\n`;
}

function block(run: RunRecord, paint: Palette, timezone: string): string[] {
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const trigger = run.trigger === "schedule" ? "by schedule" : "on demand";
  const where = run.environment === undefined ? "" : ` in ${run.environment}`;
  const name = widestLength(run.exports.map((one) => one.name));
  const status = widestLength(run.exports.map((one) => one.status));
  return [
    `${paint.strong(shownTime(run.startedAt, timezone))}  ${trigger}${where}, ${run.actor}, ${took(seconds)}`,
    ...run.exports.flatMap((one) => [
      `  ${padRight(one.name, name)}  ${padRight(one.status, status)}  ${numbers(one)}`.trimEnd(),
      ...(one.error === undefined ? [] : wrap("    ", one.error.message).map(paint.quiet)),
    ]),
    paint.quiet(`  ${run.id}`),
  ];
}

function numbers({ added, updated, removed, rejected, unknown, planned }: RecordedExport): string {
  const held = planned === undefined ? 0 : countHeldBack(planned);
  const all: [number, string][] = [
    [added, "added"],
    [updated, "changed"],
    [removed, "removed"],
    [rejected, "rejected"],
    [unknown, "unknown"],
    [held, "held back"],
  ];
  return all.flatMap(([number, word]) => (number > 0 ? [`${formatCount(number)} ${word}`] : [])).join(", ");
}

/** `0.8 s`, `12 s`, `3 min`. */
function took(seconds: number): string {
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
