import type { Config } from "../../model/config/config.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { includedSecret, readConfigFiles, type LoadOptions } from "../files/config-files.js";
import { presentDiagnostics } from "../diagnostics/diagnostics.js";
import {
  findingInMerged,
  judgeReading,
  judgeProposed,
  readingsOf,
  usableConfig,
  type Reading,
} from "../judge.js";
import type { MergedConfig } from "../files/merge.js";
import type { Finding } from "../diagnostics/problem.js";
import { choiceFault } from "./choose.js";
import { findConflicts } from "./conflicts.js";

/** The config as one environment has it; `environment` is undefined where it has none. */
export interface LoadedEnvironment {
  readonly environment: string | undefined;
  readonly config: Config;
  readonly merged: MergedConfig;
}

/** A config with everything that is wrong in any of its environments. */
export interface LoadedEnvironments {
  /** In the order of the files; empty when any diagnostic is an error. */
  readonly environments: readonly LoadedEnvironment[];
  /** What is so in some environments only says in which. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly string[];
}

/** As `loadConfig`, for all environments; for one alone when it is chosen. */
export async function loadEnvironments(options: LoadOptions): Promise<LoadedEnvironments> {
  const { base, environment, look } = options;
  const { documents, diagnostics, merged, complete } = await readConfigFiles(options);
  const loaded = async (
    found: readonly Finding[],
    readings: readonly Reading[] = [],
  ): Promise<LoadedEnvironments> => {
    const failed = found.some(({ severity }) => severity === "error");
    const sound = readings.map((one) => ({
      environment: one.environment,
      config: usableConfig(one, base),
      merged: one.merged,
    }));
    return {
      environments: failed ? [] : sound,
      diagnostics: presentDiagnostics(found, documents),
      files: documents.map(({ path }) => path),
    };
  };
  if (merged === undefined) return loaded(diagnostics);
  const fault = environment === undefined || !complete ? undefined : choiceFault(merged, environment);
  if (fault !== undefined) return loaded([...diagnostics, fault]);
  const all = await readingsOf(merged, base);
  const chosen = all.filter((one) => environment === undefined || one.environment === environment);
  const secret = all[0] && (await includedSecret(documents, all[0]));
  if (secret !== undefined)
    return { environments: [], diagnostics: presentDiagnostics([secret], []), files: [] };
  const found = await Promise.all(
    chosen.map(async (reading) => [
      ...reading.diagnostics,
      ...(complete ? once([...(await judgeReading(reading)), ...(await judgeProposed(reading))]) : []),
    ]),
  );
  const shape = all.flatMap((one) => one.shape);
  const between = complete ? findConflicts(all) : [];
  const failing = [...diagnostics, ...shape, ...found.flat(), ...between.map(({ diagnostic }) => diagnostic)];
  if (look !== undefined && !failing.some(({ severity }) => severity === "error"))
    for (const [index, reading] of chosen.entries())
      found[index]?.push(
        ...(await look(usableConfig(reading, base))).map((one) => findingInMerged(reading.merged, one)),
      );
  const own = between.filter(
    ({ between: names }) => environment === undefined || names.includes(environment),
  );
  const labelled = labelFindings(
    found,
    chosen.map((one) => one.environment ?? ""),
  );
  return loaded([...diagnostics, ...shape, ...labelled, ...own.map(({ diagnostic }) => diagnostic)], chosen);
}

function once(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Each finding once, with the names of the environments that it is true in unless these are all. */
function labelFindings(found: readonly (readonly Finding[])[], names: readonly string[]): Finding[] {
  const all = new Map<string, { readonly diagnostic: Finding; readonly environments: string[] }>();
  for (const [index, diagnostics] of found.entries())
    for (const diagnostic of diagnostics) {
      const key = JSON.stringify(diagnostic);
      const known = all.get(key) ?? { diagnostic, environments: [] };
      known.environments.push(names[index] ?? "");
      all.set(key, known);
    }
  return [...all.values()].map(({ diagnostic, environments }) =>
    environments.length === names.length ? diagnostic : { ...diagnostic, environments },
  );
}
