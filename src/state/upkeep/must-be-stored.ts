import { Failure } from "../../model/failure.js";
import type { StateStore } from "../store.js";

/** Throws when a state was never written. */
export function mustBeStored({ stored, backend }: StateStore): void {
  if (stored) return;
  throw new Failure("not-found", `There is no state in ${backend.label} yet.`, {
    hint: "The first `rollcall apply` makes it.",
  });
}
