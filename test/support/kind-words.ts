import { backends } from "../../src/registry/backends.js";
import { destinations } from "../../src/registry/destinations.js";
import { notifiers } from "../../src/registry/notifiers.js";
import { sources } from "../../src/registry/sources.js";

/** Types that are plain words as well, or name the engine: only a comparison or a choice of a type means the kind. */
const PLAIN = new Set(["command", "duckdb", "file", "files", "local"]);

const WORDS = [
  ...destinations.flatMap(({ type, aliases, label }) => [type, ...aliases, label]),
  ...[...backends, ...notifiers, ...sources].map(({ type }) => type),
].filter((word) => !PLAIN.has(word.toLowerCase()));

const NAMES = WORDS.map((word) => ({ word, pattern: new RegExp(forms(word).join("|"), "u") }));

const CHOICES = [...PLAIN].map((word) => ({
  word,
  pattern: new RegExp(`\\b(?:type\\b[^;,]*|case )["'\`]${word}["'\`]|\\?\\? ["'\`]${word}["'\`]`, "iu"),
}));

/** Kinds of plug-ins that code names; what comments say does not count. */
export function kindsNamedIn(code: string): readonly string[] {
  const bare = code
    .replaceAll(/\/\*[\s\S]*?\*\//gu, "")
    .split("\n")
    .map((line) => line.replace(/(?:^|\s)\/\/ .*$/u, ""))
    .join("\n");
  const found = [...NAMES, ...CHOICES].filter(({ pattern }) => pattern.test(bare));
  return [...new Set(found.map(({ word }) => word.toLowerCase()))].sort();
}

/** As it stands alone, begins a name, goes on one, or is shouted. */
function forms(word: string): string[] {
  const capital = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return [
    `(?<![A-Za-z0-9])${word}(?![a-z0-9])`,
    `${capital}(?![a-z0-9])`,
    `(?<![A-Z0-9])${word.toUpperCase()}(?![A-Z0-9])`,
  ];
}
