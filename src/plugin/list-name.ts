import type { DestinationType } from "../model/connection.js";
import { Failure } from "../model/failure.js";
import { listNameFault } from "../model/list-name.js";

/** Throws what `validate` would have said of the name of a list that is to be created. */
export function mustBeListName(
  type: DestinationType,
  spec: { readonly name: string; readonly folder: string | undefined },
): void {
  const fault = listNameFault(type, spec);
  if (fault !== undefined) throw new Failure("invalid", fault.message, { hint: fault.hint });
}
