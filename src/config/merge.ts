import type { ConfigDocument } from "./document.js";
import type { Path } from "./problem.js";

/** One named thing (a connection, a segment …) and the file that defines it. */
export interface Entry {
  readonly document: ConfigDocument;
  readonly value: unknown;
  /** Breaks the schema, so that nothing further can be said about it. */
  readonly broken: boolean;
}

export const NAMED_SECTIONS = ["connections", "sources", "segments", "exports"] as const;
export type NamedSection = (typeof NAMED_SECTIONS)[number];

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
  readonly suppressions: readonly {
    readonly name: string;
    readonly document: ConfigDocument;
    readonly index: number;
  }[];
  readonly timezone: Entry | undefined;
  readonly state: Entry | undefined;
  readonly forget: Entry | undefined;
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
  const claim = (map: Map<string, Entry>, file: CheckedFile, path: Path, value: unknown): void => {
    const key = String(path.at(-1));
    const earlier = map.get(key);
    const broken = file.broken.some((at) => path.every((part, index) => at[index] === part));
    if (earlier === undefined) map.set(key, { document: file.document, value, broken });
    else clashes.push({ path, document: file.document, other: earlier.document });
  };
  const top = new Map<string, Entry>();
  const named = { connections: new Map(), sources: new Map(), segments: new Map(), exports: new Map() };
  for (const file of files) {
    for (const section of NAMED_SECTIONS)
      for (const [name, value] of entriesOf(file.value[section]))
        claim(named[section], file, [section, name], value);
    for (const key of ["timezone", "state", "forget"])
      if (file.value[key] !== undefined) claim(top, file, [key], file.value[key]);
  }
  const suppressions = files.flatMap(({ document, value }) =>
    (Array.isArray(value["suppressions"]) ? value["suppressions"] : []).map((name: unknown, index) => ({
      name: String(name),
      document,
      index,
    })),
  );
  return {
    merged: {
      root,
      named,
      suppressions,
      timezone: top.get("timezone"),
      state: top.get("state"),
      forget: top.get("forget"),
    },
    clashes,
  };
}

function entriesOf(section: unknown): [string, unknown][] {
  return typeof section === "object" && section !== null && !Array.isArray(section)
    ? Object.entries(section)
    : [];
}

/** The file that holds a path of the merged config, and the path in that file. */
export function fileOf(merged: Merged, path: Path): { document: ConfigDocument; path: Path } {
  const [section, name] = path;
  if (section === "suppressions" && name !== undefined) {
    const item = merged.suppressions[Number(name)];
    if (item !== undefined) return { document: item.document, path: [section, item.index] };
  }
  if (section === "timezone" || section === "state" || section === "forget")
    return { document: merged[section]?.document ?? merged.root, path };
  const entry = merged.named[section as NamedSection]?.get(String(name));
  return { document: entry?.document ?? merged.root, path };
}
