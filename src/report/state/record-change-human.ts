import type { RecordChange } from "../../model/reports/state-report.js";
import { claimLines } from "./claims-human.js";
import { counted } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";

const REVIEWED =
  "A `moved:` block in the configuration does the same in a pull request, where others see it in the plan.";

/** What a change of name means. */
export function renameHuman(change: RecordChange, to: string): string {
  return [
    ...wrap("", `The record of "${change.export}" goes on as "${to}": ${about(change)}. Nothing is sent.`),
    ...claims(change),
    ...wrap("", REVIEWED),
  ].join("\n");
}

/** What forgetting a record means. */
export function removalHuman(change: RecordChange): string {
  return [
    ...wrap(
      "",
      `The record of "${change.export}" goes: ${about(change)}. Nobody is taken off the list. The next run of an export to it is a first run: it finds those who are there, ` +
        "and does not take them off when they leave. Who opted out, and whom others took off the list, stays known.",
    ),
    ...claims(change),
    ...wrap(
      "",
      `Where the export is out of the configuration, a block \`removed: [{export: ${JSON.stringify(change.export)}, members: keep}]\` does the same in a pull request, where others see it in the plan.`,
    ),
  ].join("\n");
}

function about({ account, list, claims: counts }: RecordChange): string {
  const people = counts.reduce((sum, one) => sum + one.people, 0);
  return `${counted(people, "claim")} on list ${list.name === undefined ? list.id : `${list.name} (${list.id})`} of ${account}`;
}

function claims(change: RecordChange): string[] {
  return claimLines(change.claims).map((line) => `  ${line}`);
}
