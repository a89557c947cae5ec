import { literal } from "../plugin/relation.js";

/** SQL: whether a column holds one of these words. */
export function wordInSql(column: string, words: readonly string[]): string {
  const [first, ...others] = words.map(literal);
  if (first === undefined) return "false";
  return others.length === 0 ? `${column} = ${first}` : `${column} IN (${[first, ...others].join(", ")})`;
}
