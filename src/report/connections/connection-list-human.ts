import Table from "cli-table3";
import type { ConnectionSummary } from "../../model/connections/connection-summary.js";
import type { Palette } from "../layout/palette.js";
import { NO_LINES } from "../layout/table-lines.js";

/** A row per connection; of those that are not for the reader, name and type. */
export function connectionListHuman(connections: readonly ConnectionSummary[], paint: Palette): string {
  if (connections.length === 0) return "There is no connection.\n";
  const grid = new Table({
    head: ["name", "type", "usable by", "consent", "exports"].map(paint.quiet),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2, compact: true },
    chars: NO_LINES,
  });
  for (const { name, type, details } of connections) {
    const { usableBy = "", consent = "", exports = [] } = details ?? {};
    const colour =
      consent === "withdrawn" || consent === "missing" ? paint.warn : (text: string): string => text;
    grid.push([paint.accent(name), type, usableBy, colour(consent), exports.join(", ")]);
  }
  const lines = grid
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  return `${lines.join("\n")}\n`;
}
