import { createHash } from "node:crypto";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { parse, stringify } from "yaml";
import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import type { Export, Limit } from "../model/config/export.js";
import type { Segment } from "../model/config/segment.js";
import type { Source } from "../model/config/source.js";
import { findMentioned } from "./checks/mentions.js";

/**
 * One export with everything that decides whom it sends what: for the diff of a
 * plan and for telling whether it changed. Secrets, display names, schedules
 * and rate limits are not part of it; paths are relative to the config's folder.
 */
export function definitionOf(item: Export, config: Config): { text: string; digest: string } {
  const text = stringify(plain(item, config), {
    sortMapEntries: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return { text, digest: createHash("sha256").update(text).digest("hex") };
}

/** The limit of removals that a definition made by `definitionOf` states. */
export function appliedRemovals(text: string): Limit {
  const { safeguards } = parse(text) as { safeguards?: { maxRemovals?: Partial<Limit> } };
  const { count, share } = safeguards?.maxRemovals ?? {};
  return { count, share };
}

function plain(item: Export, config: Config): object {
  const connection = config.connections.get(item.connection);
  const suppressions = [...new Set([...config.suppressions, ...(connection?.suppressions ?? [])])].sort();
  const segments = reachable([...item.segments, ...suppressions], config);
  const sources = sourcesOf(segments, config);
  return {
    connection: connection && connectionText(connection, config),
    list: item.list,
    mode: item.mode,
    match: item.match,
    consent: item.consent,
    segments: item.segments,
    suppressions,
    timezone: config.timezone,
    attributes: Object.fromEntries(item.attributes.map(({ name, ...rest }) => [name, written(rest)])),
    drift: item.drift,
    strangers: item.strangers,
    safeguards: item.safeguards,
    readBack: item.readBack,
    definitions: {
      segments: Object.fromEntries(segments.map((segment) => [segment.name, segmentText(segment, config)])),
      sources: Object.fromEntries(sources.map((source) => [source.name, sourceText(source, config)])),
    },
  };
}

function connectionText({ type, kind, options }: Connection, config: Config): object {
  const defining = kind.definingOptions.map((name) => {
    const value = options[name];
    return [name, typeof value === "string" && isAbsolute(value) ? short(value, config) : value];
  });
  return { type, ...Object.fromEntries(defining) };
}

function written({ choices, phone, ...rest }: Omit<Export["attributes"][number], "name">): object {
  return { ...rest, ...(choices.length > 0 ? { choices } : {}), ...(phone === undefined ? {} : { phone }) };
}

function segmentText({ from, email, orderBy, exclude, allowEmpty }: Segment, config: Config): object {
  const excluded = exclude.length > 0 ? { exclude: [...exclude].sort() } : {};
  return { ...originText(from, config), email, orderBy, ...excluded, ...(allowEmpty ? { allowEmpty } : {}) };
}

function originText(from: Segment["from"], config: Config): object {
  if (from.kind === "sql") return { sql: from.sql.trim() };
  if (from.kind === "where") return { source: from.source, where: from.where };
  return { addresses: short(from.path, config), column: from.column, ...from.rules };
}

function sourceText(source: Source, config: Config): object {
  const { type, minimumRows, maxAge } = source;
  const common = { type, columns: columnsText(source), minimumRows, maxAge };
  const called = (path: string): string => short(resolve(source.folder, path), config);
  return { ...common, ...source.kind.definitionOf(source, called) };
}

/** A type that stands alone is written so, as it was in definitions before anything else could be declared. */
function columnsText({ columns }: Source): object {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      Object.keys(column).length === 1 ? column.type : column,
    ]),
  );
}

function short(path: string, { folder }: Config): string {
  return relative(folder, path).split(sep).join("/");
}

/** These segments and those that they exclude or name in their SQL, and so on. */
function reachable(names: readonly string[], { segments }: Config): Segment[] {
  const found = new Map<string, Segment>();
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const segment = segments.get(name);
    if (segment === undefined || found.has(name)) continue;
    found.set(name, segment);
    queue.push(...segment.exclude, ...findMentioned(segment, segments));
  }
  return [...found.values()];
}

function sourcesOf(used: readonly Segment[], { sources }: Config): Source[] {
  const names = new Set(
    used.flatMap((segment) =>
      segment.from.kind === "where" ? [segment.from.source] : findMentioned(segment, sources),
    ),
  );
  return [...sources.values()].filter(({ name }) => names.has(name));
}
