import type { ConfigChange, Plan } from "../../model/plan/plan.js";
import { changeRemark, hunksOfDiff } from "../plan/config-change.js";
import { counted } from "../layout/quantity.js";
import { fence, shortenLines } from "./fence.js";
import type { Section } from "./fit.js";
import { code, codeTag, prose } from "./inert.js";

/** Most characters of one diff. */
const LONGEST_DIFF = 6000;

/** What differs between the configuration and the record, each diff folded. */
export function configSection(plan: Plan): Section {
  const plainly = plan.configChanges.filter(({ kind }) => kind !== "changed");
  const diffs = plan.configChanges.filter(({ kind }) => kind === "changed");
  return {
    open: "### Configuration\n\n",
    items: [...list(plainly), ...diffs.map(folded)],
    between: "\n",
    close: "",
    more: (left) => `\n\n…and ${counted(left, "more change")} of the configuration.`,
    share: 0.08,
  };
}

/** New exports are many at a time, and of each the name is enough. */
function list(changes: readonly ConfigChange[]): string[] {
  const added = changes.filter(({ kind }) => kind === "new").map((change) => code(change.export));
  const shown = added.slice(0, MOST_NAMES).join(", ");
  const left = added.length - MOST_NAMES;
  return [
    ...(added.length === 0
      ? []
      : [`- ${counted(added.length, "new export")}: ${shown}${left > 0 ? ` and ${left} more` : ""}`]),
    ...changes.filter(({ kind }) => kind !== "new").map(remark),
  ];
}

const MOST_NAMES = 100;

function remark(change: ConfigChange): string {
  const hint = change.hint === undefined ? "" : `<br>${prose(change.hint)}`;
  return `- ${code(change.export)} ${prose(changeRemark(change))}${hint}`;
}

function folded(change: ConfigChange): string {
  const lines = hunksOfDiff(change.diff).map((line) => (/^[-+ @]/.test(line) ? line : ` ${line}`));
  const of = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  const size = `${counted(of("+"), "line")} added, ${of("-")} removed`;
  const hint = change.hint === undefined ? "" : `\n\nHint: ${prose(change.hint)}`;
  return (
    `\n<details><summary>${codeTag(change.export)} changed: ${size}</summary>\n\n` +
    `${fence("diff", shortenLines(lines, LONGEST_DIFF).join("\n"))}${hint}\n\n</details>`
  );
}
