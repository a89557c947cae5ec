import type { DeclaredColumn } from "../config/source.js";

/** A declared column as it is in YAML: `{born: {type: date, format: "%d.%m.%Y"}}`. */
export function declarationText(column: string, { type, format, decimal }: DeclaredColumn): string {
  const options = [
    ...(format === undefined ? [] : [`format: ${JSON.stringify(format)}`]),
    ...(decimal === undefined ? [] : [`decimal: ${JSON.stringify(decimal)}`]),
  ];
  const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : JSON.stringify(column);
  return `{${name}: ${options.length === 0 ? type : `{${[`type: ${type}`, ...options].join(", ")}}`}}`;
}

/** What `columns` of a source could say of a column, so that each of its values is read: one thing, or several where its values do not tell which is meant. */
export interface Fitting {
  readonly source: string;
  readonly column: string;
  readonly declarations: readonly DeclaredColumn[];
}

/** A hint that names it. */
export function fittingInWords({ source, column, declarations }: Fitting): string {
  const texts = declarations.map((declared) => `\`columns: ${declarationText(column, declared)}\``);
  const which = texts.length === 1 ? "" : ", whichever is meant";
  return `All of its values fit ${texts.join(" or ")}${which}: say so in the source \`${source}\`.`;
}
