import type { YAMLError } from "yaml";
import type { YamlFault } from "./document.js";

const known: Readonly<Partial<Record<YAMLError["code"], { message: string; hint?: string }>>> = {
  TAB_AS_INDENT: { message: "A tab indents this line.", hint: "Indent YAML with spaces, two a level." },
  MULTIPLE_DOCS: {
    message: "The file holds more than one YAML document.",
    hint: "Put what follows `---` into a file of its own and name it in `include`.",
  },
  TAG_RESOLVE_FAILED: { message: "YAML tags (`!…`) are not supported.", hint: "Write the plain value." },
};

/** A finding of the YAML parser in our words. */
export function syntaxFault(error: YAMLError, text: string): YamlFault {
  const [from, to] = error.pos;
  const code = `yaml-${error.code.toLowerCase().replaceAll("_", "-")}`;
  const words = known[error.code];
  if (words !== undefined) return { code, ...words, from, to };
  const tab = text.slice(0, from).split("\n").at(-1)?.includes("\t") ?? false;
  return {
    code,
    message: `This is not valid YAML: ${error.message.replace(/\.$/, "")}.`,
    hint: tab ? "There is a tab in this line; YAML is indented with spaces." : undefined,
    from,
    to,
  };
}
