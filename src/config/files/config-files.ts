import { dirname, resolve } from "node:path";
import type { Config } from "../../model/config/config.js";
import type { BaseConfig } from "./base.js";
import { checkFile } from "./check-file.js";
import type { ConfigChoice } from "../choice.js";
import { clashFinding } from "../diagnostics/diagnostics.js";
import { findConfig } from "./discover.js";
import type { ConfigDocument } from "../yaml/document.js";
import { secretFilesIn, type Reading } from "../judge.js";
import { MAX_ENVIRONMENTS, MAX_ENVIRONMENT_VALUES } from "../limits.js";
import { mergeFiles, type MergedConfig } from "./merge.js";
import { NOT_LOADED } from "../plugins/own-kinds.js";
import { readPlugins } from "../plugins/read-plugins.js";
import type { Finding, Problem } from "../diagnostics/problem.js";
import { createLabeller, readTree } from "./read-tree.js";
import { isSecretFile } from "../secrets/secret-files.js";

export interface LoadOptions extends ConfigChoice {
  /** Of an unreviewed checkout: what decides where keys and data go is taken from here. */
  readonly base?: BaseConfig | undefined;
  readonly signal: AbortSignal;
  /** False where the words of the files are all that counts: their `plugins` are not run. */
  readonly loadsPlugins?: boolean;
  /** Looks at a config in which nothing else is wrong, for what takes more than its words to tell. */
  readonly look?: ((config: Config) => Promise<readonly Problem[]>) | undefined;
}

/** The files of the config, held against the schema one by one. */
export interface ConfigFiles {
  readonly documents: readonly ConfigDocument[];
  readonly diagnostics: readonly Finding[];
  /** Undefined when the root file is not sound YAML. */
  readonly merged?: MergedConfig;
  /** Whether every file could be read. */
  readonly complete: boolean;
}

/** Finds and reads them. */
export async function readConfigFiles({
  cwd,
  configPath,
  base,
  signal,
  loadsPlugins,
}: LoadOptions): Promise<ConfigFiles> {
  const root = await findConfig(cwd, configPath);
  if (root === undefined) return { documents: [], diagnostics: [notFound], complete: false };
  const allowPaths = base && (base.merged?.allowPaths?.value ?? []);
  const files = await readTree(root, createLabeller(resolve(cwd)), signal, allowPaths);
  const documents = files.flatMap(({ document }) => document ?? []);
  const secret = base?.merged && (await knownSecret(documents, await secretFilesIn(base.merged)));
  if (secret !== undefined) return { documents: [], diagnostics: [secret], complete: false };
  const unread = files.flatMap(({ diagnostics }) => diagnostics);
  const complete = unread.length === 0;
  const first = files[0]?.document;
  if (first === undefined) return { documents, diagnostics: unread, complete };
  const plugins =
    loadsPlugins === false
      ? { own: NOT_LOADED, diagnostics: [] }
      : await readPlugins(files, { base, within: foldersOf(first, files[0]?.value) });
  const checked = files.flatMap((file, index) => checkFile(file, plugins.own, index === 0));
  const { merged, clashes } = mergeFiles(
    checked.map(({ file }) => file),
    first,
    plugins.own,
  );
  const values = files.reduce((all, file) => all + file.values, 0);
  if (isTooMuch(merged.environments.size, values))
    return { documents, diagnostics: [tooManyEnvironments], complete: false };
  const diagnostics = [
    ...unread,
    ...plugins.diagnostics,
    ...checked.flatMap((file) => file.diagnostics),
    ...clashes.map(clashFinding),
  ];
  return { documents, diagnostics, merged, complete };
}

/** Where what the root file names may lie. */
function foldersOf({ path }: ConfigDocument, value: unknown): string[] {
  const allowPaths = (value as { readonly allowPaths?: unknown } | null | undefined)?.allowPaths;
  const named = Array.isArray(allowPaths) ? allowPaths.filter((one) => typeof one === "string") : [];
  return [dirname(path), ...named.map((one) => resolve(dirname(path), one))];
}

function isTooMuch(environments: number, values: number): boolean {
  return environments > MAX_ENVIRONMENTS || environments * values > MAX_ENVIRONMENT_VALUES;
}

const tooManyEnvironments: Finding = {
  severity: "error",
  code: "too-many-environments",
  message: `The config has more than ${MAX_ENVIRONMENTS} environments, or more than ${MAX_ENVIRONMENT_VALUES} keys and items in all of them together.`,
  hint: "Make several projects of it.",
};

/** A file with a key that stands where config should: nothing of it may be shown. */
export async function includedSecret(
  documents: readonly ConfigDocument[],
  { config }: Reading,
): Promise<Finding | undefined> {
  return knownSecret(documents, config.secretFiles);
}

async function knownSecret(
  documents: readonly ConfigDocument[],
  secretFiles: readonly string[],
): Promise<Finding | undefined> {
  for (const [index, { path, label }] of documents.entries())
    if (await isSecretFile(path, { secretFiles }))
      return index === 0 ? isSecret(label) : includesSecret(label);
  return undefined;
}

const notFound: Finding = {
  severity: "error",
  code: "config-not-found",
  message: "There is no exports.config.yaml here or in a folder above, up to the root of the repository.",
  hint: "Write one with `rollcall init`, or name the file with --config.",
};

/** Without a word of what is there. */
function includesSecret(label: string): Finding {
  return {
    severity: "error",
    code: "include-secret",
    message: `\`include\` names ${label}, a file that the config takes a key from.`,
    hint: "Take it out of `include`.",
  };
}

function isSecret(label: string): Finding {
  return {
    severity: "error",
    code: "config-secret",
    message: `${label} is a file that the config takes a key from.`,
    hint: "Put the config itself there.",
  };
}
