import { literal } from "../../plugin/relation.js";
import type { Database } from "../../engine/database.js";
import { DAY } from "../../engine/values/value-grammar.js";

/** What makes text of most columns: one value that is none, or another way of writing it. */
const LIKE = {
  dates: String.raw`\s*[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}.*`,
  numbers: String.raw`\s*[-+]?[0-9][0-9.,_ ]*\s*`,
} as const;

const READS = { dates: "date_of", numbers: "number_of" } as const;

/** Most of a column of text looks like something that has another order. */
export interface TextAlike {
  readonly like: keyof typeof LIKE;
  readonly alike: number;
  readonly values: number;
  /** How many of those alike are written in another way than is read without a word. */
  readonly odd: number;
}

/** Whether it does, given a SELECT of its values that are text; undefined also where letters order them rightly. */
export async function findTextAlike(
  database: Database,
  texts: string,
  before = "",
): Promise<TextAlike | undefined> {
  const counts = (["dates", "numbers"] as const).map((name) => {
    const alike = `regexp_full_match(text, ${literal(LIKE[name])})`;
    return `count(*) FILTER (${alike}) AS ${name}, count(*) FILTER (${alike} AND ${READS[name]}(trim(text)) IS NULL) AS odd_${name}`;
  });
  // Codes such as postal codes, and days of ISO 8601.
  const even = `bool_and(regexp_full_match(text, '[0-9]+')) AND min(length(text)) = max(length(text)) OR bool_and(regexp_full_match(text, ${literal(DAY)}))`;
  const row = await database.row<Record<string, number> & { even: boolean | null }>(
    `${before}SELECT count(*) AS filled, ${even} AS even, ${counts.join(", ")} FROM (${texts}) WHERE text <> ''`,
  );
  if (row.even === true) return undefined;
  const found = (["dates", "numbers"] as const).flatMap((like) => {
    const { [like]: alike = 0, [`odd_${like}`]: odd = 0, filled: values = 0 } = row;
    return alike > 0 && alike * 2 >= values ? [{ like, alike, values, odd }] : [];
  });
  return found[0];
}
