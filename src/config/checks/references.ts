import type { Config } from "../../model/config/config.js";
import type { MergedConfig, NamedSection } from "../files/merge.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import { checkConnectionsOfExports } from "./connections-of-exports.js";
import type { Path, Problem } from "../diagnostics/problem.js";

/** Every name that is used is defined. Names of broken entries count as defined. */
export function checkReferences(config: Config, merged: MergedConfig): Problem[] {
  const problems: Problem[] = [];
  const need = (section: NamedSection, what: string, name: string, at: Path): void => {
    const known = merged.named[section];
    // Another environment has what this one leaves out.
    if (known.has(name) || (section === "exports" && merged.disabled?.has(name) === true)) return;
    const hint = (): string => suggestionFor(name, known.keys(), what);
    problems.push({
      severity: "error",
      code: `unknown-${what}`,
      message: `There is no ${what} \`${name}\`.`,
      hint,
      at,
    });
  };
  const needSegments = (names: readonly string[], at: Path): void =>
    names.forEach((name, index) => need("segments", "segment", name, [...at, index]));

  needSegments(config.suppressions, ["suppressions"]);
  for (const { name, suppressions } of config.connections.values())
    needSegments(suppressions, ["connections", name, "suppressions"]);
  for (const { name, from, exclude } of config.segments.values()) {
    if (from.kind === "where") need("sources", "source", from.source, ["segments", name, "source"]);
    needSegments(exclude, ["segments", name, "exclude"]);
  }
  for (const { name, segments } of config.exports.values()) {
    needSegments(segments, ["exports", name, "segments"]);
  }
  for (const { name, exports } of config.notifiers.values())
    exports?.forEach((one, index) => need("exports", "export", one, ["notifiers", name, "exports", index]));
  return [...problems, ...checkConnectionsOfExports(config, merged)];
}
