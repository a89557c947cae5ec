import type { ConfigDocument } from "./document.js";
import type { Path } from "./problem.js";

/** One named thing (a connection, a segment …) and the file that defines it. */
export interface Entry {
  readonly document: ConfigDocument;
  readonly value: unknown;
  /** Breaks the schema, so that nothing further can be said about it. */
  readonly broken: boolean;
}

export const NAMED_SECTIONS = ["connections", "sources", "segments", "exports", "notifiers"] as const;
export type NamedSection = (typeof NAMED_SECTIONS)[number];

/** Sections that are lists: those of all files follow each other. */
export const LIST_SECTIONS = ["suppressions", "moved", "removed"] as const;
export type ListSection = (typeof LIST_SECTIONS)[number];

/** What stands once in all files together. */
const TOP_SECTIONS = ["timezone", "state", "forget", "allowPaths", "sql", "approvals", "schedule"] as const;

/** One checked file: its value without unknown keys, and the paths that break the schema. */
export interface CheckedFile {
  readonly document: ConfigDocument;
  readonly value: Readonly<Record<string, unknown>>;
  readonly broken: readonly Path[];
}

/** All files as one config that still knows where everything came from. */
export interface Merged {
  readonly root: ConfigDocument;
  readonly named: Readonly<Record<NamedSection, ReadonlyMap<string, Entry>>>;
  /** `index` is the place in the file's own list. */
  readonly lists: Readonly<Record<ListSection, readonly (Entry & { readonly index: number })[]>>;
  readonly timezone: Entry | undefined;
  readonly state: Entry | undefined;
  readonly forget: Entry | undefined;
  readonly allowPaths: Entry | undefined;
  readonly sql: Entry | undefined;
  readonly approvals: Entry | undefined;
  readonly schedule: Entry | undefined;
}

/** A name that two files define. */
export interface Clash {
  readonly path: Path;
  readonly document: ConfigDocument;
  readonly other: ConfigDocument;
}

export function mergeFiles(
  files: readonly CheckedFile[],
  root: ConfigDocument,
): { merged: Merged; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const isBroken = (file: CheckedFile, path: Path): boolean =>
    file.broken.some((at) => path.every((part, index) => String(at[index]) === String(part)));
  const claim = (map: Map<string, Entry>, file: CheckedFile, path: Path, value: unknown): void => {
    const key = String(path.at(-1));
    const earlier = map.get(key);
    const broken = isBroken(file, path);
    if (earlier === undefined) map.set(key, { document: file.document, value, broken });
    else clashes.push({ path, document: file.document, other: earlier.document });
  };
  const top = new Map<string, Entry>();
  const named = {
    connections: new Map(),
    sources: new Map(),
    segments: new Map(),
    exports: new Map(),
    notifiers: new Map(),
  };
  for (const file of files) {
    for (const section of NAMED_SECTIONS)
      for (const [name, value] of entriesOf(file.value[section]))
        claim(named[section], file, [section, name], value);
    for (const key of TOP_SECTIONS)
      if (file.value[key] !== undefined) claim(top, file, [key], file.value[key]);
  }
  const listed = (section: ListSection): (Entry & { index: number })[] =>
    files.flatMap((file) => {
      const items = file.value[section];
      return (Array.isArray(items) ? items : []).map((value: unknown, index) => ({
        document: file.document,
        value,
        broken: isBroken(file, [section, index]),
        index,
      }));
    });
  const lists = {
    suppressions: listed("suppressions"),
    moved: listed("moved"),
    removed: listed("removed"),
  };
  return {
    merged: {
      root,
      named,
      lists,
      timezone: top.get("timezone"),
      state: top.get("state"),
      forget: top.get("forget"),
      allowPaths: top.get("allowPaths"),
      sql: top.get("sql"),
      approvals: top.get("approvals"),
      schedule: top.get("schedule"),
    },
    clashes,
  };
}

function entriesOf(section: unknown): [string, unknown][] {
  return typeof section === "object" && section !== null && !Array.isArray(section)
    ? Object.entries(section)
    : [];
}

/** A section that stands once in all files together. */
export function isTop(section: Path[number] | undefined): section is (typeof TOP_SECTIONS)[number] {
  return (TOP_SECTIONS as readonly unknown[]).includes(section);
}

/** The file that holds a path of the merged config, and the path in that file. */
export function fileOf(merged: Merged, path: Path): { document: ConfigDocument; path: Path } {
  const [section, name] = path;
  if ((LIST_SECTIONS as readonly unknown[]).includes(section) && name !== undefined) {
    const item = merged.lists[section as ListSection][Number(name)];
    if (item !== undefined)
      return { document: item.document, path: [section as ListSection, item.index, ...path.slice(2)] };
  }
  if (isTop(section)) return { document: merged[section]?.document ?? merged.root, path };
  const entry = merged.named[section as NamedSection]?.get(String(name));
  return { document: entry?.document ?? merged.root, path };
}
