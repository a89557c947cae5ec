import { operationInWords } from "../../model/run/lock.js";
import { startOfRun } from "../../model/run/run-id.js";
import { shownMinute, shownTime } from "../../model/words/shown-time.js";
import type { ExportStatusReport, LastRunReport, StatusWord } from "../../model/reports/status.js";
import type { Palette } from "../layout/palette.js";
import { formatCount } from "../layout/quantity.js";
import { scheduleSentence } from "./schedule-human.js";
import { table } from "../layout/table.js";
import { padRight, wrap } from "../layout/text.js";

/** How people read it. */
export interface StatusView {
  readonly paint: Palette;
  readonly timezone: string;
  /** Columns that a line may have. */
  readonly width: number;
}

const COLUMNS = ["export", "status", "last run", "last success", "next due"].map((head) => ({ head }));

/** A line for each export, then why those did not succeed that did not, and who is at work. */
export function statusTable(exports: readonly ExportStatusReport[], reading: StatusView): string {
  if (exports.length === 0) return "There are no exports.\n";
  const { paint, timezone, width } = reading;
  const minute = (at: string): string => shownMinute(at, timezone);
  const rows = exports.map((one) => ({
    cells: [
      one.name,
      one.status,
      one.lastRun === undefined ? "–" : minute(begunAt(one.lastRun)),
      one.lastSuccessAt === undefined ? "–" : minute(one.lastSuccessAt),
      nextOf(one, minute),
    ],
    colour: colourOf(one.status, paint),
  }));
  const lines = table(COLUMNS, rows, width, paint);
  for (const one of exports) {
    const notes = notesOf(one, timezone);
    if (notes.length > 0) lines.push("", ...notes.flatMap((note) => wrap(`${one.name}: `, note)));
  }
  return `${lines.join("\n")}\n`;
}

/** Everything about each export. */
export function statusHuman(exports: readonly ExportStatusReport[], reading: StatusView): string {
  return `${exports.map((one) => block(one, reading).join("\n")).join("\n\n")}\n`;
}

function block(one: ExportStatusReport, { paint, timezone }: StatusView): string[] {
  const { lastRun, list, lastSuccessAt, dueness } = one;
  const row = (title: string, text: string): string[] => wrap(`  ${padRight(title, 13)} `, text);
  return [
    `${paint.strong(one.name)}  ${colourOf(one.status, paint)(one.status)}`,
    ...row("connection", one.connection),
    ...row("list", listText(list)),
    ...row("last run", lastRun === undefined ? "never" : runText(lastRun, timezone)),
    ...row("last success", lastSuccessAt === undefined ? "never" : shownTime(lastSuccessAt, timezone)),
    ...row("schedule", scheduleSentence(dueness, timezone)),
    ...notesOf(one, timezone).flatMap((note) => row("", note)),
  ];
}

/** A success is dated by its beginning, and so is every run: the same run has one time. */
function begunAt({ id, at }: LastRunReport): string {
  return startOfRun(id) ?? at;
}

function listText({ id, name }: ExportStatusReport["list"]): string {
  if (name === undefined || name === id) return id ?? "";
  return id === undefined ? name : `${name} (${id})`;
}

function runText(run: LastRunReport, timezone: string): string {
  const { actor, added, updated, removed, rejected, unknown } = run;
  const wrong = [
    ...(rejected > 0 ? [`${formatCount(rejected)} rejected`] : []),
    ...(unknown > 0 ? [`${formatCount(unknown)} unknown`] : []),
  ];
  const numbers = [
    `${formatCount(added)} added`,
    `${formatCount(updated)} changed`,
    `${formatCount(removed)} removed`,
    ...wrong,
  ];
  return `${shownTime(begunAt(run), timezone)} by ${actor}: ${numbers.join(", ")}`;
}

function notesOf({ status, reason, lock }: ExportStatusReport, timezone: string): string[] {
  const why = status === "succeeded" ? undefined : reason;
  const held =
    lock &&
    `${lock.who} holds the account (${operationInWords(lock)}) since ${shownTime(lock.since, timezone)}.`;
  return [why, held].filter((note) => note !== undefined);
}

function nextOf({ dueness }: ExportStatusReport, minute: (at: string) => string): string {
  switch (dueness.state) {
    case "manual":
      return "–";
    case "due":
      return "now";
    case "waiting":
      return "waiting";
    case "retrying":
      return minute(dueness.retryAt.toISOString());
    case "idle":
      return dueness.next === undefined ? "–" : minute(dueness.next.toISOString());
  }
}

function colourOf(status: StatusWord | undefined, paint: Palette): (text: string) => string {
  switch (status) {
    case "succeeded":
    case "running":
      return paint.add;
    case "failed (permanent)":
    case "refused":
      return paint.error;
    case "never run":
      return paint.quiet;
    default:
      return paint.warn;
  }
}
