import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { backendKind } from "../../registry/backends.js";
import type { Entry, NamedSection, TopSection } from "../files/merge.js";
import { KEEPING } from "../schema/state-schema.js";

type Keys = Readonly<Record<string, unknown>>;

/** Statements that hold only as a whole: half of one beside half of another would say what nobody wrote. */
const WHOLE = new Set(["dataPrivacy", "list"]);

/** An entry with what an environment says of it. Relative paths in the result start at the file of the entry. */
export function overlayEntry(section: NamedSection | TopSection, base: Entry, overlay: Entry): Entry {
  const below = section === "state" ? besideStore(base.value, overlay.value) : base.value;
  const value = merged(below, moved(section, base, overlay));
  return { ...base, value, broken: base.broken || overlay.broken, overlay };
}

/** What the state of one kind has of another: the bucket of one is not a key of the other. */
function besideStore(base: unknown, overlay: unknown): unknown {
  if (!isMapping(base) || !isMapping(overlay) || !Object.hasOwn(overlay, "type")) return base;
  if (overlay["type"] === (base["type"] ?? backendKind(undefined).type)) return base;
  return Object.fromEntries(Object.entries(base).filter(([key]) => Object.hasOwn(KEEPING, key)));
}

/** Mappings are merged key by key; anything else takes the place of what was there. */
function merged(base: unknown, overlay: unknown, key = ""): unknown {
  if (!isMapping(base) || !isMapping(overlay) || WHOLE.has(key) || isSecret(overlay)) return overlay;
  const result = new Map(Object.entries(base));
  for (const [name, value] of Object.entries(overlay))
    result.set(name, merged(result.get(name), value, name));
  return Object.fromEntries(result);
}

/** The overlay's value as the file of the entry would have to write it. */
function moved(section: NamedSection | TopSection, base: Entry, { document, value }: Entry): unknown {
  const [from, to] = [dirname(document.path), dirname(base.document.path)];
  if (from === to) return value;
  const way = (text: string): string =>
    isAbsolute(text) ? text : relative(to, resolve(from, text)).split(sep).join("/");
  const hasData = section === "connections" || section === "sources";
  const own =
    hasData && isMapping(value) && "path" in value ? { ...value, path: each(value["path"], way) } : value;
  return withSecrets(own, way);
}

function withSecrets(value: unknown, way: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withSecrets(item, way));
  if (!isMapping(value)) return value;
  if (isSecret(value)) return "file" in value ? { ...value, file: each(value["file"], way) } : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecrets(inner, way)]));
}

function each(value: unknown, way: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => each(item, way));
  return typeof value === "string" ? way(value) : value;
}

function isMapping(value: unknown): value is Keys {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSecret(value: Keys): boolean {
  return ["env", "file", "command"].some((key) => Object.hasOwn(value, key));
}
