import type { NotifierManifest } from "../model/manifests/notifier-manifest.js";
import { MANIFESTS } from "./notifiers.gen.js";

/** Kinds of notifiers that Rollcall brings along. */
export const notifiers: readonly NotifierManifest[] = MANIFESTS;

/** The kind that a `type` of the config means. */
export function findNotifierKind(word: string): NotifierManifest | undefined {
  return notifiers.find(({ type }) => type === word);
}
