import type { Connection } from "../../model/connection.js";
import type { Check } from "../../model/plan.js";

/** Nothing is sent to a connection whose data privacy agreement nobody gave. */
export function checkConsent({ name, dataPrivacy }: Connection): Check[] {
  if (dataPrivacy?.agreed === true) return [];
  return [
    {
      name: "data-privacy",
      status: "failed",
      message: `Nobody has agreed that data may be sent to connection "${name}".`,
      hint: "Add dataPrivacy: {agreed: true, by: NAME, on: DATE} to the connection, once the person responsible agrees.",
    },
  ];
}
