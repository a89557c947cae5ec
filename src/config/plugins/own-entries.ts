import type { Path } from "../diagnostics/problem.js";
import { isMapping } from "./is-mapping.js";
import { isOurs, OWN_SECTIONS, type OwnKind, type OwnKinds, type OwnSection } from "./own-kinds.js";

/** A file of a config, and the entries in it that the config's own schema does not know. */
export interface Apart {
  readonly rest: unknown;
  readonly own: readonly { readonly kind: OwnKind; readonly file: object }[];
  /** Entries whose type may be that of a module which was not loaded. */
  readonly unknown: readonly Path[];
}

/** Takes the connections, sources and notifiers out whose type a plug-in of the project brings. */
export function withoutOwnEntries(value: unknown, kinds: OwnKinds): Apart {
  if (!isMapping(value)) return { rest: value, own: [], unknown: [] };
  const taken = OWN_SECTIONS.map((section) => takenFrom(section, value[section], kinds)).filter(
    (one) => one !== undefined,
  );
  return {
    rest: { ...value, ...Object.fromEntries(taken.map(({ section, rest }) => [section, rest])) },
    own: taken.flatMap(({ own }) => own),
    unknown: taken.flatMap(({ unknown }) => unknown),
  };
}

/** Undefined where there is nothing to take. */
function takenFrom(section: OwnSection, value: unknown, own: OwnKinds) {
  const kinds: ReadonlyMap<string, OwnKind> = own.kinds[section];
  if (!isMapping(value) || (own.complete && kinds.size === 0)) return undefined;
  const entries = Object.entries(value).map(([name, entry]) => {
    const type = isMapping(entry) && typeof entry["type"] === "string" ? entry["type"] : undefined;
    const kind = type === undefined ? undefined : kinds.get(type);
    const isUnknown = !own.complete && type !== undefined && kind === undefined && !isOurs(section, type);
    return { name, entry, kind, isUnknown };
  });
  const named = (some: typeof entries): object =>
    Object.fromEntries(some.map(({ name, entry }) => [name, entry]));
  return {
    section,
    rest: named(entries.filter(({ kind, isUnknown }) => kind === undefined && !isUnknown)),
    own: [...new Set(kinds.values())].map((kind) => ({
      kind,
      file: { [section]: named(entries.filter((one) => one.kind === kind)) },
    })),
    unknown: entries.filter(({ isUnknown }) => isUnknown).map(({ name }): Path => [section, name]),
  };
}
