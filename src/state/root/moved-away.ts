import { Failure } from "../../model/failure.js";
import type { StateRoot } from "./root.gen.js";

/** Throws when a state was moved to another place: two machines must not go on with two of them. */
export function mustBeHere({ movedTo }: StateRoot, label: string): void {
  if (movedTo === undefined) return;
  const { place, at, actor } = movedTo;
  throw new Failure("conflict", `the state in ${label} was moved to ${place} by ${actor} at ${at}`, {
    hint:
      "Nothing was changed. Use the configuration whose `state:` names that place. If the move was cut off before it ended, " +
      "`rollcall state migrate` finishes it.",
  });
}
