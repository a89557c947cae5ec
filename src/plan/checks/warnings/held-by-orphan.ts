import { counted } from "../../../model/words/counted.js";
import type { WarningCheck } from "../check.js";

export interface HeldByOrphan {
  /** The export of which the config says nothing. */
  readonly name: string;
  readonly list: string;
  readonly people: number;
  readonly hint: string;
}

/** Whoever is on a list only because of an export of which the config says nothing is taken off by nobody. */
export const heldByOrphan = {
  name: "held-by-orphan",
  asked: "again",
  onlyWarns: true,
  find: (held) =>
    held.map(({ name, list, people, hint }) => ({
      message: `${counted(people, "person stays", "people stay")} on list ${list} only for "${name}", which is no longer in the configuration.`,
      hint,
    })),
} as const satisfies WarningCheck<readonly HeldByOrphan[]>;
