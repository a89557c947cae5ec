import { literal } from "../../plugin/relation.js";

/**
 * SQL: whether a text is one of these. Of each IN of some length the engine
 * makes a join, and those of an export with many attributes do not fit into
 * memory.
 */
export function oneOfSql(text: string, words: readonly string[]): string {
  return `list_contains([${words.map(literal).join(", ")}], ${text})`;
}
