import type { YAMLError } from "yaml";
import type { YamlFault } from "./document.js";

interface Words {
  readonly message: string;
  readonly hint?: string;
}

const QUOTES = "Put quotes around a text with `:`, `#` or another sign of YAML in it.";

/** Never the parser's own words: they quote the file, and what is there may be a key. */
const known: Readonly<Partial<Record<YAMLError["code"], Words>>> = {
  TAB_AS_INDENT: { message: "A tab indents this line.", hint: "Indent YAML with spaces, two a level." },
  MULTIPLE_DOCS: {
    message: "The file holds more than one YAML document.",
    hint: "Put what follows `---` into a file of its own and name it in `include`.",
  },
  TAG_RESOLVE_FAILED: { message: "YAML tags (`!…`) are not supported.", hint: "Write the plain value." },
  BAD_COLLECTION_TYPE: { message: "YAML tags (`!…`) are not supported.", hint: "Write the plain value." },
  MULTIPLE_TAGS: { message: "YAML tags (`!…`) are not supported.", hint: "Write the plain value." },
  ALIAS_PROPS: invalid("an alias (`*…`) stands alone, without anchor or tag"),
  BAD_ALIAS: invalid("the name of an anchor or alias is empty, or ends in a colon"),
  MULTIPLE_ANCHORS: invalid("a value has one anchor (`&…`) at most"),
  BAD_PROP_ORDER: invalid("an anchor or tag stands before the value that it is for"),
  BAD_DIRECTIVE: { message: "Lines that start with `%` are not supported.", hint: "Remove the line." },
  BAD_DQ_ESCAPE: invalid(
    "this is not an escape sequence",
    "Write a backslash twice in double quotes, or use single quotes.",
  ),
  BAD_INDENT: invalid(
    "the indentation does not fit",
    "Keys of one mapping and items of one list begin in the same column; a bracket is closed before the next key.",
  ),
  BAD_SCALAR_START: invalid("a text cannot begin with this character unless it is in quotes", QUOTES),
  BLOCK_AS_IMPLICIT_KEY: invalid("a key stands here in the middle of a value", QUOTES),
  BLOCK_IN_FLOW: invalid("inside brackets, lists and mappings are written in brackets, too"),
  KEY_OVER_1024_CHARS: invalid("a key is longer than 1024 characters"),
  MISSING_CHAR: invalid("a quote, comma, colon or space is missing"),
  MULTILINE_IMPLICIT_KEY: invalid("a key goes on in the next line", "Is a colon missing after a key?"),
  RESOURCE_EXHAUSTION: { message: "The file is nested too deeply to be read." },
};

function invalid(why: string, hint?: string): Words {
  return { message: `This is not valid YAML: ${why}.`, ...(hint === undefined ? {} : { hint }) };
}

/** A finding of the YAML parser in our words. */
export function syntaxFault(error: YAMLError, text: string): YamlFault {
  const [from, to] = error.pos;
  const code = `yaml-${error.code.toLowerCase().replaceAll("_", "-")}`;
  const { message, hint } =
    known[error.code] ?? invalid("something stands here that was not expected", QUOTES);
  const tab = text.slice(text.lastIndexOf("\n", from - 1) + 1, from).includes("\t");
  const tabHint =
    error.code === "TAB_AS_INDENT" ? hint : "There is a tab in this line; YAML is indented with spaces.";
  return { code, message, hint: tab ? tabHint : hint, from, to };
}
