import { join, relative } from "node:path";
import { checkFile } from "./check-file.js";
import type { ConfigDocument } from "../yaml/document.js";
import { effectiveConfig } from "../environments/effective.js";
import { mergeFiles, type MergedConfig } from "./merge.js";
import { NO_PLUGINS, NOT_LOADED } from "../plugins/own-kinds.js";
import { namesPlugins } from "../plugins/named-plugins.js";
import { readTree } from "./read-tree.js";

/** What the config of the base branch says; everybody who may change it is trusted. */
export interface BaseConfig {
  /** How people call the base, such as `origin/main (1a2b3c4)`. */
  readonly name: string;
  /** Full id of the commit that the change is built on; the base may have gone on since. */
  readonly commit: string;
  /** Absolute folder of the checkout; what lies in it is not trusted. */
  readonly checkout: string;
  /** Undefined when the base has no config there. */
  readonly merged: MergedConfig | undefined;
  /** What the change is built on: where it is the same, the change says nothing of its own. */
  readonly before: MergedConfig | undefined;
  /** It does not have the environment that is chosen, or has some where none is. */
  readonly lacksEnvironment?: boolean;
}

/** The base's config files were written out below `copy`; what they name lies below `checkout`. */
export interface BaseFiles {
  readonly root: string;
  readonly copy: string;
  readonly checkout: string;
  readonly name: string;
}

/** Reads them as one config. Answers what is wrong with the files instead when they are not sound. */
export async function readBaseConfig(
  { root, copy, checkout, name }: BaseFiles,
  signal: AbortSignal,
): Promise<{ merged: MergedConfig } | { fault: string }> {
  const files = await readTree(
    { path: root, within: [copy] },
    (path) => `${name}:${relative(copy, path)}`,
    signal,
  );
  const faults = files.flatMap(({ diagnostics }) => diagnostics);
  const own = files.some(namesPlugins) ? NOT_LOADED : NO_PLUGINS;
  const checked = files.flatMap((file, index) => checkFile(file, own, index === 0));
  const fault = [...faults, ...checked.flatMap(({ diagnostics }) => diagnostics)].find(
    ({ severity }) => severity === "error",
  );
  if (fault !== undefined) return { fault: fault.message };
  const stray = files.find(
    ({ document }) => document !== undefined && relative(copy, document.path).startsWith(".."),
  );
  if (stray?.document !== undefined && !relative(checkout, stray.document.path).startsWith(".."))
    return { fault: "It includes a file of the checkout by its absolute path." };
  const moved = (document: ConfigDocument): ConfigDocument => {
    const way = relative(copy, document.path);
    return way.startsWith("..") ? document : { ...document, path: join(checkout, way) };
  };
  const placed = checked.map(({ file }) => ({ ...file, document: moved(file.document) }));
  const [first] = placed;
  if (first === undefined) return { fault: "It is empty." };
  const { merged } = mergeFiles(placed, first.document, own);
  const [odd] = [...merged.environments.keys()].flatMap((one) => effectiveConfig(merged, one).problems);
  return odd === undefined ? { merged } : { fault: odd.message };
}

/**
 * The base as one of its environments has it. It knows no connection and no source of an
 * environment that it does not have itself, or of a config that had environments.
 */
export function baseOfEnvironment(base: BaseConfig, environment: string | undefined): BaseConfig {
  const { merged } = base;
  if (merged === undefined) return base;
  const before = base.before && isIn(base.before, environment) ? as(base.before, environment) : undefined;
  if (isIn(merged, environment)) return { ...base, merged: as(merged, environment), before };
  const named = { ...merged.named, connections: new Map(), sources: new Map() };
  return { ...base, merged: { ...merged, named }, lacksEnvironment: true };
}

function isIn({ environments }: MergedConfig, environment: string | undefined): boolean {
  return environment === undefined ? environments.size === 0 : environments.has(environment);
}

function as(merged: MergedConfig, environment: string | undefined): MergedConfig {
  return environment === undefined ? merged : effectiveConfig(merged, environment).merged;
}
