import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { ownValue } from "../../model/own-value.js";

/** What the destination calls the field, as far as that is sure; destinations tell no case apart. */
export function fieldName({ fieldNames }: DestinationManifest, attribute: string): string {
  return (ownValue(fieldNames, attribute) ?? attribute).toLowerCase();
}
