import type { Config } from "../../model/config/config.js";
import { formatOf, misplacedRule } from "../../model/file-format.js";
import type { Segment } from "../../model/config/segment.js";
import type { Source } from "../../model/config/source.js";
import type { Problem } from "../diagnostics/problem.js";

/** Sources, and files of addresses, whose options do not go together. */
export function checkSources(config: Config): Problem[] {
  return [
    ...[...config.sources.values()].flatMap(sourceProblems),
    ...[...config.segments.values()].flatMap(addressesProblems),
  ];
}

function sourceProblems(source: Source): Problem[] {
  return source.kind
    .faultsOf(source)
    .map(({ key, ...fault }) => ({ severity: "error", ...fault, at: ["sources", source.name, key] }));
}

function addressesProblems({ name, from }: Segment): Problem[] {
  const format = from.kind === "addresses" ? formatOf(from.path) : undefined;
  if (from.kind !== "addresses" || format === undefined) return [];
  const misplaced = misplacedRule(format, from.rules ?? {});
  if (misplaced === undefined) return [];
  const { key, ...fault } = misplaced;
  return [{ severity: "error", ...fault, at: ["segments", name, key], onKey: true }];
}
