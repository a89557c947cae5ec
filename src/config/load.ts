import { resolve } from "node:path";
import type { Config } from "../model/config.js";
import type { Diagnostic, Position } from "../model/diagnostic.js";
import type { BaseConfig } from "./base.js";
import { checkFile } from "./check-file.js";
import type { ConfigChoice } from "./choice.js";
import { clashDiagnostic, framer, presented } from "./diagnostics.js";
import { discoverConfig } from "./discover.js";
import type { ConfigDocument } from "./document.js";
import { choiceFault } from "./environments/choose.js";
import { inMerged, judged, readingsOf, usable, type Reading } from "./judge.js";
import { mergeFiles, type Merged } from "./merge.js";
import type { Path } from "./problem.js";
import { labelFrom, readTree } from "./read-tree.js";
import { isSecretFile } from "./secret-files.js";

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

export interface LoadOptions extends ConfigChoice {
  /** Of an unreviewed checkout: what decides where keys and data go is taken from here. */
  readonly base?: BaseConfig | undefined;
  readonly signal: AbortSignal;
}

/** Finds, reads and checks the config. Everything that a person could have got wrong is a diagnostic and never thrown. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { environment, base } = options;
  const { documents, diagnostics, merged, complete } = await readFiles(options);
  if (merged === undefined) return loaded(documents, diagnostics);
  const fault = complete ? choiceFault(merged, environment) : undefined;
  const readings = await readingsOf(merged, base);
  const reading = readings.find((one) => one.environment === environment);
  if (fault !== undefined || reading === undefined)
    return loaded(documents, fault === undefined ? diagnostics : [...diagnostics, fault]);
  const secret = await includedSecret(documents, reading);
  if (secret !== undefined) return loaded([], [secret]);
  const found = [
    ...diagnostics,
    ...readings.flatMap(({ shape }) => shape),
    ...reading.diagnostics,
    // A file that could not be read may hold every name that seems to be missing.
    ...(complete ? await judged(reading) : []),
  ];
  return loaded(documents, found, usable(reading, base), reading.merged);
}

/** The files of the config, held against the schema one by one. */
interface ReadFiles {
  readonly documents: readonly ConfigDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when the root file is not sound YAML. */
  readonly merged?: Merged;
  /** Whether every file could be read. */
  readonly complete: boolean;
}

async function readFiles({ cwd, configPath, base, signal }: LoadOptions): Promise<ReadFiles> {
  const root = configPath === undefined ? await discoverConfig(resolve(cwd)) : resolve(cwd, configPath);
  if (root === undefined) return { documents: [], diagnostics: [notFound], complete: false };
  const allowPaths = base && (base.merged?.allowPaths?.value ?? []);
  const files = await readTree(root, labelFrom(resolve(cwd)), signal, allowPaths);
  const documents = files.flatMap(({ document }) => document ?? []);
  const unread = files.flatMap(({ diagnostics }) => diagnostics);
  const complete = unread.length === 0;
  const first = files[0]?.document;
  if (first === undefined) return { documents, diagnostics: unread, complete };
  const checked = files.flatMap((file, index) => checkFile(file, index === 0));
  const { merged, clashes } = mergeFiles(
    checked.map(({ file }) => file),
    first,
  );
  const diagnostics = [
    ...unread,
    ...checked.flatMap((file) => file.diagnostics),
    ...clashes.map(clashDiagnostic),
  ];
  return { documents, diagnostics, merged, complete };
}

async function includedSecret(
  documents: readonly ConfigDocument[],
  { config }: Reading,
): Promise<Diagnostic | undefined> {
  for (const { path, label } of documents) if (await isSecretFile(path, config)) return includesSecret(label);
  return undefined;
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

async function loaded(
  documents: readonly ConfigDocument[],
  diagnostics: readonly Diagnostic[],
  config?: Config,
  merged?: Merged,
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
