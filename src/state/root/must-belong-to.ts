import { Failure } from "../../model/failure.js";
import type { StateRoot } from "./root.gen.js";

/**
 * Throws when a state was written for another environment than the chosen one:
 * its record of who is on which list is not true here. One that no environment
 * has written to yet becomes the chosen one's.
 */
export function mustBelongTo(
  environment: string | undefined,
  { environment: owner }: StateRoot,
  label: string,
): void {
  if (owner === undefined || owner === environment) return;
  const chosen = environment === undefined ? "no environment is chosen" : `\`${environment}\` is chosen`;
  throw new Failure(
    "conflict",
    `the state in ${label} belongs to the environment \`${owner}\`, and ${chosen}`,
    {
      hint: "Nothing was changed. Choose that environment with --env, or give this one a place of its own in `environments.NAME.state`.",
    },
  );
}
