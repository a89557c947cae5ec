import { maskSecrets } from "./mask.js";
import { parseConfigText } from "../yaml/parse.js";
import { configSchema } from "../schema/schema-lookup.js";
import { TEST_FILE } from "../test-file/read.js";

/** A config or test file as it may be shown, as in a diff; nothing of it where it cannot be parsed. */
export function shownText(text: string, file: string): string {
  const { document } = parseConfigText(file, file, text);
  const schema = /\.test\.ya?ml$/.test(file) ? TEST_FILE.schema : configSchema;
  return document === undefined ? "" : maskSecrets(document, schema);
}

/**
 * Configs as they may be shown beside each other: what is hidden gets a number
 * of its own, so that it is seen where two of them differ.
 */
export function createTextShower(): (text: string) => string {
  const numbers = new Map<string, number>();
  const cover = (text: string): string => {
    const said = text.trim();
    const number = numbers.get(said) ?? numbers.size + 1;
    numbers.set(said, number);
    return said === "" ? text : text.replace(said, () => `••• (${number})`);
  };
  return (text) => {
    const { document } = parseConfigText("", "", text);
    return document === undefined ? "" : maskSecrets(document, configSchema, cover);
  };
}
