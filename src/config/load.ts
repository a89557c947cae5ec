import { resolve } from "node:path";
import type { Config } from "../model/config.js";
import type { Diagnostic, Position } from "../model/diagnostic.js";
import type { BaseConfig } from "./base.js";
import { checkFile } from "./check-file.js";
import { semanticProblems } from "./checks/index.js";
import { clashDiagnostic, framer, presented, problemDiagnostic } from "./diagnostics.js";
import { discoverConfig } from "./discover.js";
import type { ConfigDocument } from "./document.js";
import { fileOf, mergeFiles, type Merged } from "./merge.js";
import { configOf } from "./normalise/config.js";
import type { Path, Problem } from "./problem.js";
import { labelFrom, readTree, type ReadFile } from "./read-tree.js";
import { isSecretFile } from "./secret-files.js";
import { quarantined, trustedPart } from "./trust.js";

/** A config as it was found, with everything that is wrong with it. */
export interface LoadedConfig {
  /** Undefined when any diagnostic is an error. */
  readonly config: Config | undefined;
  /** In the order of the files and lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of the files that were read, the root file first. */
  readonly files: readonly string[];
  /** Where a path of the merged config stands, e.g. `["exports", "weekly", "attributes", "SCORE"]`. */
  at(path: Path): Position | undefined;
  /** The lines around a position, without colour and without anything that may be a secret. */
  frame(position: Position): Promise<string | undefined>;
}

export interface LoadOptions {
  readonly cwd: string;
  /** Instead of searching. */
  readonly configPath?: string | undefined;
  /** Of an unreviewed checkout: what decides where keys and data go is taken from here. */
  readonly base?: BaseConfig | undefined;
  readonly signal: AbortSignal;
}

/** Finds, reads and checks the config. Everything that a person could have got wrong is a diagnostic and never thrown. */
export async function loadConfig({ cwd, configPath, base, signal }: LoadOptions): Promise<LoadedConfig> {
  const root = configPath === undefined ? await discoverConfig(resolve(cwd)) : resolve(cwd, configPath);
  if (root === undefined) return loaded([], [notFound], undefined, undefined);
  const allowPaths = base && (base.merged?.allowPaths?.value ?? []);
  const files = await readTree(root, labelFrom(resolve(cwd)), signal, allowPaths);
  const documents = files.flatMap(({ document }) => document ?? []);
  const read = files.flatMap(({ diagnostics }) => diagnostics);
  const judged = await judge(files, base);
  for (const { path, label } of documents)
    if (judged.config !== undefined && (await isSecretFile(path, judged.config)))
      return loaded([], [includesSecret(label)], undefined, undefined);
  return loaded(documents, [...read, ...judged.diagnostics], judged.config, judged.merged);
}

const notFound: Diagnostic = {
  severity: "error",
  code: "config-not-found",
  message: "There is no exports.config.yaml here or in a folder above, up to the root of the repository.",
  hint: "Write one with `rollcall init`, or name the file with --config.",
};

/** Without a word of what stands there. */
function includesSecret(label: string): Diagnostic {
  return {
    severity: "error",
    code: "include-secret",
    message: `\`include\` names ${label}, a file that the config takes a key from.`,
    hint: "Take it out of `include`.",
  };
}

async function judge(
  files: readonly ReadFile[],
  base: BaseConfig | undefined,
): Promise<{ diagnostics: Diagnostic[]; config?: Config; merged?: Merged }> {
  const root = files[0]?.document;
  if (root === undefined) return { diagnostics: [] };
  const checked = files.flatMap((file, index) => checkFile(file, index === 0));
  const { merged: own, clashes } = mergeFiles(
    checked.map(({ file }) => file),
    root,
  );
  const trusted = base && trustedPart(own, base);
  const merged = trusted?.merged ?? own;
  const { config: read, problems } = await configOf(merged);
  const config = { ...read, secretFiles: [...read.secretFiles, ...(await secretFilesIn(base))] };
  // A file that could not be read may hold every name that seems to be missing.
  const complete = files.every(({ diagnostics }) => diagnostics.length === 0);
  const semantic = complete ? await semanticProblems(config, merged) : [];
  const diagnostics = [
    ...checked.flatMap((file) => file.diagnostics),
    ...clashes.map(clashDiagnostic),
    ...(trusted?.problems ?? []).map((problem) => inMerged(own, problem)),
    ...[...problems, ...semantic].map((problem) => inMerged(merged, problem)),
  ];
  const safe = base && trusted ? quarantined(config, trusted.strangers, base.checkout) : config;
  return { diagnostics, config: safe, merged };
}

/** Those of connections too that the change leaves out. */
async function secretFilesIn(base: BaseConfig | undefined): Promise<readonly string[]> {
  return base?.merged === undefined ? [] : (await configOf(base.merged)).config.secretFiles;
}

function inMerged(merged: Merged, problem: Problem): Diagnostic {
  const { document, path } = fileOf(merged, problem.at);
  return problemDiagnostic(document, problem, path);
}

async function loaded(
  documents: readonly ConfigDocument[],
  diagnostics: readonly Diagnostic[],
  config: Config | undefined,
  merged: Merged | undefined,
): Promise<LoadedConfig> {
  const failed = diagnostics.some(({ severity }) => severity === "error");
  return {
    config: failed ? undefined : config,
    diagnostics: await presented(diagnostics, documents),
    files: documents.map(({ path }) => path),
    at: (path) => merged && inMerged(merged, { severity: "error", code: "", message: "", at: path }).position,
    frame: framer(documents),
  };
}
