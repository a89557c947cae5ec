import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { readRunRecords, type RunHistory } from "../state/run-records.js";
import { projectState } from "./project-state.js";

export interface HistoryOptions extends ConfigChoice {
  /** Runs of this export only, whether the config still has it or not. */
  readonly exportName?: string | undefined;
  /** At most so many runs, the newest. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** How past runs ended, as far as `state.retention.history` keeps them. Asks no destination. */
export async function history(
  options: HistoryOptions,
): Promise<{ history: RunHistory | undefined; diagnostics: readonly Diagnostic[] }> {
  const { exportName, limit, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { history: undefined, diagnostics };
  const found = await readRunRecords(await projectState(config, signal), {
    limit,
    wanted: ({ exports }) => exportName === undefined || exports.some(({ name }) => name === exportName),
    signal,
  });
  return { history: found, diagnostics };
}
