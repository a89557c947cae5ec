import type { SourceManifest } from "../model/config/source.js";
import { MANIFESTS } from "./sources.gen.js";

/** Kinds of sources that Rollcall brings along. */
export const sources: readonly SourceManifest[] = MANIFESTS;

/** The kind that a `type` of the config means. */
export function findSourceKind(word: string): SourceManifest | undefined {
  return sources.find(({ type }) => type === word);
}

/** The kind that reads files of text which Rollcall itself names. */
export const textFiles: SourceManifest = theOneForText();

function theOneForText(): SourceManifest {
  const kind = sources.find(({ readsText }) => readsText);
  if (kind === undefined) throw new TypeError("there is no source that reads text");
  return kind;
}
