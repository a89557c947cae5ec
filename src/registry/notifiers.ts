import type { NotifierManifest } from "../model/manifests/notifier-manifest.js";
import { MANIFESTS } from "./notifiers.gen.js";

/** Kinds of notifiers. */
export const notifiers: readonly NotifierManifest[] = MANIFESTS;

/** The kind that a `type` of the config means. */
export function notifierKind(type: string): NotifierManifest {
  const found = notifiers.find((kind) => kind.type === type);
  if (found === undefined) throw new TypeError(`there is no notifier ${type}`);
  return found;
}
