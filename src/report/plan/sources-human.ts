import type { Plan, SourcePlan } from "../../model/plan/plan.js";
import type { Palette } from "../layout/palette.js";
import { counted } from "../layout/quantity.js";
import { padRight, widestLength, wrap } from "../layout/text.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** What was read for a plan, a line for each source. */
export function sourcesHuman({ sources = [], createdAt }: Plan, paint: Palette): string[] {
  if (sources.length === 0) return [];
  const width = widestLength(sources.map(({ name }) => name));
  return [
    ...sources.flatMap((source) =>
      wrap(`  ${padRight(source.name, width)}  `, sourceWords(source, createdAt)).map(paint.quiet),
    ),
    "",
  ];
}

/** How much was read, how old it is once that is a day, and why it was the whole. */
export function sourceWords(source: Omit<SourcePlan, "name" | "type">, createdAt: string): string {
  const { rows, columns, proof, snapshot, asOf, seconds } = source;
  const days = asOf === undefined ? 0 : Math.floor((Date.parse(createdAt) - Date.parse(asOf)) / DAY_MS);
  const facts = [
    counted(rows, "row"),
    counted(columns, "column"),
    ...(seconds >= 1 ? [`read in ${Math.round(seconds)} s`] : []),
    ...(days >= 1 ? [`${counted(days, "day")} old`] : []),
    ...(snapshot === undefined ? [] : [`snapshot ${snapshot}`]),
  ];
  return `${facts.join(", ")}; complete by ${proof}`;
}
