import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { findMatches } from "../../platform/files/find-matches.js";
import { mayRead } from "../../platform/files/is-within.js";
import { decodeUtf8 } from "../../platform/files/decode-text.js";
import {
  MAX_CONFIG_BYTES,
  readProjectFile,
  type AllowedFolders,
} from "../../platform/files/open-project-file.js";
import type { ConfigPlace } from "./discover.js";
import { positionOf, type ConfigDocument } from "../yaml/document.js";
import { MAX_CONFIG_CHARACTERS, MAX_CONFIG_VALUES, MAX_FILES, MAX_INCLUDE_DEPTH } from "../limits.js";
import { locatePath } from "../yaml/locate.js";
import { foreignPath } from "./path-words.js";
import { parseConfigText } from "../yaml/parse.js";
import type { Finding } from "../diagnostics/problem.js";

/** A file of the config with what it says. */
export interface ReadFile {
  readonly document: ConfigDocument | undefined;
  /** Undefined when the file is not sound YAML. */
  readonly value: unknown;
  /** How many keys and items it holds. */
  readonly values: number;
  /** What is wrong with the file as such; the rules of the config come later. */
  readonly diagnostics: readonly Finding[];
}

/**
 * The root file and everything it includes, each file once, in the order in
 * which they are named. Files keep the path by which they were reached, because
 * relative paths in them start there; two paths to one file are one file.
 * `allowPaths` stands for what the root file says of them itself.
 */
export async function readTree(
  { path: root, within: home }: ConfigPlace,
  label: Labeller,
  signal: AbortSignal,
  allowPaths?: unknown,
): Promise<ReadFile[]> {
  const files = new Map<string, ReadFile>();
  const own = [dirname(root)];
  const within = [...own];
  const size = { patterns: 0, characters: 0, values: 0 };
  const visit = async (file: Found, chain: readonly Found[]): Promise<void> => {
    signal.throwIfAborted();
    const read = await readConfigFile(file.path, label, chain.length === 0 ? home : within);
    const document =
      read.document && (await mayRead(file.path, home ?? own))
        ? read.document
        : read.document && { ...read.document, foreign: true };
    const diagnostics = [...read.diagnostics];
    files.set(file.real, { ...read, document, diagnostics });
    if (document === undefined) return;
    size.characters += document.text.length;
    size.values += read.values;
    if (chain.length === 0)
      within.push(
        ...textsOf(allowPaths ?? allowPathsOf(read.value)).map((path) => resolve(dirname(root), path)),
      );
    const ancestors = [...chain, file];
    for (const [index, pattern] of includesOf(read.value).entries()) {
      const complain = (code: string, message: string, hint: string): void => {
        const position = positionOf(document, ...locatePath(document, ["include", index]));
        diagnostics.push({ severity: "error", code, message, hint, position });
      };
      const excess = (size.patterns += 1) > MAX_FILES || chain.length >= MAX_INCLUDE_DEPTH;
      if (excess) return complain("include-limit", TOO_MANY, FEWER);
      const foreign = foreignPath(pattern);
      if (foreign !== undefined) {
        complain("path-foreign", `The path of \`include[${index}]\` ${foreign.why}.`, foreign.hint);
        continue;
      }
      for (const next of await matches(pattern, file.path, within, complain)) {
        const start = ancestors.findIndex(({ real }) => real === next.real);
        const round = [...ancestors.slice(start), next].map(({ path }) => label(path));
        if (start !== -1) complain("include-cycle", cycleText(round), "Take one of these includes out.");
        if (start !== -1 || files.has(next.real)) continue;
        if (files.size >= MAX_FILES || isOver(size)) return complain("include-limit", TOO_MANY, FEWER);
        await visit(next, ancestors);
      }
    }
  };
  await visit(await foundAt(root), []);
  return [...files.values()];
}

function isOver({ characters, values }: { readonly characters: number; readonly values: number }): boolean {
  return characters > MAX_CONFIG_CHARACTERS || values > MAX_CONFIG_VALUES;
}

const TOO_MANY =
  `The config is too large: it may have ${MAX_FILES} files and patterns in \`include\`, ${MAX_INCLUDE_DEPTH} includes inside each other, ` +
  `${MAX_CONFIG_CHARACTERS} characters and ${MAX_CONFIG_VALUES} keys and items.`;
const FEWER =
  "What follows is not read. Make several projects of it, or move people and values into sources.";

interface Found {
  readonly path: string;
  /** Without symbolic links. */
  readonly real: string;
}

async function foundAt(path: string): Promise<Found> {
  return { path, real: await realpath(path).catch(() => path) };
}

function cycleText(round: readonly string[]): string {
  return round.length === 2
    ? "The file includes itself."
    : `The files include each other: ${round.join(" → ")}.`;
}

/** How a file is called in front of people. */
export type Labeller = (path: string) => string;

export function createLabeller(cwd: string): Labeller {
  return (path) => {
    const short = relative(cwd, path);
    return short === "" || isAbsolute(short) || short.startsWith(`..${sep}..`)
      ? path
      : short.split(sep).join("/");
  };
}

/** One file as sound YAML, or what is wrong with it. */
export async function readConfigFile(
  path: string,
  label: Labeller,
  within: AllowedFolders,
): Promise<ReadFile> {
  const file = label(path);
  const unread = (code: string, message: string, hint: string, line?: number): ReadFile => {
    const diagnostic: Finding = { severity: "error", code, message, hint };
    const diagnostics = [
      line === undefined ? diagnostic : { ...diagnostic, position: { file, line, column: 1 } },
    ];
    return { document: undefined, value: undefined, values: 0, diagnostics };
  };
  let bytes: Uint8Array;
  try {
    bytes = await readProjectFile(path, { within, maxBytes: MAX_CONFIG_BYTES });
  } catch (error) {
    if (!(error instanceof FileFault) || error.reason === "exists") throw error;
    const [code, hint] = UNREAD[error.reason];
    return unread(code, `${shownPath(file)} ${error.why}.`, error.hint ?? hint);
  }
  const decoded = decodeUtf8(bytes);
  if ("badLine" in decoded)
    return unread("not-utf8", `${file} is not UTF-8 text.`, "Save it as UTF-8.", decoded.badLine);
  const { document, value, values, faults } = parseConfigText(path, file, decoded.text);
  const diagnostics = faults.map(({ from, to, ...said }): Finding => {
    const position =
      document === undefined
        ? { file, line: decoded.text.slice(0, from).split("\n").length, column: 1 }
        : positionOf(document, from, to);
    return { severity: "error", ...said, position };
  });
  return { document, value, values, diagnostics };
}

const UNREAD: Readonly<
  Record<Exclude<FileFault["reason"], "exists">, readonly [code: string, hint: string]>
> = {
  missing: ["config-not-found", "Check the path."],
  outside: [
    "config-outside",
    "What a repository holds stays in it, links followed. Put the file there, or name the one that is meant with --config.",
  ],
  "not-a-file": ["config-not-found", "Name a file with YAML in it."],
  "too-large": ["config-too-large", "Split it, or check what the file is."],
  changed: ["config-unreadable", "Run again."],
  unreadable: ["config-unreadable", "Check the path and its permissions."],
};

function includesOf(value: unknown): string[] {
  return textsOf((value as { include?: unknown } | null | undefined)?.include);
}

function allowPathsOf(value: unknown): unknown {
  return (value as { allowPaths?: unknown } | null | undefined)?.allowPaths;
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

async function matches(
  pattern: string,
  from: string,
  within: readonly string[],
  complain: (code: string, message: string, hint: string) => void,
): Promise<Found[]> {
  const outside = (): void =>
    complain(
      "include-outside",
      `The include \`${pattern}\` leads out of the project folder.`,
      "Keep included files beside or below the root config file, or list their folder in `allowPaths` there.",
    );
  let found: string[];
  try {
    found = await findMatches(pattern, { folder: dirname(from), within, outside: "refuse" });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.reason === "outside") outside();
    else
      complain(
        "include-unreadable",
        `The include \`${pattern}\`: ${error.message}`,
        "Check its permissions.",
      );
    return [];
  }
  if (found.length === 0)
    complain(
      "include-empty",
      `The include \`${pattern}\` matches no file.`,
      "Globs are relative to the file they are in.",
    );
  const files = await Promise.all(found.map(foundAt));
  const inside: Found[] = [];
  for (const file of files) if (await mayRead(file.path, within)) inside.push(file);
  if (inside.length < files.length) outside();
  return inside;
}
