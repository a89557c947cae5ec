import { findingOf } from "../diagnostics/diagnostics.js";
import { fileOf, type MergedConfig } from "../files/merge.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import type { Finding } from "../diagnostics/problem.js";

/** What is wrong with the choice of an environment; undefined when there is nothing to choose, or it was chosen well. */
export function choiceFault(merged: MergedConfig, environment: string | undefined): Finding | undefined {
  const known = [...merged.environments.keys()];
  if (environment === undefined && known.length === 0) return undefined;
  if (environment === undefined) {
    const at = ["environments"];
    return findingOf(fileOf(merged, at).document, {
      severity: "error",
      code: "environment-missing",
      message: "This config has environments, and none is chosen.",
      hint: `Choose one with --env or ROLLCALL_ENV: ${known.join(", ")}.`,
      at,
      onKey: true,
    });
  }
  if (known.length === 0)
    return {
      severity: "error",
      code: "unknown-environment",
      message: `There is no environment \`${environment}\`: this config has no \`environments\`.`,
      hint: "Leave out --env and ROLLCALL_ENV, or add `environments` to the config.",
    };
  if (merged.environments.has(environment)) return undefined;
  return {
    severity: "error",
    code: "unknown-environment",
    message: `There is no environment \`${environment}\`.`,
    hint: suggestionFor(environment, known, "environment"),
  };
}
