import { Failure } from "../model/failure.js";
import { findWrittenAddresses } from "../model/written-address.js";

/** Where an address stands that restrains somebody, and what can be done about it there. */
export interface RestraintEntry {
  /** Begins a sentence; names a place and no person. */
  readonly where: string;
  readonly hint: string;
  readonly kind: "invalid" | "permanent";
}

/** Keys of all whom an entry restrains. Throws when nobody can tell: passed over, it would let them go. */
export function restrainedKeys(address: string, entry: () => RestraintEntry): readonly string[] {
  const keys = findWrittenAddresses(address);
  if (keys !== "unreadable" && keys.length > 0) return keys;
  const { where, hint, kind } = entry();
  const message = `${where} is an opt-out whose address cannot be read for certain, so that nobody can tell whom it means.`;
  throw new Failure(kind, message, { hint });
}
