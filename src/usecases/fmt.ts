import { dirname, relative, resolve } from "node:path";
import type { ConfigChoice } from "../config/choice.js";
import { formatConfig } from "../config/write/fmt.js";
import { shownText } from "../config/secrets/shown-text.js";
import { secretFilesIn } from "../config/judge.js";
import { loadConfig, type LoadedConfig, type LoadOptions } from "../config/load.js";
import { isSecretFile } from "../config/secrets/secret-files.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import { mayRead } from "../platform/files/is-within.js";
import { FileFault, shownPath } from "../platform/files/file-fault.js";
import { MAX_CONFIG_BYTES, findPlace, readProjectFile } from "../platform/files/open-project-file.js";
import { homeOf } from "../platform/files/repository-root.js";
import { writeOutput } from "../platform/files/write-output.js";
import { unifiedDiff } from "../report/line-diff.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../run/base/base-config.js";

export interface FmtOptions extends ConfigChoice, MaybeUntrusted {
  /** Files to format; the config and what it includes when empty. */
  readonly files: readonly string[];
  /** Write nothing. */
  readonly check: boolean;
  /** Whether anybody will see the diffs; without, they are empty. */
  readonly diff: boolean;
  readonly signal: AbortSignal;
}

/** A file that is not in the one style. */
export interface Reformatted {
  /** Relative to the working folder. */
  readonly file: string;
  /** Unified diff from what is there to what should be, without secrets. */
  readonly diff: string;
}

/** Brings config files into the one style; comments stay. */
export async function fmt(
  options: FmtOptions,
): Promise<{ changed: readonly Reformatted[]; diagnostics: readonly Diagnostic[] }> {
  const { cwd, check, signal } = options;
  const base = await loadBaseOfUntrusted(options);
  const secretFiles = base?.merged === undefined ? [] : await secretFilesIn(base.merged);
  const named = options.files.map((file) => resolve(cwd, file));
  // A config that breaks a rule can still be formatted, as long as its files are found.
  const found = named.length > 0 ? { files: named, diagnostics: [] } : await ownFiles({ ...options, base });
  if (found.files.length === 0) return { changed: [], diagnostics: found.diagnostics };
  const changed: Reformatted[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of found.files) {
    signal.throwIfAborted();
    const file = relative(cwd, path);
    if (await isSecretFile(path, { secretFiles })) throw holdsKey(file);
    const { place, source } = await read(path, file);
    const formatted = formatConfig(source, file);
    diagnostics.push(...formatted.diagnostics);
    if (formatted.text === undefined || formatted.text === source) continue;
    changed.push({ file, diff: options.diff ? diffOf(file, source, formatted.text) : "" });
    if (!check) await writeOutput(place, formatted.text, { cwd });
  }
  return { changed, diagnostics };
}

function diffOf(file: string, before: string, after: string): string {
  return unifiedDiff([file, file], [shownText(before, file), shownText(after, file)]);
}

/** The config and what it includes, but for files outside of the repository: they are others', and a diff would show them. */
async function ownFiles(options: LoadOptions): Promise<Pick<LoadedConfig, "files" | "diagnostics">> {
  const { files, diagnostics } = await loadConfig({ ...options, loadsPlugins: false });
  const [root] = files;
  const home = root === undefined ? [] : (homeOf(root, undefined) ?? [dirname(root)]);
  const own = await Promise.all(files.map((file) => mayRead(file, home)));
  return { files: files.filter((_, index) => own[index]), diagnostics };
}

function holdsKey(file: string): Failure {
  return new Failure("invalid", `${shownPath(file)} is a file that the config takes a key from.`, {
    hint: "Name YAML files, or none to format the config and what it includes.",
  });
}

/** A link to another file of the repository stays one: what it leads to is formatted. */
async function read(path: string, file: string): Promise<{ place: string; source: string }> {
  try {
    const within = homeOf(path, undefined);
    const place = await findPlace(path, within);
    const bytes = await readProjectFile(place, { within, maxBytes: MAX_CONFIG_BYTES });
    return { place, source: bytes.toString("utf8") };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `${shownPath(file)} ${error.why}.`, {
      hint: error.hint ?? "Name YAML files, or none to format the config and what it includes.",
      cause: error,
    });
  }
}
