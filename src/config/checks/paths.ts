import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config } from "../../model/config/config.js";
import { mayRead } from "../../platform/files/is-within.js";
import { backends } from "../../registry/backends.js";
import type { SecretRef } from "../../model/config/secret-ref.js";
import { isTopSection, type MergedConfig, type NamedSection } from "../files/merge.js";
import { foreignPath, type PathWords } from "../files/path-words.js";
import { pathText, type Path, type Problem } from "../diagnostics/problem.js";
import { isSecretFile } from "../secrets/secret-files.js";

/** Files and folders that the config names outside the project folder without leave. SQL files are checked before they are read. */
export async function checkPaths(config: Config, merged: MergedConfig): Promise<Problem[]> {
  const within = [config.folder, ...config.allowPaths];
  const problems: Problem[] = [];
  if (merged.allowPaths !== undefined && merged.allowPaths.document !== merged.root)
    problems.push({
      severity: "error",
      code: "allow-paths-included",
      message: "`allowPaths` is in an included file.",
      hint: "Move it to the root config file, where everybody looks for it.",
      at: ["allowPaths"],
      onKey: true,
    });
  for (const { path, at, isSecret } of named(config)) {
    const text = written(merged, at) ?? path;
    const foreign = foreignPath(text);
    if (foreign !== undefined) problems.push(foreignPathProblem(foreign, asWritten(merged, at)));
    else if (!(await mayBeNamed(text, path, within)))
      problems.push(outsidePathProblem(isSecret ? `The file of \`${pathText(at)}\`` : `\`${text}\``, at));
  }
  for (const [index, text] of listed(merged.allowPaths?.value).entries()) {
    const foreign = foreignPath(text);
    if (foreign !== undefined) problems.push(foreignPathProblem(foreign, ["allowPaths", index]));
  }
  return [...problems, ...(await secretsAsSql(config, merged))];
}

/** The engine's message about what is not SQL would quote the key. */
async function secretsAsSql(config: Config, { named: { segments } }: MergedConfig): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const [name, { document, value }] of segments) {
    const { sqlFile } = (value ?? {}) as { readonly sqlFile?: unknown };
    if (typeof sqlFile === "string" && (await isSecretFile(resolve(dirname(document.path), sqlFile), config)))
      problems.push({
        severity: "error",
        code: "path-secret",
        // What is not a file may be a key, pasted in both places.
        message: `${existsSync(resolve(dirname(document.path), sqlFile)) ? `\`${sqlFile}\`` : "This"} is a file that the config takes a key from.`,
        hint: "Name the file with the SELECT.",
        at: ["segments", name, "sqlFile"],
      });
  }
  return problems;
}

/** `what` it is that lies there; what takes the place of a secret is not repeated. */
export function outsidePathProblem(what: string, at: Path): Problem {
  return {
    severity: "error",
    code: "path-outside",
    message: `${what} leads out of the project folder.`,
    hint: "Move it beside or below the root config file, or list its folder in `allowPaths` there.",
    at,
  };
}

/** A path that only other programs understand; its text may hold a key and is not repeated. */
export function foreignPathProblem({ why, hint, isAddress }: PathWords, at: Path): Problem {
  const fixed = isAddress === true ? writtenElsewhere(at) : undefined;
  return {
    severity: "error",
    code: "path-foreign",
    message: `The path of \`${pathText(at)}\` ${why}.`,
    hint: fixed ?? hint,
    at,
  };
}

function writtenElsewhere(at: Path): string | undefined {
  if (at[0] === "state" && at[1] === "path")
    return `State that does not lie in a folder has a \`type\` of its own: ${REMOTE_STORES}.`;
  if (at[0] === "connections" && at[2] === "path")
    return "Write the lists into a folder here, and copy it in a step after `apply`.";
  return undefined;
}

const REMOTE_STORES = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(
  backends.filter(({ isOnThisMachine }) => !isOnThisMachine).map(({ type }) => `\`${type}\``),
);

function listed(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

interface NamedPath {
  /** Absolute. */
  readonly path: string;
  readonly at: Path;
  readonly isSecret?: true;
}

function named(config: Config): NamedPath[] {
  const { encryption, store } = config.state;
  const found = store.kind.pathKeys.map((key): NamedPath => ({
    path: String(store.options[key]),
    at: ["state", key],
  }));
  const secret = (ref: SecretRef | undefined, at: Path): void => {
    if (ref !== undefined && "file" in ref)
      found.push({ path: ref.file, at: [...at, "file"], isSecret: true });
  };
  for (const [key, ref] of Object.entries(store.credentials)) secret(ref, ["state", key]);
  secret(encryption?.key, ["state", "encryption", "key"]);
  for (const [index, ref] of (encryption?.previousKeys ?? []).entries())
    secret(ref, ["state", "encryption", "previousKeys", index]);
  secret(config.forget?.key, ["forget", "key"]);
  for (const { name, apiKey, options } of config.connections.values()) {
    const at = ["connections", name];
    secret(apiKey, [...at, "apiKey"]);
    if (typeof options["path"] === "string") found.push({ path: options["path"], at: [...at, "path"] });
  }
  for (const notifier of config.notifiers.values())
    for (const [key, ref] of Object.entries(notifier.secrets)) secret(ref, ["notifiers", notifier.name, key]);
  for (const source of config.sources.values()) {
    for (const [key, ref] of Object.entries(source.secrets ?? {})) secret(ref, ["sources", source.name, key]);
    const at = ["sources", source.name, "path"];
    for (const { path, index } of source.kind.pathsOf(source))
      found.push(
        index === undefined
          ? { path, at }
          : { path: resolve(source.folder, fixedPart(path)), at: [...at, index] },
      );
  }
  for (const { name, from } of config.segments.values())
    if (from.kind === "addresses") found.push({ path: from.path, at: ["segments", name, "addresses"] });
  return found;
}

/** The path as a person wrote it. */
function written(merged: MergedConfig, at: Path): string | undefined {
  const [section, name] = at;
  const entry = isTopSection(section)
    ? merged[section]
    : merged.named[section as NamedSection].get(String(name));
  let value = entry?.value;
  for (const part of at.slice(isTopSection(section) ? 1 : 2))
    // A single path may stand where a list may.
    if (typeof value !== "string") value = (value as Record<string, unknown> | undefined)?.[part];
  return typeof value === "string" ? value : undefined;
}

/** Without the index where one path stands and no list. */
function asWritten(merged: MergedConfig, at: Path): Path {
  const isListed = typeof at.at(-1) === "number";
  const [section, name] = at;
  if (!isListed || section !== "sources") return at;
  const { path } = (merged.named.sources.get(String(name))?.value ?? {}) as { readonly path?: unknown };
  return Array.isArray(path) ? at : at.slice(0, -1);
}

/** A glob without its wildcards; what these find is checked when it is found. */
function fixedPart(pattern: string): string {
  const parts = pattern.split("/");
  const wild = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
  return wild === -1 ? pattern : [...parts.slice(0, wild), ""].join("/");
}

/** Whether a path, as written and as resolved, lies where the config may point at. */
export async function mayBeNamed(text: string, path: string, within: readonly string[]): Promise<boolean> {
  // Absolute on Windows and harmless elsewhere: a config means the same on every machine.
  return !/^(\\\\|[A-Za-z]:[\\/])/.test(text) && mayRead(path, within);
}
