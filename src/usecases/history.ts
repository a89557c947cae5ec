import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { readRunRecords, type RunHistory } from "../state/run-records.js";
import { noSuchExport } from "../planner/prepare.js";
import { openExistingState } from "../run/project-state.js";

export interface HistoryOptions extends ConfigChoice {
  /** Runs of this export only, whether the config still has it or not. */
  readonly exportName?: string | undefined;
  /** At most so many runs, the newest. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** How past runs ended, as far as `state.retention.history` keeps them. Asks no destination. */
export async function readHistory(
  options: HistoryOptions,
): Promise<{ history: RunHistory | undefined; diagnostics: readonly Diagnostic[] }> {
  const { exportName, limit, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { history: undefined, diagnostics };
  const state = await openExistingState(config, signal);
  const found = await readRunRecords(state, {
    limit,
    wanted: ({ exports }) => exportName === undefined || exports.some(({ name }) => name === exportName),
    signal,
  });
  const known = [...new Set([...config.exports.keys(), ...Object.keys(state.root.exports)])];
  // A run may be of an export that nothing else knows any more.
  if (exportName !== undefined && found.runs.length === 0 && !known.includes(exportName))
    throw noSuchExport(exportName, known);
  return { history: found, diagnostics };
}
