import type { DestinationManifest } from "../model/manifests/destination-manifest.js";
import { MANIFESTS } from "./destinations.gen.js";

/** Kinds of destinations that Rollcall brings along; services first. */
export const destinations: readonly DestinationManifest[] = MANIFESTS.toSorted(
  (one, other) => Number(other.isService) - Number(one.isService),
);

/** The kind that a `type` of the config means. */
export function findDestinationKind(word: string): DestinationManifest | undefined {
  return destinations.find(({ type, aliases }) => type === word || aliases.includes(word));
}
