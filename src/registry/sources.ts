import type { SourceManifest } from "../model/config/source.js";
import { MANIFESTS } from "./sources.gen.js";

/** Kinds of sources. */
export const sources: readonly SourceManifest[] = MANIFESTS;

/** The kind that a `type` of the config means. */
export function sourceKind(type: string): SourceManifest {
  return found((kind) => kind.type === type);
}

/** The kind that reads files of text which Rollcall itself names. */
export const textFiles: SourceManifest = found((kind) => kind.readsText);

function found(is: (kind: SourceManifest) => boolean): SourceManifest {
  const kind = sources.find(is);
  if (kind === undefined) throw new TypeError("there is no such source");
  return kind;
}
