import { resolve } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.js";
import { completeMessages } from "../../report/machine-readable/complete-messages.js";
import { githubAnnotations, type Place } from "../../report/machine-readable/annotations.js";
import { diagnosticsHuman } from "../../report/diagnostics-human.js";
import { placeInRepository } from "../../config/files/place.js";
import type { Output } from "./output.js";

/** Beside text for people: annotations for a system that runs this and shows them in the change. */
export type DiagnosticsFormat = "human" | "github" | "gitlab";

/** All of them, to people on stderr, to programs as events, and to GitHub as annotations when it runs this. */
export function showDiagnostics(
  output: Output,
  found: readonly Diagnostic[],
  format: DiagnosticsFormat = detectFormat(process.env),
): void {
  const diagnostics = completeMessages(found, output.invocation);
  for (const diagnostic of diagnostics) output.event({ type: "diagnostic", diagnostic });
  if (diagnostics.length === 0) return;
  output.note(diagnosticsHuman(diagnostics, output.paint));
  if (format === "github") output.command(githubAnnotations(diagnostics, createPlaceLabel(output)));
}

export function detectFormat(env: Readonly<Record<string, string | undefined>>): DiagnosticsFormat {
  if (env["GITHUB_ACTIONS"] === "true") return "github";
  return env["GITLAB_CI"] === "true" ? "gitlab" : "human";
}

/** Positions name files from the folder that the command works in; forges name them from the repository's root. */
export function createPlaceLabel({ options: { cwd } }: Output): Place {
  return (file) => placeInRepository(resolve(cwd, file), cwd);
}
