import type { ConfigDocument } from "../yaml/document.js";
import { plainValue } from "../yaml/plain.js";

/** The environment variables that the config takes secrets from, in any of its environments. */
export function secretVariables(documents: readonly ConfigDocument[]): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { env, ...rest } = value as Readonly<Record<string, unknown>>;
    if (typeof env === "string" && Object.keys(rest).length === 0) found.add(env);
    else Object.values(value).forEach(look);
  };
  for (const { yaml, targets, unsound } of documents)
    if (!unsound) look(plainValue(yaml.contents, targets).value);
  return [...found].sort();
}
