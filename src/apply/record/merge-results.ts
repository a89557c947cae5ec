import type { ExportResult, RunResult } from "../../model/run/run.js";
import type { UnknownBy } from "./fold-ledger.js";

/**
 * One run out of two passes: what was done adds up, how it ended is what the
 * second pass says. `unknown` are the rows that the first left open, by export.
 */
export function mergeResults(
  first: RunResult,
  second: RunResult,
  unknown: ReadonlyMap<string, UnknownBy>,
): RunResult {
  const later = new Map(second.exports.map((result) => [result.name, result]));
  return {
    ...first,
    finishedAt: second.finishedAt,
    exports: first.exports.map((result) => {
      const again = later.get(result.name);
      const open = unknown.get(result.name) ?? { added: 0, updated: 0, removed: 0 };
      return again === undefined || again.status === "skipped" || again.status === "detached"
        ? result
        : mergeExport(result, again, open);
    }),
  };
}

function mergeExport(first: ExportResult, second: ExportResult, open: UnknownBy): ExportResult {
  const found = foundDone(first, second, open);
  const any = found.added + found.updated + found.removed > 0;
  return {
    ...second,
    status: second.status === "unchanged" ? (first.rejected > 0 ? "partly" : "succeeded") : second.status,
    added: first.added + second.added + found.added,
    updated: first.updated + second.updated + found.updated,
    removed: first.removed + second.removed + found.removed,
    rejected: first.rejected + second.rejected,
    evidence: second.evidence ?? first.evidence ?? (any ? "read-back" : undefined),
    requests: first.requests + second.requests,
    overrides: [...new Set([...first.overrides, ...second.overrides])],
  };
}

/** Rows that were unknown in the first pass and that the second found carried out already. */
function foundDone(first: ExportResult, second: ExportResult, open: UnknownBy): UnknownBy {
  let left =
    first.unknown - second.added - second.updated - second.removed - second.rejected - second.unknown;
  const found = { added: 0, updated: 0, removed: 0 };
  for (const operation of ["removed", "updated", "added"] as const) {
    found[operation] = Math.max(0, Math.min(left, open[operation] - second[operation]));
    left -= found[operation];
  }
  return found;
}
