import type { Config } from "../model/config/config.js";
import type { Diagnostic, Position } from "../model/diagnostic.js";
import { includedSecret, readConfigFiles, type LoadOptions } from "./files/config-files.js";
import { createFramer, presentDiagnostics } from "./diagnostics/diagnostics.js";
import type { ConfigDocument } from "./yaml/document.js";
import { choiceFault } from "./environments/choose.js";
import { findConflicts } from "./environments/conflicts.js";
import { findingInMerged, judgeReading, readingsOf, usableConfig } from "./judge.js";
import type { MergedConfig } from "./files/merge.js";
import type { Finding, Path } from "./diagnostics/problem.js";
import { tellableConfig, type Tellable } from "./tellable.js";

export type { LoadOptions } from "./files/config-files.js";

/** A config as it was found, with everything that is wrong with it. */
export interface LoadedConfig {
  /** Undefined when any diagnostic is an error. */
  readonly config: Config | undefined;
  /** Whom to tell that it is not sound; undefined when there is nobody, or not even that can be known. */
  readonly tellable: Tellable | undefined;
  /** In the order of the files and lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of the files that were read, the root file first. */
  readonly files: readonly string[];
  /** Where a path of the merged config stands, e.g. `["exports", "weekly", "attributes", "SCORE"]`. */
  at(path: Path): Position | undefined;
  /** The lines around a position, without colour and without anything that may be a secret. */
  frame(position: Position): string | undefined;
}

/** Finds, reads and checks the config. Everything that a person could have got wrong is a diagnostic and never thrown. */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { environment, base } = options;
  const { documents, diagnostics, merged, complete } = await readConfigFiles(options);
  if (merged === undefined) return loadFiles(documents, diagnostics);
  const fault = complete ? choiceFault(merged, environment) : undefined;
  const readings = await readingsOf(merged, base);
  const reading = readings.find((one) => one.environment === environment);
  if (fault !== undefined || reading === undefined)
    return loadFiles(documents, fault === undefined ? diagnostics : [...diagnostics, fault]);
  const secret = await includedSecret(documents, reading);
  if (secret !== undefined) return loadFiles([], [secret]);
  const own = findConflicts(readings).filter(({ between }) => between.includes(environment ?? ""));
  const found = [
    ...diagnostics,
    ...readings.flatMap(({ shape }) => shape),
    ...reading.diagnostics,
    // A file that could not be read may hold every name that seems to be missing.
    ...(complete ? [...(await judgeReading(reading)), ...own.map(({ diagnostic }) => diagnostic)] : []),
  ];
  const config = usableConfig(reading, base);
  const tellable = await tellableConfig(config, reading.merged);
  const all = await loadFiles(documents, found, { config, merged: reading.merged, tellable });
  if (all.config !== undefined) options.heard?.(all.config);
  return all;
}

async function loadFiles(
  documents: readonly ConfigDocument[],
  findings: readonly Finding[],
  {
    config,
    merged,
    tellable,
  }: { config?: Config; merged?: MergedConfig; tellable?: Tellable | undefined } = {},
): Promise<LoadedConfig> {
  const failed = findings.some(({ severity }) => severity === "error");
  return {
    config: failed ? undefined : config,
    tellable,
    diagnostics: presentDiagnostics(findings, documents),
    files: documents.map(({ path }) => path),
    at: (path) =>
      merged && findingInMerged(merged, { severity: "error", code: "", message: "", at: path }).position,
    frame: createFramer(documents, undefined, findings),
  };
}
