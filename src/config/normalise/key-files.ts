import { dirname, resolve } from "node:path";
import type { MergedConfig } from "../files/merge.js";
import { isMapping } from "../plugins/is-mapping.js";
import { OWN_SECTIONS } from "../plugins/own-kinds.js";
import { findPlainKeys } from "../plugins/plain-keys.js";

/** Of what is left out as well: what is not sound, or of a type that is not known here, has a key all the same. */
export function keyFilesOf(named: MergedConfig["named"]): string[] {
  return OWN_SECTIONS.flatMap((section) =>
    [...named[section].values()].flatMap(({ value, document }) => {
      if (!isMapping(value)) return [];
      const plain = findPlainKeys(section, value["type"]);
      const others = Object.entries(value).filter(([key]) => !plain.has(key));
      const files = new Set<string>();
      const seen = new Set<unknown>();
      for (const [, other] of others) addFiles(other, files, seen);
      return [...files].map((file) => resolve(dirname(document.path), file));
    }),
  );
}

/** However deep: nobody knows here what a plug-in makes of it. */
function addFiles(value: unknown, files: Set<string>, seen: Set<unknown>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  const { file } = value as { readonly file?: unknown };
  if (typeof file === "string") files.add(file);
  for (const inner of Object.values(value)) addFiles(inner, files, seen);
}
