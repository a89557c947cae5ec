import { MAX_CONFIG_BYTES } from "../../platform/files/open-project-file.js";
import type { YamlFault } from "./document.js";
import { lexemes, type Lexeme } from "./lexemes.js";
import { MAX_ALIASES, MAX_DEPTH, MAX_VALUES } from "../limits.js";

/** Why a file is not even parsed: parsing it could take minutes, or end the process. */
export type Excess = { readonly fault: YamlFault } | { readonly values: number };

/** Counts what a file holds, and stops at the first limit that is passed. */
export function measureExcess(text: string): Excess {
  if (text.length > MAX_CONFIG_BYTES)
    return tooMuch("yaml-size", `The file is longer than ${MAX_CONFIG_BYTES} characters.`, SPLIT, 0);
  const count = { values: 0, aliases: 0, brackets: 0 };
  // Where the blocks begin that are open, as columns; each is deeper than the one before.
  const blocks: number[] = [];
  let lineStart = 0;
  let begins = true;
  for (const { type, from, to } of lexemes(text)) {
    if (type === "newline") {
      lineStart = to;
      begins = true;
      continue;
    }
    if (type === "flow-map-start" || type === "flow-seq-start") count.brackets += 1;
    if (type === "flow-map-end" || type === "flow-seq-end") count.brackets = Math.max(0, count.brackets - 1);
    if (type === "alias") count.aliases += 1;
    const isMark = MARKS.has(type);
    if (isMark || EXTRAS.has(type)) count.values += 1;
    if (count.brackets === 0 && (isMark || (begins && type !== "space" && type !== "comment"))) {
      const column = from - lineStart;
      while ((blocks.at(-1) ?? -1) >= column) blocks.pop();
      blocks.push(column);
    }
    begins &&= type === "space";
    if (count.brackets + blocks.length / 2 > MAX_DEPTH)
      return tooMuch("yaml-depth", "The file is nested too deeply to be read.", UNNEST, from);
    if (count.aliases > MAX_ALIASES)
      return tooMuch("yaml-alias-bomb", `The file has more than ${MAX_ALIASES} aliases.`, UNALIAS, from);
    if (count.values > MAX_VALUES)
      return tooMuch("yaml-size", `The file has more than ${MAX_VALUES} keys and items.`, SPLIT, from);
  }
  return { values: count.values };
}

/** What opens a block of its own wherever it stands; a key opens one, and its colon counts for it. */
const MARKS: ReadonlySet<Lexeme["type"]> = new Set(["seq-item-ind", "explicit-key-ind", "map-value-ind"]);

/** What else costs as much as a value. */
const EXTRAS: ReadonlySet<Lexeme["type"]> = new Set([
  "comma",
  "anchor",
  "tag",
  "directive-line",
  "doc-start",
]);

const SPLIT =
  "Split it into files and name them in `include`; people and values belong in sources, not in YAML.";
const UNNEST = `Nothing that is known here needs more than ${MAX_DEPTH} levels.`;
const UNALIAS = "Write the repeated part out, or use fewer aliases.";

function tooMuch(code: string, message: string, hint: string, at: number): Excess {
  return { fault: { code, message, hint, from: at, to: at } };
}
