import type {
  AccountRecordReport,
  ExportRecordReport,
  ObservationReport,
  OpenRunReport,
} from "../../model/reports/state-report.js";
import { startOfRun } from "../../model/run/run-id.js";
import { shownTime } from "../../model/words/shown-time.js";
import { claimLines } from "./claims-human.js";
import type { Palette } from "../layout/palette.js";
import { formatCount, counted, size } from "../layout/quantity.js";
import { padRight, WIDTH, wrap } from "../layout/text.js";
import { trialText } from "../connections/trials-human.js";

/** Everything that is recorded of an export or an account, in counts. */
export function stateShowHuman(
  shown: ExportRecordReport | AccountRecordReport,
  paint: Palette,
  timezone: string,
): string {
  const at = (iso: string): string => shownTime(iso, timezone);
  const lines =
    shown.kind === "export" ? exportLines(shown, paint, at) : accountLines(shown, paint, at, timezone);
  return `${lines.join("\n")}\n`;
}

function exportLines(shown: ExportRecordReport, paint: Palette, at: Clock): string[] {
  const { lastRun, list } = shown;
  const marks = [...(shown.protected ? ["protected"] : []), ...(shown.moving ? ["moving"] : [])];
  return [
    `${paint.strong(shown.name)}  ${marks.join(", ")}`.trimEnd(),
    ...row("account", shown.account),
    ...row("list", list.name === undefined ? list.id : `${list.name} (${list.id})`),
    ...row("generation", formatCount(shown.generation)),
    ...row(
      "last run",
      lastRun === undefined
        ? "none has ended well"
        : `${lastRun.status} ${at(startOfRun(lastRun.id) ?? lastRun.at)} by ${lastRun.actor} (${lastRun.id})`,
    ),
    ...row("people", ...claimLines(shown.claims)),
    ...some("former names", shown.formerNames),
    ...some("former lists", shown.formerLists),
    ...(shown.observation === undefined ? [] : row("list taken in", observed(shown.observation, at))),
    ...openRunRow(shown.openRun, at),
    ...row("definition", ...shown.definition.trimEnd().split("\n")),
  ];
}

function accountLines(shown: AccountRecordReport, paint: Palette, at: Clock, timezone: string): string[] {
  const { ledger, optOuts } = shown;
  const lists = Object.entries(shown.observations).map(([name, one]) => `${name}: ${observed(one, at)}`);
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
        : `${counted(optOuts.people, "address", "addresses")}${optOuts.takenOff === 0 ? "" : `, ${formatCount(optOuts.takenOff)} taken off a list by hand`}, read ${at(optOuts.readAt)}, goes on from ${optOuts.watermark}`,
    ),
    ...(lists.length === 0 ? [] : row("lists taken in", ...lists)),
    ...openRunRow(shown.openRun, at),
    ...(shown.trial === undefined
      ? []
      : row("trial", ...wrap("", trialText(shown.trial, timezone), WIDTH - 16))),
    ...(spent.length === 0 ? [] : row("requests", ...spent)),
  ];
}

function openRunRow(open: OpenRunReport | undefined, at: Clock): string[] {
  if (open === undefined) return [];
  const { runId, startedAt, actor, exports, pending } = open;
  const left =
    pending === undefined
      ? "its journal cannot be read"
      : `${counted(pending, "batch", "batches")} without a known end`;
  return row("unfinished", `${runId}, begun ${at(startedAt)} by ${actor}: ${exports.join(", ")}; ${left}`);
}

function observed({ operation, listId, at: when, actor, people }: ObservationReport, at: Clock): string {
  return `${operation} of list ${listId} ${at(when)} by ${actor}, ${counted(people, "claim")} changed`;
}

/** An instant as the reader's clock shows it. */
type Clock = (iso: string) => string;

function some(title: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : row(title, values.join(", "));
}

/** Lines with a title before the first. */
function row(title: string, ...lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${padRight(index === 0 ? title : "", 13)} ${line}`);
}
