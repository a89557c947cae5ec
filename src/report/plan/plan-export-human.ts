import type { Operation } from "../../model/plan/change.js";
import type { ExportPlan, Sample } from "../../model/plan/plan.js";
import { checksHuman } from "./checks-human.js";
import { causeWords, factRows, heldWords, listWords, shortListId } from "./export-facts.js";
import { countHeldBack } from "../../plan/counts.js";
import type { Palette } from "../layout/palette.js";
import { toOneLine } from "../layout/printable.js";
import { formatCount } from "../layout/quantity.js";
import { WIDTH, padLeft, padRight, widestLength, wrap } from "../layout/text.js";

const OPERATIONS = [
  { operation: "add", mark: "+" },
  { operation: "update", mark: "~" },
  { operation: "remove", mark: "-" },
] as const;

/** A valid one has 254 characters at most; a broken row may hold anything. */
const LONGEST_ADDRESS = 254;

/** One export of a plan: where to, how many, why, examples, cost, and what is in the way. */
export function exportHuman(item: ExportPlan, paint: Palette, revealed = false): string[] {
  const lines = heading(item, paint);
  if (item.error !== undefined) {
    lines.push("", ...wrap("    ✗ ", item.error.message).map(paint.error));
    if (item.error.hint !== undefined) lines.push(...wrap("      ", item.error.hint).map(paint.quiet));
    return [...lines, ...checksHuman(item.checks, paint), ""];
  }
  lines.push("", ...countLines(item, paint));
  // Who is held back is not news while nothing changes, unless somebody asks for it.
  const { add, update, remove } = item.counts;
  const examples = revealed || add + update + remove > 0 ? item.samples : [];
  for (const part of [samples(examples, paint), facts(item, paint), checksHuman(item.checks, paint)]) {
    if (part.length > 0) lines.push("", ...part);
  }
  return [...lines, ""];
}

function heading(item: ExportPlan, paint: Palette): string[] {
  const title =
    item.displayName === undefined || item.displayName === item.name ? "" : `  ${item.displayName}`;
  const id = shortListId(item.list);
  const notes = [
    ...(id === undefined ? [] : [`id ${id}`]),
    item.mode,
    ...(item.firstRun ? ["first run"] : []),
  ].join(", ");
  return [
    paint.strong(paint.accent(item.name)) + paint.strong(title),
    ...wrap("  ", `${item.type} connection ${item.connection} → ${listWords(item.list)} (${notes})`).map(
      paint.quiet,
    ),
  ];
}

function countLines(item: ExportPlan, paint: Palette): string[] {
  const { counts } = item;
  const rows: { mark: string; value: number; word: string; why: string; colour: (text: string) => string }[] =
    [
      ...OPERATIONS.map(({ operation, mark }) => ({
        mark,
        value: counts[operation],
        word: operation,
        why: causeWords(item.causes[operation], counts[operation]),
        colour: paint[operation],
      })),
      { mark: "=", value: counts.unchanged, word: "unchanged", why: "", colour: paint.quiet },
      {
        mark: "!",
        value: countHeldBack(item.counts),
        word: "held back",
        why: heldWords(counts),
        colour: paint.warn,
      },
    ];
  const some = rows.filter((row) => row.value > 0);
  const shown = some.length > 0 ? some : rows.filter((row) => row.mark === "=");
  const width = Math.max(7, widestLength(shown.map((row) => formatCount(row.value))));
  const lines: string[] = [];
  for (const row of shown) {
    const start = `  ${row.mark} ${padLeft(formatCount(row.value), width)} ${row.why === "" ? row.word : padRight(row.word, 9)}`;
    const [first = "", ...rest] = row.why === "" ? [start] : wrap(`${start}  `, row.why);
    lines.push(row.colour(start) + first.slice(start.length), ...rest);
  }
  if (item.causeNote !== undefined) lines.push(...wrap("    ", item.causeNote).map(paint.quiet));
  return lines;
}

function samples(found: readonly Sample[], paint: Palette): string[] {
  const all = found.map((sample) => ({ ...sample, address: toOneLine(sample.address, LONGEST_ADDRESS) }));
  const address = Math.min(44, widestLength(all.map((sample) => sample.address)));
  return all.flatMap((sample) => {
    const known = OPERATIONS.find((entry) => entry.operation === sample.operation);
    const operation: Operation | undefined = known?.operation;
    const mark = known?.mark ?? "!";
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
  const rows = factRows(item);
  const label = widestLength(rows.map(([name]) => name));
  return rows.flatMap(([name, value]) => {
    const start = `    ${padRight(name, label)}  `;
    const [first = "", ...rest] = wrap(start, value, WIDTH);
    return [paint.quiet(start) + first.slice(start.length), ...rest];
  });
}
