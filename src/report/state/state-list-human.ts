import type { ExportListing, StateListing } from "../../model/reports/state-report.js";
import { startOfRun } from "../../model/run/run-id.js";
import { shownMinute } from "../../model/words/shown-time.js";
import { formatCount, counted, size } from "../layout/quantity.js";
import type { StatusView } from "../runs/status-human.js";
import { table } from "../layout/table.js";
import { trialText } from "../connections/trials-human.js";
import { wrap } from "../layout/text.js";

const COLUMNS = [
  { head: "export" },
  { head: "account" },
  { head: "list" },
  { head: "people", align: "right" },
  { head: "last run" },
  { head: "" },
] as const;

/** What `state list` found: a line for each export, then the accounts, then the whole. */
export function stateListHuman(listing: StateListing, reading: StatusView): string {
  const lines =
    listing.exports.length === 0 ? ["No export is recorded."] : exportLines(listing.exports, reading);
  for (const { account, ledger, openRun, trial } of listing.accounts) {
    const open = openRun === undefined ? "" : `, unfinished run ${openRun}`;
    lines.push(...wrap(`${account}: `, `${counted(ledger.rows, "claim")} in ${sized(ledger)}${open}`));
    if (trial !== undefined) lines.push(...wrap("  ", trialText(trial, reading.timezone)));
  }
  const { place, environment, serial, lineage, keyId, stored, forgotten } = listing;
  lines.push(
    `${place}: serial ${formatCount(serial)}, lineage ${lineage}${environment === undefined ? "" : `, environment ${environment}`}`,
    `${sized(stored)}, ${keyId === undefined ? "not encrypted" : `encrypted with the key ${keyId}`}` +
      (forgotten === 0 ? "" : `, ${counted(forgotten, "forgotten person", "forgotten people")}`),
  );
  return `${lines.join("\n")}\n`;
}

function exportLines(exports: readonly ExportListing[], reading: StatusView): string[] {
  const { paint, timezone, width } = reading;
  const rows = exports.map((one) => ({
    cells: [
      one.name,
      one.account,
      one.list.name === undefined ? one.list.id : `${one.list.name} (${one.list.id})`,
      formatCount(one.people),
      one.lastRun === undefined
        ? "–"
        : `${shownMinute(startOfRun(one.lastRun.id) ?? one.lastRun.at, timezone)} ${one.lastRun.status}`,
      [...(one.protected ? ["protected"] : []), ...(one.moving ? ["moving"] : [])].join(", "),
    ],
  }));
  return [...table(COLUMNS, rows, width, paint), ""];
}

function sized({ blobs, bytes }: { readonly blobs: number; readonly bytes: number }): string {
  return `${counted(blobs, "blob")} (${size(bytes)})`;
}
