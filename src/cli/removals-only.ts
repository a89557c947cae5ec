import { Failure } from "../model/failure.js";

/** What `--removals-only` says of itself. */
export const REMOVALS_ONLY =
  "add and update nobody, only take off who withdrew or left; also where consent of the connection is withdrawn";

interface Wishes {
  readonly removalsOnly?: boolean;
  readonly due?: boolean;
  readonly out?: string;
}

/** A schedule asks for the whole of an export, and so does a saved plan. */
export function mustBeWhole({ removalsOnly, due, out }: Wishes): void {
  if (removalsOnly !== true) return;
  const other = due === true ? "--due" : out === undefined ? undefined : "--out";
  if (other === undefined) return;
  throw new Failure("invalid", `--removals-only and ${other} do not go together.`, {
    hint: "Look at `rollcall plan --removals-only`, then run `rollcall apply --removals-only`.",
  });
}
