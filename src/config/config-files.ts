import { resolve } from "node:path";
import type { Diagnostic } from "../model/diagnostic.js";
import type { BaseConfig } from "./base.js";
import { checkFile } from "./check-file.js";
import type { ConfigChoice } from "./choice.js";
import { clashDiagnostic } from "./diagnostics.js";
import { discoverConfig } from "./discover.js";
import type { ConfigDocument } from "./document.js";
import type { Reading } from "./judge.js";
import { mergeFiles, type Merged } from "./merge.js";
import { labelFrom, readTree } from "./read-tree.js";
import { isSecretFile } from "./secret-files.js";

export interface LoadOptions extends ConfigChoice {
  /** Of an unreviewed checkout: what decides where keys and data go is taken from here. */
  readonly base?: BaseConfig | undefined;
  readonly signal: AbortSignal;
}

/** The files of the config, held against the schema one by one. */
export interface ConfigFiles {
  readonly documents: readonly ConfigDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when the root file is not sound YAML. */
  readonly merged?: Merged;
  /** Whether every file could be read. */
  readonly complete: boolean;
}

/** Finds and reads them. */
export async function readConfigFiles({ cwd, configPath, base, signal }: LoadOptions): Promise<ConfigFiles> {
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

/** A file with a key that was included as if it were config: nothing of it may be shown. */
export async function includedSecret(
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
