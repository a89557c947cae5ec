import { counted } from "../../../model/words/counted.js";
import type { WarningCheck } from "../check.js";

/** A new list is a new topic unless `moved` says where it came from, and a person may know better. */
export const unsubscribedElsewhere = {
  name: "unsubscribed-elsewhere",
  asked: "once",
  onlyWarns: true,
  find: ({ people }) =>
    people === 0
      ? []
      : [
          {
            message: `${counted(people, "person", "people")} to be added unsubscribed from another list of this account.`,
            hint: "If the export takes the place of one on that list, keep its name and write a `moved` block: then they are held back. Or name them in a suppression.",
          },
        ],
} as const satisfies WarningCheck<{ readonly people: number }>;
