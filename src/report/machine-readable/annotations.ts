import type { Diagnostic } from "../../model/diagnostic.js";
import { escapeForScreen } from "../layout/printable.js";

/** Turns the file of a position into its path from the root of the repository; undefined when the checkout does not have it. */
export type Place = (file: string) => string | undefined;

/**
 * Diagnostics as GitHub's workflow commands, a line each, which Actions shows
 * beside the lines of a pull request.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations(diagnostics: readonly Diagnostic[], place: Place): string[] {
  return diagnostics.map(({ severity, code, message, hint, position }) => {
    const file = position && place(position.file);
    const properties = {
      ...(position === undefined || file === undefined
        ? {}
        : {
            file,
            line: position.line,
            endLine: position.endLine,
            col: position.column,
            endColumn: position.endColumn,
          }),
      title: code,
    };
    const written = Object.entries(properties)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${property(String(value))}`);
    const text = hint === undefined ? message : `${message}\n${hint}`;
    return `::${severity} ${written.join(",")}::${data(escapeForScreen(text, false))}`;
  });
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** One entry of GitLab's report of code quality: https://docs.gitlab.com/ci/testing/code_quality/ */
export interface CodeQuality {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: "minor" | "major";
  readonly location: {
    readonly path: string;
    readonly lines: { readonly begin: number; readonly end?: number };
  };
}

/**
 * Diagnostics as GitLab shows them in a merge request. Fingerprints stay the
 * same while only lines move, so that old problems are not taken for new ones.
 * `fallback` is the file of a diagnostic without a position; `digest` hashes.
 */
export function codeQuality(
  diagnostics: readonly Diagnostic[],
  { place, fallback, digest }: { place: Place; fallback: string; digest: (text: string) => string },
): CodeQuality[] {
  const times = new Map<string, number>();
  return diagnostics.map(({ severity, code, message, hint, position }) => {
    const placed = position && place(position.file);
    const path = placed ?? fallback;
    const at = placed === undefined ? undefined : position;
    const identity = JSON.stringify([path, code, message]);
    const earlier = times.get(identity) ?? 0;
    times.set(identity, earlier + 1);
    return {
      description: hint === undefined ? message : `${message} ${hint}`,
      check_name: code,
      fingerprint: digest(`${identity}${earlier}`),
      severity: severity === "error" ? "major" : "minor",
      location: {
        path,
        lines: {
          begin: at?.line ?? 1,
          ...(at?.endLine === undefined ? {} : { end: at.endLine }),
        },
      },
    };
  });
}
