import { commandLine } from "../model/words/command-line.js";
import type { Drift, DriftKind, ExportDrift } from "../model/reports/drift.js";
import { environmentHuman } from "./environment-human.js";
import type { Palette } from "./layout/palette.js";
import { formatCount, counted } from "./layout/quantity.js";
import { padLeft, padRight, widestLength, wrap } from "./layout/text.js";

/** What others changed on the lists, a block per export and one last sentence. `targets`: what was looked at; all lists when empty. */
export function driftHuman(drift: Drift, targets: readonly string[], paint: Palette): string {
  const lines = environmentHuman(drift.environment, paint);
  lines.push(...drift.exports.flatMap((item) => [...exportLines(item, drift.recorded, paint), ""]));
  const failed = drift.exports.some(({ error }) => error !== undefined);
  const sentence = driftSentence(drift, targets);
  lines.push(...wrap("", sentence).map(failed ? paint.error : paint.strong));
  return `${lines.join("\n")}\n`;
}

/** Everything that differs from the record, over all exports. */
export function driftTotal({ exports }: Drift): number {
  return exports.reduce(
    (sum, { counts }) => sum + rows(counts).reduce((all, { value }) => all + value, 0),
    0,
  );
}

/** The sentence that ends it; people and scripts read it, so it keeps its form. */
function driftSentence(drift: Drift, targets: readonly string[]): string {
  const failed = drift.exports.filter(({ error }) => error !== undefined).length;
  if (failed > 0)
    return `Drift is incomplete: ${formatCount(failed)} of ${counted(drift.exports.length, "list")} could not be compared.`;
  if (driftTotal(drift) === 0) return "No drift. The lists are as recorded.";
  const sum = (of: (counts: ExportDrift["counts"]) => number): string =>
    formatCount(drift.exports.reduce((total, { counts }) => total + of(counts), 0));
  const strangers = drift.exports.reduce((total, { counts }) => total + counts.strangers, 0);
  const numbers =
    `${counted(strangers, "stranger")}, ${sum(({ gone }) => gone)} gone, ` +
    `${sum(({ returned }) => returned)} returned, ${sum(({ changed }) => changed)} changed, ` +
    `${sum(({ optedOut }) => optedOut)} opted out`;
  return drift.recorded
    ? `Drift recorded: ${numbers}. The next plan acts on it.`
    : `Drift: ${numbers}. Nothing was changed; \`${recording(targets)}\` takes it into state.`;
}

function recording(targets: readonly string[]): string {
  return commandLine(["drift", "--record", ...(targets.length === 0 ? [] : ["--target", ...targets])]);
}

interface Row {
  readonly kind: DriftKind;
  readonly mark: string;
  readonly value: number;
  readonly word: string;
}

function rows(counts: ExportDrift["counts"]): Row[] {
  return [
    {
      kind: "stranger",
      mark: "+",
      value: counts.strangers,
      word: counts.strangers === 1 ? "stranger" : "strangers",
    },
    { kind: "gone", mark: "-", value: counts.gone, word: "gone" },
    { kind: "returned", mark: "+", value: counts.returned, word: "returned" },
    { kind: "changed", mark: "~", value: counts.changed, word: "changed" },
    { kind: "opted out", mark: "!", value: counts.optedOut, word: "opted out" },
  ];
}

function exportLines(item: ExportDrift, recorded: boolean, paint: Palette): string[] {
  const lines = heading(item, paint);
  if (item.error !== undefined) {
    lines.push("", ...wrap("    ✗ ", item.error.message).map(paint.error));
    if (item.error.hint !== undefined) lines.push(...wrap("      ", item.error.hint).map(paint.quiet));
    return lines;
  }
  if (item.neverApplied)
    return [...lines, "", ...wrap("    ", "Nothing is recorded yet: apply it first.").map(paint.quiet)];
  const shown = rows(item.counts).filter(({ value }) => value > 0);
  const width = Math.max(7, widestLength(shown.map(({ value }) => formatCount(value))));
  if (shown.length > 0) lines.push("");
  for (const { kind, mark, value, word } of shown) {
    const start = `  ${mark} ${padLeft(formatCount(value), width)} ${padRight(word, 9)}  `;
    const [first = "", ...rest] = wrap(start, meaning(kind, item));
    lines.push(colour(kind, paint)(start) + first.slice(start.length), ...rest);
  }
  for (const part of [samples(item, paint), facts(item, recorded, paint)])
    if (part.length > 0) lines.push("", ...part);
  return lines;
}

function heading(item: ExportDrift, paint: Palette): string[] {
  const title =
    item.displayName === undefined || item.displayName === item.name ? "" : `  ${item.displayName}`;
  const { id, name } = item.list;
  const list = name === undefined ? `list ${id ?? ""}` : `list “${name}”`;
  const size =
    item.error === undefined && !item.neverApplied ? ` (${counted(item.counts.members, "member")})` : "";
  return [
    paint.strong(paint.accent(item.name)) + paint.strong(title),
    ...wrap("  ", `${item.type} connection ${item.connection} → ${list}${size}`).map(paint.quiet),
  ];
}

function meaning(kind: DriftKind, { counts, fields }: ExportDrift): string {
  switch (kind) {
    case "stranger":
      return counts.strangersOptedOut > 0
        ? `on the list, claimed by no export (${formatCount(counts.strangersOptedOut)} of them opted out)`
        : "on the list, claimed by no export";
    case "gone":
      return "taken off the list by somebody else";
    case "returned":
      return "were gone, are on the list again";
    case "changed":
      return fields.map((field) => `${field.attribute} ${formatCount(field.count)}`).join(", ");
    case "opted out":
      return "unsubscribed or blocked since the last run";
  }
}

function colour(kind: DriftKind, paint: Palette): (text: string) => string {
  if (kind === "gone") return paint.remove;
  if (kind === "changed") return paint.update;
  return kind === "opted out" ? paint.warn : paint.add;
}

function samples(item: ExportDrift, paint: Palette): string[] {
  const address = Math.min(44, widestLength(item.samples.map((sample) => sample.address)));
  return item.samples.map((sample) => {
    const mark = rows(item.counts).find(({ kind }) => kind === sample.kind)?.mark ?? "";
    const start = `    ${mark} ${padRight(sample.address, address)}`;
    const about = sample.kind === "changed" ? sample.fields.join(", ") : "";
    return (colour(sample.kind, paint)(start) + (about === "" ? "" : `  ${paint.quiet(about)}`)).trimEnd();
  });
}

/** What else there is to know, as labelled lines. */
function facts(item: ExportDrift, recorded: boolean, paint: Palette): string[] {
  const { counts, notCompared } = item;
  const known = [
    some(counts.known.gone, "gone"),
    some(counts.known.changed, "changed"),
    some(counts.known.strangers, counts.known.strangers === 1 ? "stranger" : "strangers"),
  ].filter((part) => part !== "");
  const lines: [string, string][] = [];
  const next = outlook(item);
  if (next !== "") lines.push([recorded ? "Next plan" : "If recorded", next]);
  if (known.length > 0) lines.push(["Known", `${known.join(", ")}, recorded before`]);
  if (notCompared.length > 0) {
    const reasons = notCompared.map(({ reason, count: people }) => `${formatCount(people)} ${reason}`);
    lines.push(["Not compared", reasons.join(", ")]);
  }
  if (counts.tooRecent > 0)
    lines.push(["Too recent", `${formatCount(counts.tooRecent)} to tell: we wrote about them a moment ago`]);
  if (counts.unsettled > 0)
    lines.push([
      "Unknown",
      `${formatCount(counts.unsettled)} whose last change has an unknown outcome; apply looks them up`,
    ]);
  const label = widestLength(lines.map(([name]) => name));
  return lines.flatMap(([name, value]) => {
    const start = `    ${padRight(name, label)}  `;
    const [first = "", ...rest] = wrap(start, value);
    return [paint.quiet(start) + first.slice(start.length), ...rest];
  });
}

/** What the export's policy makes of it. */
function outlook({ counts, policy }: ExportDrift): string {
  const strangers = counts.strangers - counts.strangersOptedOut;
  return [
    counts.gone > 0
      ? policy.removed === "restore"
        ? `${formatCount(counts.gone)} added again`
        : counted(counts.gone, "stays off", "stay off")
      : "",
    counts.changed + counts.returned > 0
      ? policy.values === "restore"
        ? `${formatCount(counts.changed + counts.returned)} updated`
        : counted(counts.changed + counts.returned, "kept as it is", "kept as they are")
      : "",
    strangers > 0 ? `${counted(strangers, "stranger")} ${STRANGERS[policy.strangers]}` : "",
    counts.optedOut > 0 ? `${formatCount(counts.optedOut)} left alone` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

const STRANGERS = {
  report: "only reported",
  adopt: "taken over as ours (a mirror removes those who are not in its segments)",
  remove: "taken off the list",
} as const;

function some(value: number, word: string): string {
  return value > 0 ? `${formatCount(value)} ${word}` : "";
}
