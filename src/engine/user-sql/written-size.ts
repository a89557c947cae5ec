import { Failure } from "../../model/failure.js";
import { mustBeShort, SIMPLER, tooLargeFailure } from "./query-size.js";
import { findDoubtfulBlank, wordsOf } from "./sql-words.js";

/** Words and signs of all groupings of a text; each column can double the sets that are made. */
const MOST_IN_GROUPINGS = 40;
/** Words and signs that the parser may write out again; it makes a few hundred bytes of each. */
const MOST_REPEATED = 100_000;

/**
 * For the text, before it is parsed. The engine's parser itself makes gigabytes
 * of a few lines: it writes out each set of CUBE, the window of each OVER that
 * names one, and what `CASE x` compares for each of its WHEN.
 */
export function mustBeWrittenSmall(sql: string): void {
  mustBeShort(sql);
  mustBeClear(sql);
  const words = wordsOf(sql);
  if (wordsInGroupings(words) > MOST_IN_GROUPINGS)
    throw tooLargeFailure(
      "it makes too many sets of groups",
      "Name fewer columns in CUBE, ROLLUP and GROUPING SETS, and use them once.",
    );
  if (wordsUnfolded(words) - words.length > MOST_REPEATED)
    throw tooLargeFailure(
      "what its CASE compares and its WINDOW names comes to too much where it is repeated for each WHEN and each OVER",
      SIMPLER,
    );
}

/** Where words begin and end has to be the same here and in the engine. */
function mustBeClear(sql: string): void {
  const at = findDoubtfulBlank(sql);
  if (at === undefined) return;
  const lines = sql.slice(0, at).split("\n");
  const code = sql.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  const place = `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
  throw new Failure("invalid", `The SQL has a blank that is no plain space (U+${code}, ${place}).`, {
    hint: "Write a space there: after a comment, a $ or a backslash the engine may take it for a letter.",
  });
}

function wordsInGroupings(words: readonly string[]): number {
  let found = 0;
  let open = 0;
  words.forEach((word, index) => {
    if (open === 0 && !(word === "(" && isGrouping(words[index - 1], words[index - 2]))) return;
    // With the word before the first bracket.
    found += open === 0 ? 2 : 1;
    open += word === "(" ? 1 : word === ")" ? -1 : 0;
  });
  return found;
}

function isGrouping(last: string | undefined, before: string | undefined): boolean {
  return last === "cube" || last === "rollup" || (last === "sets" && before === "grouping");
}

/** A CASE that is being read. */
interface Case {
  /** Words of what it compares, once they are known. */
  readonly compared: number | undefined;
  readonly whens: number;
  /** Words after that. */
  readonly words: number;
}

const BEGUN: Case = { compared: undefined, whens: 0, words: 1 };

/** How many words there are once what is repeated is written out. */
function wordsUnfolded(words: readonly string[]): number {
  const outer: Case[] = [];
  let inner = BEGUN;
  const leave = (): void => {
    const { compared = 0, whens, words: rest } = inner;
    inner = outer.pop() ?? BEGUN;
    inner = { ...inner, words: inner.words + compared * whens + rest };
  };
  words.forEach((word, index) => {
    // After these it is a name.
    const keyword = ["as", "."].includes(words[index - 1] ?? "") ? "" : word;
    if (keyword === "case") {
      outer.push(inner);
      inner = BEGUN;
    } else if (keyword === "when" && outer.length > 0) {
      const { compared, whens, words: read } = inner;
      inner = { compared: compared ?? read, whens: whens + 1, words: compared === undefined ? 1 : read + 1 };
    } else if (keyword === "end" && outer.length > 0) leave();
    else inner = { ...inner, words: inner.words + 1 };
  });
  while (outer.length > 0) leave();
  const windows = words.includes("window") ? words.filter((word) => word === "over").length : 0;
  return inner.words * Math.max(1, windows);
}
