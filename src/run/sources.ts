import { dirname } from "node:path";
import { isSecretFile } from "../config/secrets/secret-files.js";
import type { Config } from "../model/config/config.js";
import { AwaitsTrust } from "../model/awaits-trust.js";
import { Failure } from "../model/failure.js";
import type { Source, SourceBase } from "../model/config/source.js";
import type { Segment } from "../model/config/segment.js";
import type { SourceContext, SourcePlugin, SourceRead } from "../plugin/source.js";
import type { TextReader } from "../plugin/text-reader.js";
import { PLUGINS } from "../registry/sources.gen.js";
import { textFiles } from "../registry/sources.js";
import { addressesView } from "../reconcile/compile/compile-segments.js";
import { openOwnSource } from "./own/source.js";
import { resolveSecrets } from "./resolve-secrets.js";

/** What those who open sources have at hand. */
type Given = Pick<SourceContext, "shared" | "signal">;

/** Opens a source with the plug-in of its type. */
export async function openSource(config: Config, source: Source, given: Given): Promise<SourceRead> {
  const read = await openRead(config, source, given);
  for (const path of read.files)
    if (await isSecretFile(path, config))
      throw new Failure("invalid", `Source "${source.name}" reads a file that the config takes a key from.`, {
        hint: "A key is not data. Name the file with people in it.",
      });
  return read;
}

async function openRead(config: Config, source: Source, { shared, signal }: Given): Promise<SourceRead> {
  const { name, type, module, secrets: refs = {} } = source;
  const { folder } = config;
  if (source.needsTrust === true)
    throw new AwaitsTrust(`Source "${name}" needs trust: ${whyNotOpened(source)}.`);
  const secrets = await resolveSecrets(refs, { folder, signal, place: `sources.${name}` });
  const context = { within: foldersOf(config), secrets, shared, signal };
  if (module !== undefined) return openOwnSource(source, module, context);
  return (await loadPlugin(type)).open(source, context);
}

function whyNotOpened({ kind }: Source): string {
  return kind.startsProgram === true
    ? "it starts a program, and --untrusted starts none"
    : "the base branch does not have it";
}

async function loadPlugin(type: string): Promise<SourcePlugin> {
  const load = PLUGINS[type];
  if (load === undefined) throw new TypeError(`there is no source ${type}`);
  return load();
}

/** Where what a config names may lie. */
function foldersOf({ folder, allowPaths }: Config): readonly string[] {
  return [folder, ...allowPaths];
}

/** What the kind of source knows of texts that reads those which Rollcall itself names. */
export async function loadTextReader(): Promise<TextReader> {
  const { text } = await loadPlugin(textFiles.type);
  if (text === undefined) throw new TypeError(`the source ${textFiles.type} reads no text`);
  return text;
}

/** The source behind an engine name: a declared one, or a segment's file of addresses. */
export function sourceByEngineName(config: Config, name: string): Source {
  const source = config.sources.get(name);
  if (source !== undefined) return source;
  for (const segment of config.segments.values()) {
    if (addressesView(segment.name) === name && segment.from.kind === "addresses")
      return addressesSource(segment.name, segment.from);
  }
  throw new Failure("invalid", `There is no source "${name}" any more.`);
}

/** Where a segment's file of addresses has lines that name nobody for certain; none when its lines cannot be known. */
export async function findLinesInDoubt(config: Config, segment: Segment, most: number): Promise<string[]> {
  if (segment.from.kind !== "addresses" || !isPlainText(segment.from)) return [];
  const source = addressesSource(segment.name, segment.from);
  return (await loadTextReader()).linesInDoubt(source, foldersOf(config), most);
}

/** Formats that name their columns themselves. */
const KNOWN = /\.(jsonl|ndjson|json|parquet)(\.gz|\.zst)?$/i;

type AddressFile = Extract<Segment["from"], { kind: "addresses" }>;

/** One address a line, unless its lines show otherwise. */
function isPlainText({ path, column }: AddressFile): boolean {
  return column === undefined && !KNOWN.test(path);
}

function addressesSource(segment: string, from: AddressFile): Source {
  const { path, rules } = from;
  const format = KNOWN.test(path) ? undefined : isPlainText(from) ? "addresses" : "csv";
  return textSource(
    { path, format, ...rules },
    {
      name: addressesView(segment),
      folder: dirname(path),
      columns: {},
      minimumRows: undefined,
      maxAge: undefined,
      holds: "addresses",
    },
  );
}

/** A source that is a file of text which Rollcall itself names. */
export function textSource(written: Readonly<Record<string, unknown>>, base: SourceBase): Source {
  return textFiles.sourceOf(written, base);
}
