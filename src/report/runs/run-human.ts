import Table from "cli-table3";
import type { ExportResult, ExportStatus, RunResult } from "../../model/run/run.js";
import type { Palette } from "../layout/palette.js";
import { formatCount, counted } from "../layout/quantity.js";
import { NO_LINES } from "../layout/table-lines.js";
import { wrap } from "../layout/text.js";

/** What an apply did: a row per export, then what went wrong, then one sentence. */
export function runHuman(run: RunResult, paint: Palette): string {
  const lines = [table(run.exports, paint), ""];
  for (const result of run.exports) {
    if (result.error === undefined) continue;
    const left = isLeftOut(result);
    const said = wrap(left ? "– " : "✗ ", `${result.name}: ${result.error.message}`);
    lines.push(...said.map(left ? paint.warn : paint.error));
    if (result.error.hint !== undefined) lines.push(...wrap("  ", result.error.hint).map(paint.quiet));
    lines.push("");
  }
  const unknown = sum(run.exports, "unknown");
  if (unknown > 0) {
    const text = `${counted(unknown, "change has", "changes have")} an unknown outcome; the next run looks them up.`;
    lines.push(...wrap("! ", text).map(paint.warn), "");
  }
  lines.push(...wrap("", runSentence(run)).map(paint.strong));
  return `${lines.join("\n")}\n`;
}

/** The sentence that ends an apply. */
export function runSentence(run: RunResult): string {
  const numbers =
    `${formatCount(sum(run.exports, "added"))} added, ${formatCount(sum(run.exports, "updated"))} changed, ` +
    `${formatCount(sum(run.exports, "removed"))} removed`;
  const rejected = sum(run.exports, "rejected");
  const all = rejected > 0 ? `${numbers}, ${formatCount(rejected)} rejected` : numbers;
  const statuses = new Set(run.exports.map((result) => result.status));
  if (statuses.has("interrupted")) return `Interrupted: ${all}. Run apply again to go on.`;
  if (statuses.has("failed") || statuses.has("refused") || statuses.has("partly")) {
    const done = run.exports.filter(
      (result) => result.status === "succeeded" || result.status === "unchanged",
    );
    return `Not everything was applied (${formatCount(done.length)} of ${counted(run.exports.length, "export")}): ${all}.`;
  }
  const leftOut = run.exports.filter(isLeftOut);
  const skipped = leftOut.filter(({ status }) => status === "skipped").length;
  const detached = leftOut.length - skipped;
  const left = [
    skipped > 0 ? ` ${counted(skipped, "export was", "exports were")} skipped.` : "",
    detached > 0 ? ` ${counted(detached, "export is", "exports are")} detached.` : "",
  ].join("");
  if (leftOut.length === run.exports.length && leftOut.length > 0) return `Nothing was applied.${left}`;
  if (run.exports.every((result) => result.status === "unchanged" || isLeftOut(result)))
    return `Nothing to do. The lists match the configuration.${left}`;
  return `Apply complete: ${all}.${left}`;
}

function isLeftOut({ status }: ExportResult): boolean {
  return status === "skipped" || status === "detached";
}

function sum(
  results: readonly ExportResult[],
  field: "added" | "updated" | "removed" | "rejected" | "unknown",
): number {
  return results.reduce((total, result) => total + result[field], 0);
}

interface Column {
  readonly head: string;
  readonly align: "left" | "right";
  readonly cell: (result: ExportResult, paint: Palette) => string;
}

const number = (
  head: keyof ExportResult & ("added" | "updated" | "removed" | "rejected" | "unknown" | "requests"),
): Column => ({
  head,
  align: "right",
  cell: (result) => formatCount(result[head]),
});

/** What went wrong takes the place of what it cost, so that the table fits a terminal. */
function columns(results: readonly ExportResult[]): readonly Column[] {
  const wrong = (["rejected", "unknown"] as const).filter((field) => sum(results, field) > 0);
  return [
    { head: "export", align: "left", cell: (result) => result.name },
    {
      head: "status",
      align: "left",
      cell: (result, paint) => statusColour(result.status, paint)(result.status),
    },
    number("added"),
    number("updated"),
    number("removed"),
    ...(wrong.length > 0 ? wrong.map(number) : [number("requests")]),
    { head: "evidence", align: "left", cell: (result) => EVIDENCE[result.evidence ?? "none"] },
  ];
}

const EVIDENCE = {
  accepted: "accepted",
  "job-completed": "job",
  "read-back": "read-back",
  none: "–",
} as const;

function table(results: readonly ExportResult[], paint: Palette): string {
  const shown = columns(results);
  const grid = new Table({
    head: shown.map((column) => paint.quiet(column.head)),
    colAligns: shown.map((column) => column.align),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
    chars: NO_LINES,
  });
  for (const result of results) grid.push(shown.map((column) => column.cell(result, paint)));
  return grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

function statusColour(status: ExportStatus, paint: Palette): (text: string) => string {
  if (status === "succeeded") return paint.add;
  if (status === "unchanged") return paint.quiet;
  return status === "failed" || status === "refused" ? paint.error : paint.warn;
}
