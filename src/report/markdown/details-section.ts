import type { ExportPlan, Plan, Sample } from "../../model/plan/plan.js";
import { countHeldBack } from "../../plan/counts.js";
import { sortByDanger } from "../../plan/danger.js";
import { causeWords, factRows, heldWords, listWords } from "../plan/export-facts.js";
import { maskAddress } from "./masked.js";
import { toOneLine } from "../layout/printable.js";
import { formatCount, counted } from "../layout/quantity.js";
import { fence } from "./fence.js";
import type { Section } from "./fit.js";
import { code, inertText, prose } from "./inert.js";

const LONGEST_ADDRESS = 80;
const MOST_FIELDS = 20;

/** Why, what else there is to know, and examples of people, masked whatever the plan shows. Folded. */
export function detailsSection(plan: Plan): Section {
  const shown = sortByDanger(plan).filter(({ error }) => error === undefined);
  const examples = shown.some(({ samples }) => samples.length > 0);
  const what = examples ? "Causes, costs and examples of people (masked)" : "Causes and costs";
  return {
    open: `<details><summary>${what} of ${counted(shown.length, "export")}</summary>\n\n`,
    items: shown.map(block),
    between: "\n\n",
    close: "\n\n</details>",
    more: (left) => `\n\n…and ${counted(left, "export")} more; the text of the plan shows them.`,
    share: 0.07,
  };
}

function block(item: ExportPlan): string {
  const title = item.displayName === undefined ? "" : ` ${inertText(item.displayName)}`;
  const { type, connection, mode, firstRun } = item;
  // What is not an address cannot be masked like one.
  const maskable = item.samples.filter(({ reason }) => reason !== "invalid");
  const examples = maskable.map((sample) => example(sample, item.addressComputed === true));
  return [
    `**${code(item.name)}**${title}: ${inertText(type)} connection ${code(connection)} → ${listWords(item.list, { name: code, id: code })} (${inertText(mode)}${firstRun ? ", first run" : ""})\n`,
    ...reasons(item),
    ...factRows(item).map(([label, value]) => `- ${label}: ${prose(value)}`),
    ...(examples.length === 0 ? [] : ["", fence("diff", examples.join("\n"))]),
  ].join("\n");
}

function reasons(item: ExportPlan): string[] {
  const { counts } = item;
  const rows: [string, number, string][] = [
    ["to add", counts.add, causeWords(item.causes.add, counts.add)],
    ["to change", counts.update, causeWords(item.causes.update, counts.update)],
    ["to remove", counts.remove, causeWords(item.causes.remove, counts.remove)],
    ["held back", countHeldBack(item.counts), heldWords(counts)],
  ];
  return [
    ...rows
      .filter(([, people]) => people > 0)
      .map(([label, people, why]) => `- ${formatCount(people)} ${label}: ${inertText(why)}`),
    ...(item.causeNote === undefined ? [] : [`- Note: ${prose(item.causeNote)}`]),
  ];
}

const MARKS = { add: "+", update: "~", remove: "-", "held back": "!", "not sent": "!" } as const;

function example({ operation, address, fields, reason }: Sample, computed: boolean): string {
  const left = fields.length - MOST_FIELDS;
  const about = reason ?? `${fields.slice(0, MOST_FIELDS).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
  const shown = computed ? "•••" : toOneLine(maskAddress(address), LONGEST_ADDRESS);
  return toOneLine(`${MARKS[operation]} ${shown}  ${about}`.trimEnd(), 500);
}
