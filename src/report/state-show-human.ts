import type {
  AccountRecordReport,
  ExportRecordReport,
  ObservationReport,
  OpenRunReport,
} from "../model/state-report.js";
import { claimLines } from "./claims-human.js";
import type { Palette } from "./palette.js";
import { count, counted, size } from "./quantity.js";
import { time } from "./schedule-human.js";
import { padRight } from "./text.js";

/** Everything that is recorded of an export or an account, in counts. */
export function stateShowHuman(shown: ExportRecordReport | AccountRecordReport, paint: Palette): string {
  const lines = shown.kind === "export" ? exportLines(shown, paint) : accountLines(shown, paint);
  return `${lines.join("\n")}\n`;
}

function exportLines(shown: ExportRecordReport, paint: Palette): string[] {
  const { lastRun, list } = shown;
  const marks = [...(shown.protected ? ["protected"] : []), ...(shown.moving ? ["moving"] : [])];
  return [
    `${paint.strong(shown.name)}  ${marks.join(", ")}`.trimEnd(),
    ...row("account", shown.account),
    ...row("list", list.name === undefined ? list.id : `${list.name} (${list.id})`),
    ...row("generation", count(shown.generation)),
    ...row(
      "last run",
      lastRun === undefined
        ? "never"
        : `${lastRun.status} ${at(lastRun.at)} by ${lastRun.actor} (${lastRun.id})`,
    ),
    ...row("people", ...claimLines(shown.claims)),
    ...some("former names", shown.formerNames),
    ...some("former lists", shown.formerLists),
    ...(shown.observation === undefined ? [] : row("list taken in", observed(shown.observation))),
    ...openRunRow(shown.openRun),
    ...row("definition", ...shown.definition.trimEnd().split("\n")),
  ];
}

function accountLines(shown: AccountRecordReport, paint: Palette): string[] {
  const { ledger, optOuts } = shown;
  const lists = Object.entries(shown.observations).map(([name, one]) => `${name}: ${observed(one)}`);
  const spent = Object.entries(shown.spent).map(
    ([bucket, requests]) => `${bucket}: ${counted(requests, "request")} in the last hour`,
  );
  return [
    paint.strong(shown.account),
    ...row("exports", shown.exports.join(", ") || "none"),
    ...row(
      "ledger",
      `${counted(ledger.rows, "claim")} in ${counted(ledger.blobs, "blob")} (${size(ledger.bytes)})`,
    ),
    ...row("people", ...claimLines(shown.claims)),
    ...row(
      "opt-outs",
      optOuts === undefined
        ? "never read"
        : `${counted(optOuts.people, "address", "addresses")}${optOuts.takenOff === 0 ? "" : `, ${count(optOuts.takenOff)} taken off a list by hand`}, read ${at(optOuts.readAt)}, goes on from ${optOuts.watermark}`,
    ),
    ...(lists.length === 0 ? [] : row("lists taken in", ...lists)),
    ...openRunRow(shown.openRun),
    ...(spent.length === 0 ? [] : row("requests", ...spent)),
  ];
}

function openRunRow(open: OpenRunReport | undefined): string[] {
  if (open === undefined) return [];
  const { runId, startedAt, actor, exports, pending } = open;
  const left =
    pending === undefined
      ? "its journal cannot be read"
      : `${counted(pending, "batch", "batches")} without a known end`;
  return row("unfinished", `${runId}, begun ${at(startedAt)} by ${actor}: ${exports.join(", ")}; ${left}`);
}

function observed({ operation, listId, at: when, actor, people }: ObservationReport): string {
  return `${operation} of list ${listId} ${at(when)} by ${actor}, ${counted(people, "claim")} changed`;
}

function at(iso: string): string {
  return time(new Date(iso));
}

function some(title: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : row(title, values.join(", "));
}

/** Lines with a title before the first. */
function row(title: string, ...lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${padRight(index === 0 ? title : "", 13)} ${line}`);
}
