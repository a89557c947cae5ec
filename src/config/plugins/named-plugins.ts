import type { ReadFile } from "../files/read-tree.js";

/** Whether a file of a config names modules. */
export function namesPlugins(file: ReadFile): boolean {
  return namesIn(file).length > 0;
}

/** The modules that a file of a config names. */
export function namesIn(file: ReadFile | undefined): readonly string[] {
  const names = (file?.value as { plugins?: unknown } | null | undefined)?.plugins;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}
