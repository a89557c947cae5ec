import type { LoadedSource } from "../../engine/load/load-source.js";
import type { SourcePlan } from "../../model/plan/plan.js";

/** What is told of a source that was read. */
export function readFacts({
  rows,
  columns,
  proof,
  snapshot,
  asOf,
  seconds,
}: LoadedSource): Omit<SourcePlan, "name" | "type"> {
  return {
    rows,
    columns,
    proof,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(asOf === undefined ? {} : { asOf: asOf.toISOString() }),
    seconds: Math.round(seconds * 1000) / 1000,
  };
}
