import type { Counts } from "../model/plan/plan.js";

/** How many people are sent something. */
export function countChanged({ add, update, remove }: Pick<Counts, "add" | "update" | "remove">): number {
  return add + update + remove;
}

/** How many people who are desired are not delivered, for whatever reason. */
export function countHeldBack({ heldBack }: Pick<Counts, "heldBack">): number {
  return Object.values(heldBack).reduce((sum, people) => sum + people, 0);
}
