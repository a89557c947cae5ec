import type { ExportStatusReport, StatusWord } from "../model/status.js";
import type { Palette } from "./palette.js";
import { count } from "./quantity.js";
import { sentence, time } from "./schedule-human.js";
import { padRight, widest, wrap } from "./text.js";

/** A line for each export, then why those did not succeed that did not, and who is at work. */
export function statusTable(exports: readonly ExportStatusReport[], paint: Palette): string {
  if (exports.length === 0) return "There are no exports.\n";
  const rows = exports.map((one) => [
    one.name,
    one.status,
    one.lastRun === undefined ? "–" : minute(one.lastRun.at),
    one.lastSuccessAt === undefined ? "–" : minute(one.lastSuccessAt),
    nextOf(one),
  ]);
  const head = ["export", "status", "last run", "last success", "next due"];
  const widths = head.map((title, column) => widest([title, ...rows.map((row) => row[column] ?? "")]));
  const line = (cells: readonly string[], colour?: (text: string) => string): string =>
    cells
      .map((cell, column) => {
        const padded = padRight(cell, widths[column] ?? 0);
        return column === 1 && colour !== undefined ? colour(padded) : padded;
      })
      .join("  ")
      .trimEnd();
  const lines = [
    paint.quiet(line(head)),
    ...rows.map((row, index) => line(row, colourOf(exports[index]?.status, paint))),
  ];
  for (const one of exports) {
    const notes = notesOf(one);
    if (notes.length > 0) lines.push("", ...notes.flatMap((note) => wrap(`${one.name}: `, note)));
  }
  return `${lines.join("\n")}\n`;
}

/** Everything about each export. */
export function statusHuman(exports: readonly ExportStatusReport[], paint: Palette): string {
  return `${exports.map((one) => block(one, paint).join("\n")).join("\n\n")}\n`;
}

function block(one: ExportStatusReport, paint: Palette): string[] {
  const { lastRun, list, lastSuccessAt, dueness } = one;
  const row = (title: string, text: string): string[] => wrap(`  ${padRight(title, 13)} `, text);
  return [
    `${paint.strong(one.name)}  ${colourOf(one.status, paint)(one.status)}`,
    ...row("connection", one.connection),
    ...row("list", listText(list)),
    ...row("last run", lastRun === undefined ? "never" : runText(lastRun)),
    ...row("last success", lastSuccessAt === undefined ? "never" : time(new Date(lastSuccessAt))),
    ...row("schedule", sentence(dueness)),
    ...notesOf(one).flatMap((note) => row("", note)),
  ];
}

function listText({ id, name }: ExportStatusReport["list"]): string {
  if (name === undefined || name === id) return id ?? "";
  return id === undefined ? name : `${name} (${id})`;
}

function runText({ at, actor, ...counts }: NonNullable<ExportStatusReport["lastRun"]>): string {
  const { added, updated, removed, rejected, unknown } = counts;
  const wrong = [
    ...(rejected > 0 ? [`${count(rejected)} rejected`] : []),
    ...(unknown > 0 ? [`${count(unknown)} unknown`] : []),
  ];
  const numbers = [
    `${count(added)} added`,
    `${count(updated)} changed`,
    `${count(removed)} removed`,
    ...wrong,
  ];
  return `${time(new Date(at))} by ${actor}: ${numbers.join(", ")}`;
}

function notesOf({ status, reason, lock }: ExportStatusReport): string[] {
  const why = status === "succeeded" ? undefined : reason;
  const held =
    lock && `${lock.who} holds the account (${lock.operation}) since ${time(new Date(lock.since))}.`;
  return [why, held].filter((note) => note !== undefined);
}

function nextOf({ dueness }: ExportStatusReport): string {
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

/** `2026-11-28 06:00Z` fits four times into a terminal. */
function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")}Z`;
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
