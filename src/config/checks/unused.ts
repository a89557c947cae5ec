import type { Config } from "../../model/config/config.js";
import type { Export } from "../schema/config-file.gen.js";
import type { MergedConfig } from "../files/merge.js";
import type { Problem } from "../diagnostics/problem.js";
import { wordsOfSql } from "./mentions.js";

/** What is defined and nowhere used, which is often a misspelt or forgotten name. */
export function checkUnused(config: Config, { disabled }: MergedConfig): Problem[] {
  const segments = [...config.segments.values()];
  // Another environment has the exports that this one leaves out.
  const elsewhere = [...(disabled?.values() ?? [])]
    .filter(({ broken }) => !broken)
    .map(({ value }) => value as Export);
  const exports = [...config.exports.values(), ...elsewhere];
  const inSql = new Set(segments.flatMap((segment) => [...wordsOfSql(segment)]));
  const used = {
    connections: new Set(exports.map(({ connection }) => connection)),
    sources: new Set(segments.flatMap(({ from }) => (from.kind === "where" ? [from.source] : []))),
    segments: new Set([
      ...config.suppressions,
      ...[...config.connections.values()].flatMap(({ suppressions }) => suppressions),
      ...segments.flatMap(({ exclude }) => exclude),
      ...exports.flatMap((item) => item.segments),
    ]),
  };
  return (["connections", "sources", "segments"] as const).flatMap((section) =>
    [...config[section].keys()]
      .filter((name) => !used[section].has(name))
      .filter((name) => section === "connections" || !inSql.has(name.toLowerCase()))
      .map((name): Problem => {
        const what = section.slice(0, -1);
        return {
          severity: "warning",
          code: `unused-${what}`,
          message: `The ${what} \`${name}\` is not used.`,
          hint: "Remove it, or check the spelling where it should be used.",
          at: [section, name],
          onKey: true,
        };
      }),
  );
}
