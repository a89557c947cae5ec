import type { Cause } from "../../model/plan/change.js";
import type { Counts, ExportPlan } from "../../model/plan/plan.js";
import { placeInBrackets, placeInWords } from "../../model/words/place.js";
import { toOneLine } from "../layout/printable.js";
import { formatCount, counted, duration, size } from "../layout/quantity.js";

const CAUSES: readonly (readonly [Cause, string])[] = [
  ["config", "by the configuration"],
  ["churn", "by the profiles"],
  ["drift", "by changes at the destination"],
];

const SHORT_ID = 12;

/** Why people are added, changed or removed; empty for nobody. */
export function causeWords(byCause: Readonly<Record<Cause, number>>, total: number): string {
  if (total === 0) return "";
  const there = CAUSES.filter(([cause]) => byCause[cause] > 0);
  if (there.length === 1) return there.map(([, word]) => word).join("");
  return there.map(([cause, word]) => `${formatCount(byCause[cause])} ${word}`).join(", ");
}

/** Why people are held back, each reason with its number. */
export function heldWords({ heldBack }: Counts): string {
  return Object.entries(heldBack)
    .filter(([, people]) => people > 0)
    .map(([reason, people]) => `${formatCount(people)} ${reason}`)
    .join(", ");
}

/** A number helps to find the list at the vendor; a UUID only fills the line. */
export function shortListId({ id, name }: ExportPlan["list"]): string | undefined {
  return id !== undefined && name !== undefined && id !== name && id.length <= SHORT_ID ? id : undefined;
}

/** The list by its name where there is one, else by its id; `quote` sets them off. */
export function listWords(
  { id = "", name, create }: ExportPlan["list"],
  quote = { name: (text: string) => `“${toOneLine(text)}”`, id: (text: string) => text },
): string {
  return name === undefined ? `list ${quote.id(id)}` : `${create ? "new " : ""}list ${quote.name(name)}`;
}

/** What else there is to know about an export, each with its label. */
export function factRows({
  counts,
  cost,
  fieldsToCreate,
  badValues,
  invalidAddresses = {},
  restraints = [],
  notLookedUp,
}: ExportPlan): [string, string][] {
  const rows: [string, string][] = [];
  const list = [
    counts.found > 0 ? `${formatCount(counts.found)} already there before us` : "",
    counts.strangers !== undefined && counts.strangers > 0 ? `${formatCount(counts.strangers)} not ours` : "",
    counts.adopted > 0 ? `${formatCount(counts.adopted)} of these taken over as ours` : "",
    counts.strangerRemovals > 0 ? `${formatCount(counts.strangerRemovals)} not ours to be taken off` : "",
    counts.left > 0 ? `${formatCount(counts.left)} left the segments but stay` : "",
    counts.drifted !== undefined && counts.drifted > 0
      ? `${formatCount(counts.drifted)} taken off by others`
      : "",
  ].filter((part) => part !== "");
  if (list.length > 0) rows.push(["On the list", list.join(", ")]);
  if (restraints.length > 0) {
    const read = restraints.map(({ segment, addresses }) => `${segment} ${formatCount(addresses)}`);
    rows.push(["Kept off", `${read.join(", ")} (addresses read)`]);
  }
  if (notLookedUp !== undefined) rows.push(["Not asked", notLookedUp]);
  if (fieldsToCreate.length > 0) rows.push(["New fields", fieldsToCreate.join(", ")]);
  if (badValues.length > 0) {
    const bad = badValues.map(
      (value) => `${value.attribute}: ${formatCount(value.count)} ${value.reason}${placeInBrackets(value)}`,
    );
    rows.push(["Not sent", `${bad.join("; ")} (the people still go)`]);
  }
  const invalid = placeInWords(invalidAddresses);
  if (invalid !== "") rows.push(["Invalid", invalid]);
  if (cost.requests > 0) {
    rows.push([
      "Cost",
      `${counted(cost.requests, "request")}, ${size(cost.bytes)}, ${duration(cost.minutes)}`,
    ]);
  }
  return rows;
}
