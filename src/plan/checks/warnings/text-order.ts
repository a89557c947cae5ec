import { formatCount, counted } from "../../../model/words/counted.js";
import { declarationText, fittingInWords, type Fitting } from "../../../model/words/declaration-text.js";
import type { WarningCheck } from "../check.js";

export interface TextOrder {
  readonly kind: "ordered" | "compared";
  readonly where: string;
  readonly column: string;
  readonly like: "dates" | "numbers";
  readonly alike: number;
  readonly values: number;
  readonly fitting: Fitting | undefined;
}

/** Letter by letter, `9` comes after `10`, and `02.01.2026` before `31.12.2025`. */
export const textOrder = {
  name: "text-order",
  asked: "once",
  onlyWarns: true,
  find: (orders) => orders.map((order) => ({ message: messageOf(order), hint: hintOf(order) })),
} as const satisfies WarningCheck<readonly TextOrder[]>;

function messageOf({ kind, where, column, like, alike, values }: TextOrder): string {
  const what =
    kind === "ordered"
      ? `is ordered by \`${column}\` letter by letter: the column is text, and`
      : `compares \`${column}\` letter by letter, or as the engine's cast guesses: the column is text, and`;
  return `${where} ${what} ${formatCount(alike)} of its ${counted(values, "value")} ${alike === 1 ? "looks" : "look"} like ${like}.`;
}

function hintOf({ column, like, fitting }: TextOrder): string {
  if (fitting !== undefined) return fittingInWords(fitting);
  const dates = like === "dates";
  const example = declarationText(
    column,
    dates ? { type: "date", format: "%d.%m.%Y" } : { type: "number", decimal: "," },
  );
  const computed = dates
    ? ", or use an expression that reads them, such as `try_strptime(NAME, '%d.%m.%Y')`"
    : "";
  return `Write all of them in one way, and say in \`columns\` of its source which it is, such as \`${example}\`${computed}.`;
}
