import type { ExportResult, Run } from "../../model/run.js";

/** One run out of two passes: what was done adds up, how it ended is what the second pass says. */
export function mergeResults(first: Run, second: Run): Run {
  const later = new Map(second.exports.map((result) => [result.name, result]));
  return {
    ...first,
    finishedAt: second.finishedAt,
    exports: first.exports.map((result) => {
      const again = later.get(result.name);
      return again === undefined ? result : merge(result, again);
    }),
  };
}

function merge(first: ExportResult, second: ExportResult): ExportResult {
  // Rows that the second look found delivered already were unknown in the first.
  const found = Math.max(
    0,
    first.unknown - second.added - second.updated - second.removed - second.rejected - second.unknown,
  );
  return {
    ...second,
    status: second.status === "unchanged" ? (first.rejected > 0 ? "partly" : "succeeded") : second.status,
    added: first.added + second.added + found,
    updated: first.updated + second.updated,
    removed: first.removed + second.removed,
    rejected: first.rejected + second.rejected,
    evidence: second.evidence ?? first.evidence ?? (found > 0 ? "read-back" : undefined),
    requests: first.requests + second.requests,
  };
}
