import type { Export } from "../model/export.js";
import type { Check, Counts } from "../model/plan.js";
import { allowedBy } from "./safeguards.js";

/** People who are not ours are taken off a list only as far as the config says in so many words. */
export function checkStrangerRemovals({ safeguards }: Export, counts: Counts, recorded: number): Check[] {
  const allowed = allowedBy(safeguards.maxStrangerRemovals, recorded) ?? 0;
  if (counts.strangerRemovals <= allowed) return [];
  return [
    {
      name: "max-stranger-removals",
      status: "failed",
      message: `${format(counts.strangerRemovals)} members that no export claims would be taken off the list, but at most ${format(allowed)} are allowed.`,
      hint: "Look at who they are with `rollcall drift`. If this is meant, raise safeguards.maxStrangerRemovals for this run.",
    },
  ];
}

function format(value: number): string {
  return value.toLocaleString("en-US");
}
