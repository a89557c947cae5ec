import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import type { NotifierManifest } from "../../model/manifests/notifier-manifest.js";
import type { SourceManifest } from "../../model/config/source.js";
import { findDestinationKind } from "../../registry/destinations.js";
import { findNotifierKind } from "../../registry/notifiers.js";
import { findSourceKind } from "../../registry/sources.js";
import type { SchemaError } from "../../validators/validator.js";
import type { SchemaNode } from "../schema/schema-lookup.js";

/** What a project may bring plug-ins for, by the section of a config that names their types. */
export interface Manifests {
  readonly connections: DestinationManifest;
  readonly sources: SourceManifest;
  readonly notifiers: NotifierManifest;
}

export type OwnSection = keyof Manifests;

export const OWN_SECTIONS: readonly OwnSection[] = ["connections", "sources", "notifiers"];

/** A kind of destination, source or notifier that a project brings along. */
export interface OwnKind<Manifest = Manifests[OwnSection]> {
  readonly manifest: Manifest;
  /** Its type, and other words for it in a config. */
  readonly words: readonly string[];
  /** Absolute path of its module. */
  readonly module: string;
  /** What a file may say whose section has entries of this kind alone. */
  readonly schema: SchemaNode;
  /** How such a file breaks it. */
  errorsIn(file: unknown): readonly SchemaError[];
}

/** By each word that a config may have for them. */
export type KindsOf<Section extends OwnSection> = ReadonlyMap<string, OwnKind<Manifests[Section]>>;

export type Kinds = { readonly [Section in OwnSection]: KindsOf<Section> };

export interface OwnKinds {
  readonly kinds: Kinds;
  /** If not, a type that nobody knows may be that of a module which was not loaded. */
  readonly complete: boolean;
}

const NONE: Kinds = { connections: new Map(), sources: new Map(), notifiers: new Map() };

export const NO_PLUGINS: OwnKinds = { kinds: NONE, complete: true };

/** Of a checkout that nobody has reviewed, or where only the layout matters. */
export const NOT_LOADED: OwnKinds = { kinds: NONE, complete: false };

const OURS: { readonly [Section in OwnSection]: (word: string) => Manifests[Section] | undefined } = {
  connections: findDestinationKind,
  sources: findSourceKind,
  notifiers: findNotifierKind,
};

/** Whether Rollcall brings along what a section calls so. */
export function isOurs(section: OwnSection, word: string): boolean {
  return findOurs(section, word) !== undefined;
}

export function findOurs<Section extends OwnSection>(
  section: Section,
  word: string,
): Manifests[Section] | undefined {
  return OURS[section](word);
}

/** The kind that the `type` of a sound entry means, with the module that brings it. */
export function kindOf<Section extends OwnSection>(
  section: Section,
  word: string,
  own: OwnKinds,
): { readonly kind: Manifests[Section]; readonly module: string | undefined } {
  const kind = OURS[section](word);
  if (kind !== undefined) return { kind, module: undefined };
  const kinds: KindsOf<Section> = own.kinds[section];
  const found = kinds.get(word);
  if (found === undefined) throw new TypeError(`no plug-in brings ${word} for ${section}`);
  return { kind: found.manifest, module: found.module };
}
