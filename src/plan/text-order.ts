import { count, counted } from "../model/counted.js";
import type { Check } from "../model/plan.js";

/** Letter by letter, `9` comes after `10`, and `02.01.2026` before `31.12.2025`. */
export function checkTextOrder({
  segment,
  column,
  like,
  alike,
  values,
}: {
  readonly segment: string;
  readonly column: string;
  readonly like: "dates" | "numbers";
  readonly alike: number;
  readonly values: number;
}): Check {
  return {
    name: "text-order",
    status: "warning",
    message: `Segment "${segment}" is ordered by \`${column}\` letter by letter: the column is text, and ${count(alike)} of its ${counted(values, "value")} look like ${like}.`,
    hint: "Write all of them in one way (dates as 2026-11-30), or order by an expression that reads them, such as `try_strptime(NAME, '%d.%m.%Y')`.",
  };
}
