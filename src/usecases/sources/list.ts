import { relative } from "node:path";
import type { ConfigChoice } from "../../config/choice.js";
import { findMentioned } from "../../config/checks/mentions.js";
import { loadConfig } from "../../config/load.js";
import type { Config } from "../../model/config/config.js";
import type { Segment } from "../../model/config/segment.js";
import type { Source } from "../../model/config/source.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import type { SourceSummary } from "../../model/reports/source-report.js";

/** The sources in the order of the config, with the segments and exports that are made of each. Reads the config alone. */
export async function listSources(
  options: ConfigChoice & { readonly signal: AbortSignal },
): Promise<{ sources: readonly SourceSummary[]; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { sources: [], diagnostics };
  return { sources: [...config.sources.values()].map((source) => summaryOf(config, source)), diagnostics };
}

function summaryOf(config: Config, source: Source): SourceSummary {
  const { name, type, minimumRows, maxAge } = source;
  const { table } = source.kind.definitionOf(source, (path) => path) as { readonly table?: unknown };
  const segments = segmentsOf(config, name);
  const exports = [...config.exports.values()].filter((item) =>
    item.segments.some((segment) => segments.has(segment)),
  );
  return {
    name,
    type,
    paths: source.kind.pathsOf(source).map(({ path }) => relative(config.folder, path)),
    ...(typeof table === "string" ? { table } : {}),
    ...(minimumRows === undefined ? {} : { minimumRows }),
    ...(maxAge === undefined ? {} : { maxAge: maxAge.seconds }),
    segments: [...segments],
    exports: exports.map((item) => item.name),
  };
}

/** Those that read the source, and those that build on them. */
function segmentsOf({ sources, segments }: Config, source: string): ReadonlySet<string> {
  const reads = (segment: Segment): boolean =>
    segment.from.kind === "where"
      ? segment.from.source === source
      : findMentioned(segment, sources).includes(source);
  const found = new Set([...segments.values()].filter(reads).map(({ name }) => name));
  for (const name of found)
    for (const other of segments.values())
      if (findMentioned(other, segments).includes(name)) found.add(other.name);
  return found;
}
