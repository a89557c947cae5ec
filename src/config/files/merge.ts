import type { ConfigDocument } from "../yaml/document.js";
import type { BrokenPaths } from "./broken-paths.js";
import type { OwnKinds } from "../plugins/own-kinds.js";
import type { Path } from "../diagnostics/problem.js";

/** One named thing (a connection, a segment …) or section, and where it stands. */
export interface Entry {
  readonly document: ConfigDocument;
  /** The way to it in that file. */
  readonly at: Path;
  readonly value: unknown;
  /** Breaks the schema, so that nothing further can be said about it. */
  readonly broken: boolean;
  /** What the chosen environment says of it; `value` has it in already. */
  readonly overlay?: Entry;
}

export const NAMED_SECTIONS = [
  "policies",
  "connections",
  "sources",
  "segments",
  "exports",
  "notifiers",
] as const;
export type NamedSection = (typeof NAMED_SECTIONS)[number];

/** Sections that are lists: those of all files follow each other. */
export const LIST_SECTIONS = ["suppressions", "moved", "removed"] as const;
export type ListSection = (typeof LIST_SECTIONS)[number];

/** What stands once in all files together. */
export const TOP_SECTIONS = [
  "plugins",
  "timezone",
  "state",
  "forget",
  "allowPaths",
  "sql",
  "approvals",
  "roles",
  "schedule",
] as const;
export type TopSection = (typeof TOP_SECTIONS)[number];

/** One checked file: its value without unknown keys, and the paths that break the schema. */
export interface CheckedFile {
  readonly document: ConfigDocument;
  readonly value: Readonly<Record<string, unknown>>;
  readonly broken: BrokenPaths;
}

/** The sections of all files, each entry with where it came from. */
export type Sections = Readonly<Record<TopSection, Entry | undefined>> & {
  readonly named: Readonly<Record<NamedSection, ReadonlyMap<string, Entry>>>;
  readonly lists: Readonly<Record<ListSection, readonly Entry[]>>;
};

/** What all files say about one environment; `document` is the first that names it. */
export type Overlays = Sections & { readonly document: ConfigDocument };

/** All files as one config that still knows where everything came from. */
export type MergedConfig = Sections & {
  readonly root: ConfigDocument;
  /** Kinds of plug-ins that its `plugins` bring. */
  readonly own: OwnKinds;
  readonly environments: ReadonlyMap<string, Overlays>;
  /** The environment whose overlays are in the entries. */
  readonly environment?: string;
  /** Exports that it leaves out. */
  readonly disabled?: ReadonlyMap<string, Entry>;
};

/** A name that two files define. */
export interface Clash {
  /** In both files. */
  readonly path: Path;
  readonly document: ConfigDocument;
  readonly other: ConfigDocument;
}

export function mergeFiles(
  files: readonly CheckedFile[],
  root: ConfigDocument,
  own: OwnKinds,
): { merged: MergedConfig; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const environments = new Map<string, Overlays>();
  const overlaid = new Map<string, CheckedFile[]>();
  for (const file of files)
    for (const [name, value] of entriesOf(file.value["environments"])) {
      const own = overlaid.get(name) ?? [];
      overlaid.set(name, own);
      own.push({ ...file, value: Object.fromEntries(entriesOf(value)) });
    }
  for (const [name, own] of overlaid) {
    const [first] = own;
    if (first === undefined) continue;
    const sections = sectionsOf(own, ["environments", name], clashes);
    environments.set(name, { ...sections, document: first.document });
  }
  return { merged: { ...sectionsOf(files, [], clashes), root, own, environments }, clashes };
}

/** `above` is the way to the sections in each file. */
function sectionsOf(files: readonly CheckedFile[], above: Path, clashes: Clash[]): Sections {
  const entry = ({ document, broken }: CheckedFile, at: Path, value: unknown): Entry => ({
    document,
    at,
    value,
    broken: broken.has(at),
  });
  const claim = (map: Map<string, Entry>, file: CheckedFile, way: Path, value: unknown): void => {
    const key = String(way.at(-1));
    const earlier = map.get(key);
    const path = [...above, ...way];
    if (earlier === undefined) map.set(key, entry(file, path, value));
    else clashes.push({ path, document: file.document, other: earlier.document });
  };
  const top = new Map<string, Entry>();
  const named = Object.fromEntries(NAMED_SECTIONS.map((section) => [section, new Map<string, Entry>()])) as {
    [Section in NamedSection]: Map<string, Entry>;
  };
  for (const file of files) {
    for (const section of NAMED_SECTIONS)
      for (const [name, value] of entriesOf(file.value[section]))
        claim(named[section], file, [section, name], value);
    for (const key of TOP_SECTIONS)
      if (file.value[key] !== undefined) claim(top, file, [key], file.value[key]);
  }
  const listed = (section: ListSection): Entry[] =>
    files.flatMap((file) => {
      const items = file.value[section];
      return (Array.isArray(items) ? items : []).map((value: unknown, index) =>
        entry(file, [...above, section, index], value),
      );
    });
  return {
    ...(Object.fromEntries(TOP_SECTIONS.map((key) => [key, top.get(key)])) as Pick<MergedConfig, TopSection>),
    named,
    lists: { suppressions: listed("suppressions"), moved: listed("moved"), removed: listed("removed") },
  };
}

function entriesOf(section: unknown): [string, unknown][] {
  return typeof section === "object" && section !== null && !Array.isArray(section)
    ? Object.entries(section)
    : [];
}

/** A section that stands once in all files together. */
export function isTopSection(section: Path[number] | undefined): section is TopSection {
  return (TOP_SECTIONS as readonly unknown[]).includes(section);
}

/** The file that holds a path of the merged config, and the path in that file. */
export function fileOf(merged: MergedConfig, path: Path): { document: ConfigDocument; path: Path } {
  const [section, name] = path;
  if (section === "environments") {
    const overlays = merged.environments.get(String(name));
    const entry = overlays && entryAt(overlays, path.slice(2));
    if (entry !== undefined) return placeIn(entry.entry, entry.rest);
    const first = overlays ?? [...merged.environments.values()][0];
    return { document: first?.document ?? merged.root, path };
  }
  const found = entryAt(merged, path);
  return found === undefined ? { document: merged.root, path } : placeIn(found.entry, found.rest);
}

function entryAt(sections: Sections, path: Path): { entry: Entry; rest: Path } | undefined {
  const [section, name] = path;
  const entry = isTopSection(section)
    ? sections[section]
    : (LIST_SECTIONS as readonly unknown[]).includes(section)
      ? sections.lists[section as ListSection][Number(name)]
      : sections.named[section as NamedSection]?.get(String(name));
  return entry && { entry, rest: path.slice(isTopSection(section) ? 1 : 2) };
}

/** Where a part of an entry stands: in the environment's overlay if that is who says it. */
function placeIn({ document, at, overlay }: Entry, rest: Path): { document: ConfigDocument; path: Path } {
  if (overlay !== undefined && says(overlay.value, rest)) return placeIn(overlay, rest);
  return { document, path: [...at, ...rest] };
}

function says(value: unknown, rest: Path): boolean {
  const [key, ...further] = rest;
  if (key === undefined || typeof value !== "object" || value === null) return false;
  if (!Object.hasOwn(value, key)) return false;
  const inner = (value as Readonly<Record<string, unknown>>)[key];
  return further.length === 0 || typeof inner !== "object" || inner === null || says(inner, further);
}
