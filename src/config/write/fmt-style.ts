import { parseDocument, visit } from "yaml";
import { aliasTargets } from "../yaml/aliases.js";

/** Sound YAML in our style, and whether each alias in it has its anchor in it. */
export function styleText(text: string): { text: string; selfContained: boolean } {
  // Merge keys stay as they are written, so they are read as ordinary keys here.
  const yaml = parseDocument(text, { uniqueKeys: false, merge: false });
  const selfContained = [...aliasTargets(yaml).values()].every((target) => target !== undefined);
  visit(yaml, {
    Scalar: (_, scalar) => {
      if (scalar.type === "QUOTE_SINGLE" && !/["\\]/.test(String(scalar.value))) scalar.type = "QUOTE_DOUBLE";
    },
    Node: (_, node) => {
      // The parser keeps blank lines after a comment in its text, where they would add up.
      if (node.comment) node.comment = node.comment.replace(/(?<!\n)\n+$/, "");
    },
  });
  const style = {
    indent: 2,
    lineWidth: 0,
    flowCollectionPadding: false,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    verifyAliasOrder: false,
  };
  return { text: yaml.toString(style), selfContained };
}
