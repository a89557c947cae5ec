import type { DestinationPlugin } from "../../plugin/destination.js";
import { bindAttributes } from "./bind.js";
import { codec } from "./codec/codec.js";
import { openDestination } from "./destination.js";
import { toFields } from "./fields.js";
import { BELIEFS } from "./trial/beliefs.js";
import { unsubscribeGroups } from "./unsubscribe-groups.js";

/** Lists of Twilio SendGrid Marketing Campaigns. */
export const sendgrid: DestinationPlugin = {
  type: "sendgrid",
  capabilities: {
    types: ["text", "number", "date", "choice", "phone"],
    maxProfilesPerExport: undefined,
    // What Customer Insights allows; `contract.contacts` replaces it.
    maxAddressesPerAccount: 100_000,
    lookupTellsOptOuts: false,
    // A hundred requests: less than an export job takes.
    lookupUpTo: 10_000,
    // Every recorded write was visible to searches after about 30 seconds.
    lagSeconds: 60,
  },
  builtInFields: toFields({ custom_fields: undefined, reserved_fields: [] }),
  beliefs: BELIEFS,
  bind: bindAttributes,
  codec,
  open: openDestination,
  optOutPlaces: unsubscribeGroups,
};
