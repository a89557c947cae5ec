import type { DeclaredColumn } from "./source.js";

/** A declared column as it stands in YAML: `{born: {type: date, format: "%d.%m.%Y"}}`. */
export function declarationText(column: string, { type, format, decimal }: DeclaredColumn): string {
  const options = [
    ...(format === undefined ? [] : [`format: ${JSON.stringify(format)}`]),
    ...(decimal === undefined ? [] : [`decimal: ${JSON.stringify(decimal)}`]),
  ];
  const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(column) ? column : JSON.stringify(column);
  return `{${name}: ${options.length === 0 ? type : `{${[`type: ${type}`, ...options].join(", ")}}`}}`;
}
