import { counted } from "../../../model/words/counted.js";
import type { WarningCheck } from "../check.js";

/** Who is held back only by a place that was not read, because no connection names it any more. */
export const optOutPlace = {
  name: "opt-out-place",
  asked: "again",
  onlyWarns: true,
  find: (places) =>
    places.map(({ reason, people }) => ({
      message: `${counted(people, "person stays", "people stay")} held back who once ${reason}, which no connection names any more.`,
      hint: "Name it again to let those return who are not in it any more.",
    })),
} as const satisfies WarningCheck<readonly { readonly reason: string; readonly people: number }[]>;
