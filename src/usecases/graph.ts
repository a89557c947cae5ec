import type { ConfigChoice } from "../config/choice.js";
import { findMentioned } from "../config/checks/mentions.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Segment } from "../model/config/segment.js";
import { configGraph } from "../report/graph/config-graph.js";
import type { Graph } from "../report/graph/graph.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";

export interface GraphOptions extends ConfigChoice, MaybeUntrusted {
  readonly signal: AbortSignal;
}

/** What feeds what in the configuration. Reads no data and asks no destination. */
export async function buildGraph(
  options: GraphOptions,
): Promise<{ graph: Graph | undefined; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig({ ...options, base: await loadBaseOfUntrusted(options) });
  if (config === undefined) return { graph: undefined, diagnostics };
  const { sources, segments } = config;
  const mentions = (segment: Segment): string[] => [
    ...findMentioned(segment, sources),
    ...findMentioned(segment, segments),
  ];
  return { graph: configGraph(config, mentions), diagnostics };
}
