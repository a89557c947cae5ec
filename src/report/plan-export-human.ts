import type { Cause, Operation } from "../model/change.js";
import type { ExportPlan, Sample } from "../model/plan.js";
import { checksHuman } from "./checks-human.js";
import type { Palette } from "./palette.js";
import { oneLine } from "./printable.js";
import { count, counted, duration, size } from "./quantity.js";
import { WIDTH, padLeft, padRight, widest, wrap } from "./text.js";

const OPERATIONS = [
  { operation: "add", mark: "+" },
  { operation: "update", mark: "~" },
  { operation: "remove", mark: "-" },
] as const;

const SHORT_ID = 12;
/** A valid one has 254 characters at most; a broken row may hold anything. */
const LONGEST_ADDRESS = 254;

/** One export of a plan: where to, how many, why, examples, cost, and what stands in the way. */
export function exportHuman(item: ExportPlan, paint: Palette): string[] {
  const lines = heading(item, paint);
  if (item.error !== undefined) {
    lines.push("", ...wrap("    ✗ ", item.error.message).map(paint.error));
    if (item.error.hint !== undefined) lines.push(...wrap("      ", item.error.hint).map(paint.quiet));
    return [...lines, ...checksHuman(item.checks, paint), ""];
  }
  lines.push("", ...countLines(item, paint));
  // Who is held back is no news while nothing changes.
  const { add, update, remove } = item.counts;
  const examples = add + update + remove > 0 ? item.samples : [];
  for (const part of [samples(examples, paint), facts(item, paint), checksHuman(item.checks, paint)]) {
    if (part.length > 0) lines.push("", ...part);
  }
  return [...lines, ""];
}

function heading(item: ExportPlan, paint: Palette): string[] {
  const title =
    item.displayName === undefined || item.displayName === item.name ? "" : `  ${item.displayName}`;
  const { id, name, create } = item.list;
  const list = name === undefined ? `list ${id ?? ""}` : `${create ? "new " : ""}list “${oneLine(name)}”`;
  // A number helps to find the list at the vendor; a UUID only fills the line.
  const short = id !== undefined && name !== undefined && id !== name && id.length <= SHORT_ID;
  const notes = [...(short ? [`id ${id}`] : []), item.mode, ...(item.firstRun ? ["first run"] : [])].join(
    ", ",
  );
  return [
    paint.strong(paint.accent(item.name)) + paint.strong(title),
    ...wrap("  ", `${item.type} connection ${item.connection} → ${list} (${notes})`).map(paint.quiet),
  ];
}

function countLines(item: ExportPlan, paint: Palette): string[] {
  const { counts } = item;
  const held = Object.entries(counts.heldBack).filter(([, people]) => people > 0);
  const heldTotal = held.reduce((sum, [, people]) => sum + people, 0);
  const rows: { mark: string; value: number; word: string; why: string; colour: (text: string) => string }[] =
    [
      ...OPERATIONS.map(({ operation, mark }) => ({
        mark,
        value: counts[operation],
        word: operation,
        why: causes(item.causes[operation], counts[operation]),
        colour: paint[operation],
      })),
      { mark: "=", value: counts.unchanged, word: "unchanged", why: "", colour: paint.quiet },
      {
        mark: "!",
        value: heldTotal,
        word: "held back",
        why: held.map(([reason, people]) => `${count(people)} ${reason}`).join(", "),
        colour: paint.warn,
      },
    ];
  const some = rows.filter((row) => row.value > 0);
  const shown = some.length > 0 ? some : rows.filter((row) => row.mark === "=");
  const width = Math.max(7, widest(shown.map((row) => count(row.value))));
  const lines: string[] = [];
  for (const row of shown) {
    const start = `  ${row.mark} ${padLeft(count(row.value), width)} ${row.why === "" ? row.word : padRight(row.word, 9)}`;
    const [first = "", ...rest] = row.why === "" ? [start] : wrap(`${start}  `, row.why);
    lines.push(row.colour(start) + first.slice(start.length), ...rest);
  }
  if (item.causeNote !== undefined) lines.push(...wrap("    ", item.causeNote).map(paint.quiet));
  return lines;
}

function causes(byCause: Readonly<Record<Cause, number>>, total: number): string {
  if (total === 0) return "";
  const words: [Cause, string][] = [
    ["config", "by the configuration"],
    ["churn", "by the profiles"],
    ["drift", "by changes at the destination"],
  ];
  const there = words.filter(([cause]) => byCause[cause] > 0);
  if (there.length === 1) return there.map(([, word]) => word).join("");
  return there.map(([cause, word]) => `${count(byCause[cause])} ${word}`).join(", ");
}

function samples(found: readonly Sample[], paint: Palette): string[] {
  const all = found.map((sample) => ({ ...sample, address: oneLine(sample.address, LONGEST_ADDRESS) }));
  const address = Math.min(44, widest(all.map((sample) => sample.address)));
  return all.flatMap((sample) => {
    const operation: Operation | undefined = sample.operation === "held back" ? undefined : sample.operation;
    const mark = OPERATIONS.find((entry) => entry.operation === operation)?.mark ?? "!";
    const colour = operation === undefined ? paint.warn : paint[operation];
    const about = sample.reason ?? (sample.fields.length > 0 ? sample.fields.join(", ") : "");
    const start = `    ${mark} ${padRight(sample.address, address)}`;
    if (about === "") return [colour(start.trimEnd())];
    const [first = "", ...rest] = wrap(`${start}  `, about);
    return [colour(start) + paint.quiet(first.slice(start.length)), ...rest.map(paint.quiet)];
  });
}

/** What else there is to know, as labelled lines. */
function facts(item: ExportPlan, paint: Palette): string[] {
  const { counts, cost } = item;
  const rows: [string, string][] = [];
  const list = [
    counts.found > 0 ? `${count(counts.found)} already there before us` : "",
    counts.strangers !== undefined && counts.strangers > 0 ? `${count(counts.strangers)} not ours` : "",
    counts.adopted > 0 ? `${count(counts.adopted)} of these taken over as ours` : "",
    counts.strangerRemovals > 0 ? `${count(counts.strangerRemovals)} not ours to be taken off` : "",
    counts.left > 0 ? `${count(counts.left)} left the segments but stay` : "",
    counts.drifted !== undefined && counts.drifted > 0 ? `${count(counts.drifted)} taken off by others` : "",
  ].filter((part) => part !== "");
  if (list.length > 0) rows.push(["On the list", list.join(", ")]);
  if (item.fieldsToCreate.length > 0) rows.push(["New fields", item.fieldsToCreate.join(", ")]);
  if (item.badValues.length > 0) {
    const bad = item.badValues.map((value) => `${value.attribute}: ${count(value.count)} ${value.reason}`);
    rows.push(["Not sent", `${bad.join("; ")} (the people still go)`]);
  }
  if (cost.requests > 0) {
    rows.push([
      "Cost",
      `${counted(cost.requests, "request")}, ${size(cost.bytes)}, ${duration(cost.minutes)}`,
    ]);
  }
  const label = widest(rows.map(([name]) => name));
  return rows.flatMap(([name, value]) => {
    const start = `    ${padRight(name, label)}  `;
    const [first = "", ...rest] = wrap(start, value, WIDTH);
    return [paint.quiet(start) + first.slice(start.length), ...rest];
  });
}
