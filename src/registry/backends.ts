import type { StoreManifest } from "../model/manifests/store-manifest.js";
import { MANIFESTS } from "./backends.gen.js";

/** Kinds of stores of state. */
export const backends: readonly StoreManifest[] = MANIFESTS;

/** The kind that keeps state in a folder of this machine. */
export const folders: StoreManifest = findFolders();

function findFolders(): StoreManifest {
  const kind = backends.find(({ isOnThisMachine }) => isOnThisMachine);
  if (kind === undefined) throw new TypeError("there is no store on this machine");
  return kind;
}

/** The kind that a `type` of the config means, or that is meant without one. */
export function backendKind(type: string | undefined): StoreManifest {
  const found = backends.find((kind) => (type === undefined ? kind.isDefault : kind.type === type));
  if (found === undefined) throw new TypeError(`there is no store ${type}`);
  return found;
}
