import type { ExportPlan, Plan } from "../../model/plan.js";
import { byDanger, heldBack, worstCheck } from "../danger.js";
import { count, counted } from "../quantity.js";
import type { Section } from "./fit.js";
import { code } from "./inert.js";

const HEADING = [
  "| |Export|Connection|Add|Change|Remove|Held back|Check|",
  "|:-:|:--|:--|--:|--:|--:|--:|:--|",
];

/** A row per export that changes or wants a look; of the others only how many there are. */
export function summarySection(plan: Plan): Section {
  const news = byDanger(plan);
  const quiet = plan.exports.length - news.length;
  return {
    open: news.length === 0 ? "" : `${HEADING.join("\n")}\n`,
    items: news.map(row),
    between: "\n",
    close: quiet === 0 ? "" : `\n\n${counted(quiet, "export")} without changes.`,
    more: (left) => `\n\n…and ${counted(left, "export")} more that change; the text of the plan shows them.`,
    share: 0.66,
  };
}

function row(item: ExportPlan): string {
  const { add, update, remove } = item.counts;
  const numbers =
    item.error === undefined
      ? [add, update, remove, heldBack(item)].map((people) => (people === 0 ? "" : count(people)))
      : ["", "", "", ""];
  // No spaces: of 500 exports they would take up what the last rows need.
  return `|${[mark(item), code(item.name), code(item.connection), ...numbers, verdict(item)].join("|")}|`;
}

function mark(item: ExportPlan): string {
  const worst = worstCheck(item.checks)?.status;
  if (item.error !== undefined || worst === "failed") return "❌";
  if (worst !== undefined) return "⚠️";
  return item.counts.remove > 0 ? "➖" : "";
}

function verdict(item: ExportPlan): string {
  if (item.error !== undefined) return "**cannot be planned**";
  const worst = worstCheck(item.checks);
  if (worst === undefined) return item.firstRun ? "first run" : "";
  const word = worst.status === "failed" ? "**failed**" : worst.status;
  return `${code(worst.name)} ${word}`;
}
