import { count, counted } from "../../model/counted.js";
import { placeInBrackets, type Place } from "../../model/place.js";
import type { Check } from "../../model/plan.js";

/** When more of the delivered members than this lost their address in the data, the data is at fault sooner than people. */
const MOST_LOST = 0.1;

/** Whether those who would leave did, or only their addresses went missing. */
export function checkLostAddresses(lost: number, recorded: number, where: Place): Check[] {
  // One address may have been deleted on purpose; several at once are looked at.
  if (lost <= Math.max(1, Math.floor(MOST_LOST * recorded))) return [];
  return [
    {
      name: "missing-addresses",
      status: "failed",
      message: `${count(lost)} of ${counted(recorded, "delivered member")} are in the data still, but without an address that can be used${placeInBrackets(where)}, and would be removed.`,
      hint: "Check the data: is the column of addresses filled, and is it the one that `match.email` names? Nobody is removed until this is settled.",
    },
  ];
}
