import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { createTwoFilesPatch } from "diff";
import type { ConfigChoice } from "../config/choice.js";
import { formatConfig } from "../config/fmt.js";
import { loadConfig } from "../config/load.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { replaceFile } from "../platform/replace-file.js";

export interface FmtOptions extends ConfigChoice {
  /** Files to format; the config and what it includes when empty. */
  readonly files: readonly string[];
  /** Write nothing. */
  readonly check: boolean;
  readonly signal: AbortSignal;
}

/** A file that is not in the one style. */
export interface Reformatted {
  /** Relative to the working folder. */
  readonly file: string;
  /** Unified diff from what is there to what should be. */
  readonly diff: string;
}

/** Brings config files into the one style; comments stay. */
export async function fmt(
  options: FmtOptions,
): Promise<{ changed: readonly Reformatted[]; diagnostics: readonly Diagnostic[] }> {
  const { cwd, check, signal } = options;
  const named = options.files.map((file) => resolve(cwd, file));
  // A config that breaks a rule can still be formatted, as long as its files are found.
  const found = named.length > 0 ? { files: named, diagnostics: [] } : await loadConfig(options);
  if (found.files.length === 0) return { changed: [], diagnostics: found.diagnostics };
  const changed: Reformatted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of found.files) {
    signal.throwIfAborted();
    const file = relative(cwd, path);
    const source = await read(path, file);
    const formatted = await formatConfig(source, file);
    diagnostics.push(...formatted.diagnostics);
    if (formatted.text === undefined || formatted.text === source) continue;
    changed.push({ file, diff: createTwoFilesPatch(file, file, source, formatted.text, "", "") });
    if (!check) await replaceFile(path, formatted.text);
  }
  return { changed, diagnostics };
}

async function read(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Failure(
      "invalid",
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
      {
        hint: "Name YAML files, or none to format the config and what it includes.",
        cause: error,
      },
    );
  }
}
