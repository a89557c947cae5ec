import { relative, sep } from "node:path";
import type { StoreConfig } from "../../model/config/store.js";

/** The same text for states that surely lie in the same place, also where folders know no upper and lower case. */
export function placeOf({ type, kind, options, credentials }: StoreConfig): string {
  return JSON.stringify([type, options, kind.placeSecrets.map((key) => credentials[key])]).toLowerCase();
}

/** Where a state is, for people and without secrets; folders as they are called from the config's. */
export function placeInWords({ kind, options }: StoreConfig, folder: string): string {
  const called = Object.entries(options).map(([key, value]): [string, unknown] => [
    key,
    kind.pathKeys.includes(key)
      ? relative(folder, value as string)
          .split(sep)
          .join("/")
      : value,
  ]);
  return kind.placeInWords(Object.fromEntries(called));
}
