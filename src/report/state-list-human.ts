import type { ExportListing, StateListing } from "../model/state-report.js";
import type { Palette } from "./palette.js";
import { count, counted, size } from "./quantity.js";
import { time } from "./schedule-human.js";
import { padLeft, padRight, widest } from "./text.js";

const HEAD = ["export", "account", "list", "people", "last run", ""];
/** Numbers stand at the right. */
const RIGHT = 3;

/** What `state list` found: a line for each export, then the accounts, then the whole. */
export function stateListHuman(listing: StateListing, paint: Palette): string {
  const lines = listing.exports.length === 0 ? ["No export is recorded."] : table(listing.exports, paint);
  for (const { account, ledger, openRun } of listing.accounts) {
    const open = openRun === undefined ? "" : `, unfinished run ${openRun}`;
    lines.push(`${account}: ${counted(ledger.rows, "claim")} in ${sized(ledger)}${open}`);
  }
  const { place, environment, serial, lineage, keyId, stored, forgotten } = listing;
  lines.push(
    `${place}: serial ${count(serial)}, lineage ${lineage}${environment === undefined ? "" : `, environment ${environment}`}`,
    `${sized(stored)}, ${keyId === undefined ? "not encrypted" : `encrypted with the key ${keyId}`}` +
      (forgotten === 0 ? "" : `, ${counted(forgotten, "forgotten person", "forgotten people")}`),
  );
  return `${lines.join("\n")}\n`;
}

function table(exports: readonly ExportListing[], paint: Palette): string[] {
  const rows = exports.map((one) => [
    one.name,
    one.account,
    one.list.name === undefined ? one.list.id : `${one.list.name} (${one.list.id})`,
    count(one.people),
    one.lastRun === undefined ? "–" : `${time(new Date(one.lastRun.at))} ${one.lastRun.status}`,
    [...(one.protected ? ["protected"] : []), ...(one.moving ? ["moving"] : [])].join(", "),
  ]);
  const widths = HEAD.map((title, column) => widest([title, ...rows.map((row) => row[column] ?? "")]));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === RIGHT ? padLeft : padRight)(cell, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [paint.quiet(line(HEAD)), ...rows.map(line), ""];
}

function sized({ blobs, bytes }: { readonly blobs: number; readonly bytes: number }): string {
  return `${counted(blobs, "blob")} (${size(bytes)})`;
}
