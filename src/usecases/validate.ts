import type { ConfigChoice } from "../config/choice.js";
import { loadEnvironments } from "../config/environments/load.js";
import type { Problem } from "../config/diagnostics/problem.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";
import { findRecordProblems } from "../validate/record-problems.js";

export interface ValidateOptions extends ConfigChoice, MaybeUntrusted {
  readonly signal: AbortSignal;
}

/** What a sound config holds, by number. */
export interface ConfigFacts {
  /** The environments that were checked; missing where there are none. */
  readonly environments?: readonly string[];
  readonly files: number;
  readonly connections: number;
  readonly sources: number;
  readonly segments: number;
  readonly exports: number;
}

/**
 * Checks the configuration, in all of its environments unless one is chosen,
 * people's SQL against the columns of the sources that are there, and names of exports
 * against the record where that is a folder. Touches no network, needs no key, and looks at nobody's values.
 */
export async function validate(
  options: ValidateOptions,
): Promise<{ facts: ConfigFacts | undefined; diagnostics: readonly Diagnostic[] }> {
  const base = await loadBaseOfUntrusted(options);
  const { signal } = options;
  const look = async (config: Config): Promise<readonly Problem[]> => {
    const { findSqlProblems } = await import("../validate/sql-problems.js");
    const found = await findSqlProblems(config, { signal, looksAtSources: base === undefined });
    return base === undefined ? [...found, ...(await findRecordProblems(config, signal))] : found;
  };
  const { environments, diagnostics, files } = await loadEnvironments({ ...options, base, look });
  const [first] = environments;
  if (first === undefined) return { facts: undefined, diagnostics };
  const { config } = first;
  const names = environments.flatMap(({ environment }) => environment ?? []);
  const facts = {
    ...(names.length === 0 ? {} : { environments: names }),
    files: files.length,
    connections: config.connections.size,
    sources: config.sources.size,
    segments: config.segments.size,
    exports: new Set(environments.flatMap((one) => [...one.config.exports.keys()])).size,
  };
  return { facts, diagnostics };
}
