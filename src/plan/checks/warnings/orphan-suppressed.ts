import { counted } from "../../../model/words/counted.js";
import type { WarningCheck } from "../check.js";

export interface SuppressedOrphans {
  /** The export of which the config says nothing. */
  readonly name: string;
  readonly people: number;
  /** The block that would let them go. */
  readonly block: string;
}

/** Nobody is taken off a list for an export of which the config says nothing, not even who is suppressed by now. */
export const orphanSuppressed = {
  name: "orphan-suppressed",
  asked: "again",
  onlyWarns: true,
  find: (orphans) =>
    orphans.map(({ name, people, block }) => ({
      message: `${counted(people, "suppressed person stays", "suppressed people stay")} on the list of "${name}", which is no longer in the configuration.`,
      hint: `Write ${block}, or put the export back.`,
    })),
} as const satisfies WarningCheck<readonly SuppressedOrphans[]>;
