import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { findDestinationKind } from "../../registry/destinations.js";
import type { SchemaError } from "../../validators/validator.js";
import type { SchemaNode } from "../schema/schema-lookup.js";

/** A kind of destination that a project brings along. */
export interface OwnDestination {
  readonly manifest: DestinationManifest;
  /** Absolute path of its module. */
  readonly module: string;
  /** What a file may say whose connections are all of this kind. */
  readonly schema: SchemaNode;
  /** How such a file breaks it. */
  errorsIn(file: unknown): readonly SchemaError[];
}

export interface OwnDestinations {
  readonly kinds: ReadonlyMap<string, OwnDestination>;
  /** If not, a type that nobody knows may be that of a module which was not loaded. */
  readonly complete: boolean;
}

export const NO_PLUGINS: OwnDestinations = { kinds: new Map(), complete: true };

/** Of a checkout that nobody has reviewed, or where only the layout matters. */
export const NOT_LOADED: OwnDestinations = { kinds: new Map(), complete: false };

/** The kind that a `type` of the config means, with the module that brings it. */
export function kindOf(
  type: string,
  own: OwnDestinations,
): { readonly kind: DestinationManifest; readonly module: string | undefined } | undefined {
  const kind = findDestinationKind(type);
  if (kind !== undefined) return { kind, module: undefined };
  const found = own.kinds.get(type);
  return found && { kind: found.manifest, module: found.module };
}
