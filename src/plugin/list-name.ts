import type { DestinationManifest } from "../model/manifests/destination-manifest.js";
import { Failure } from "../model/failure.js";
import type { ListSpec } from "../model/manifests/list-name.js";

/** Throws what `validate` would have said of the name of a list that is to be created. */
export function mustBeListName({ listNameFault }: DestinationManifest, spec: ListSpec): void {
  const fault = listNameFault(spec);
  if (fault !== undefined) throw new Failure("invalid", fault.message, { hint: fault.hint });
}
