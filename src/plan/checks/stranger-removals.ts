import { counted } from "../../model/counted.js";
import type { Export } from "../../model/export.js";
import type { Check, Counts } from "../../model/plan.js";
import { allowed, allowedBy } from "./safeguards.js";

/** People who are not ours are taken off a list only as far as the config says in so many words. */
export function checkStrangerRemovals({ safeguards }: Export, counts: Counts, recorded: number): Check[] {
  const most = allowedBy(safeguards.maxStrangerRemovals, recorded) ?? 0;
  if (counts.strangerRemovals <= most) return [];
  return [
    {
      name: "max-stranger-removals",
      status: "failed",
      message: `${counted(counts.strangerRemovals, "member")} that no export claims would be taken off the list, but at most ${allowed(most)}.`,
      hint: "Look at who they are with `rollcall drift`. If this is meant, raise safeguards.maxStrangerRemovals for this run.",
    },
  ];
}
