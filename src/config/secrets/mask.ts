import type { ConfigDocument } from "../yaml/document.js";
import { findHiddenStretches, type Stretch } from "./hidden.js";
import { lexemes, type Lexeme } from "../yaml/lexemes.js";
import type { SchemaNode } from "../schema/schema-lookup.js";
import { keysOf } from "../schema/schema-keys.js";

/** Keys of the vendors, passwords and signatures in URLs, and people's addresses, wherever somebody pasted one. */
const TELLING =
  /xkeysib-[\w-]+|\bSG\.[\w-]{6,}(?:\.[\w-]*)?|(?<=:\/\/)[^\s/@]+(?=@)|(?<![\w.+-])[\w.+-]+(?=@[\w-]+\.\w)|(?<=[?&]sig=)[^\s&"'#]+/g;

/** Text in which nothing is left that has the form of a key or of an address. */
export function maskKeysAndAddresses(text: string): string {
  return text.replace(TELLING, blot);
}

/** The text of a file with whatever may be a secret covered; of the same shape when `cover` keeps the length. */
export function maskSecrets(
  document: ConfigDocument,
  schema: SchemaNode,
  cover: (text: string) => string = blot,
  more: readonly Stretch[] = [],
): string {
  const { text } = document;
  const hidden = [
    ...(document.unsound
      ? allButKeys(text, schema)
      : [...findHiddenStretches(document, schema), ...marks(text)]),
    ...more,
    ...[...text.matchAll(TELLING)].map((match): Stretch => [match.index, match.index + match[0].length]),
  ];
  hidden.sort(([a], [b]) => a - b);
  const parts: string[] = [];
  let done = 0;
  for (const [from, to] of hidden) {
    if (to <= done) continue;
    parts.push(text.slice(done, Math.max(done, from)), cover(text.slice(Math.max(done, from), to)));
    done = to;
  }
  return parts.join("") + text.slice(done);
}

const MARKS: ReadonlySet<Lexeme["type"]> = new Set([
  "comment",
  "anchor",
  "alias",
  "tag",
  "directive-line",
  null,
]);

/** Comments, which may hold a key that was taken out of use, and names of anchors. */
function marks(text: string): Stretch[] {
  return [...lexemes(text)]
    .filter(({ type }) => MARKS.has(type))
    .map(({ from, to }): Stretch => [from + 1, to]);
}

const SIGNS: ReadonlySet<Lexeme["type"]> = new Set([
  "byte-order-mark",
  "doc-start",
  "doc-end",
  "space",
  "newline",
  "seq-item-ind",
  "explicit-key-ind",
  "map-value-ind",
  "flow-map-start",
  "flow-map-end",
  "flow-seq-start",
  "flow-seq-end",
  "comma",
]);

/** Where nobody can say what stands where, only signs and the keys of the schema are shown. */
function allButKeys(text: string, schema: SchemaNode): Stretch[] {
  const keys = keysOf(schema);
  const all = [...lexemes(text)];
  return all.flatMap(({ type, from, to }, index): Stretch[] => {
    if (SIGNS.has(type) || /^\d?$/.test(text.slice(from, to))) return [];
    const next = all.slice(index + 1, index + 3).find((one) => one.type !== "space");
    const isKey = next?.type === "map-value-ind" && keys.has(text.slice(from, to));
    return isKey ? [] : [[from, to]];
  });
}

function blot(value: string): string {
  return value.replace(/\S/g, "•");
}
