import type { Connection } from "../../model/config/connection.js";
import type { RefusingCheck } from "./check.js";

/** Nothing is sent to a connection whose data privacy agreement nobody gave. */
export const dataPrivacy = {
  name: "data-privacy",
  fails: "nobody agreed that data may be sent to the connection",
  asked: "again",
  overridable: false,
  holdsWithdrawals: true,
  additions: true,
  find: ({ name, dataPrivacy: agreement }) =>
    agreement?.agreed === true
      ? []
      : [
          {
            message: `Nobody has agreed that data may be sent to connection "${name}".`,
            hint: "Add dataPrivacy: {agreed: true, by: NAME, on: DATE} to the connection, once the person responsible agrees.",
          },
        ],
} as const satisfies RefusingCheck<Pick<Connection, "name" | "dataPrivacy">>;
