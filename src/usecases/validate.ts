import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { baseConfig, type BaseWish } from "./base-config.js";

export interface ValidateOptions extends ConfigChoice {
  /** As for plan. */
  readonly untrusted?: BaseWish | undefined;
  readonly signal: AbortSignal;
}

/** What a sound config holds, by number. */
export interface ConfigFacts {
  readonly files: number;
  readonly connections: number;
  readonly sources: number;
  readonly segments: number;
  readonly exports: number;
}

/** Checks the configuration without touching network, state or data. */
export async function validate(
  options: ValidateOptions,
): Promise<{ facts: ConfigFacts | undefined; diagnostics: readonly Diagnostic[] }> {
  const base = options.untrusted && (await baseConfig(options, options.untrusted));
  const { config, diagnostics, files } = await loadConfig({ ...options, base });
  if (config === undefined) return { facts: undefined, diagnostics };
  const facts = {
    files: files.length,
    connections: config.connections.size,
    sources: config.sources.size,
    segments: config.segments.size,
    exports: config.exports.size,
  };
  return { facts, diagnostics };
}
