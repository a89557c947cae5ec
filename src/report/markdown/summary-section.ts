import type { ExportPlan, Plan } from "../../model/plan/plan.js";
import { countHeldBack } from "../../plan/counts.js";
import { sortByDanger, findWorstCheck } from "../../plan/danger.js";
import { formatCount, counted } from "../layout/quantity.js";
import type { Section } from "./fit.js";
import { code } from "./inert.js";

const HEADING =
  "| |Export|Connection|Add|Change|Remove|Held back|Check|\n" + "|:-:|:--|:--|--:|--:|--:|--:|:--|\n";

/** More rows than this are folded, so that one need not scroll past them to what is unsafe. */
const MOST_OPEN = 25;

/** A row per export that changes or wants a look, the most dangerous first; of the others only how many there are. */
export function summarySections(plan: Plan): Section[] {
  const rows = sortByDanger(plan).map(row);
  const quiet = plan.exports.length - rows.length;
  const open = rows.slice(0, MOST_OPEN);
  const folded = rows.slice(MOST_OPEN);
  return [
    {
      open: open.length === 0 ? "" : HEADING,
      items: open,
      between: "\n",
      close: quiet === 0 ? "" : `\n\n${counted(quiet, "export")} without changes.`,
      more: (left) => `\n\n…and ${counted(left, "more export")}.`,
      share: 0.08,
    },
    {
      open: `<details><summary>${counted(folded.length, "more export")}, less dangerous than these</summary>\n\n${HEADING}`,
      items: folded,
      between: "\n",
      close: "\n\n</details>",
      more: (left) => `\n\n…and ${counted(left, "more export")}; the text of the plan shows them.`,
      share: 0.6,
    },
  ];
}

function row(item: ExportPlan): string {
  const { add, update, remove } = item.counts;
  const numbers =
    item.error === undefined && item.detached === undefined
      ? [add, update, remove, countHeldBack(item.counts)].map((people) =>
          people === 0 ? "" : formatCount(people),
        )
      : ["", "", "", ""];
  // No spaces: of 500 exports they would take up what the last rows need.
  return `|${[mark(item), code(item.name), code(item.connection), ...numbers, verdict(item)].join("|")}|`;
}

function mark(item: ExportPlan): string {
  const worst = findWorstCheck(item.checks)?.status;
  if (item.error !== undefined || worst === "failed") return "❌";
  if (worst !== undefined || item.detached !== undefined) return "⚠️";
  return item.counts.remove > 0 ? "➖" : "";
}

function verdict(item: ExportPlan): string {
  if (item.error !== undefined) return "**cannot be planned**";
  if (item.detached !== undefined) return "detached";
  const worst = findWorstCheck(item.checks);
  if (worst === undefined) return item.firstRun ? "first run" : "";
  const word = worst.status === "failed" ? "**failed**" : worst.status;
  return `${code(worst.name)} ${word}`;
}
