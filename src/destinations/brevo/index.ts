import type { DestinationPlugin } from "../../plugin/destination.js";
import { bindAttributes } from "./bind.js";
import { codec } from "./codec/codec.js";
import { openBrevo } from "./destination.js";
import { BELIEFS } from "./trial/beliefs.js";

/** Brevo, once Sendinblue: contact lists of an account, written by imports that run one after the other. */
export const brevo: DestinationPlugin = {
  type: "brevo",
  capabilities: {
    types: ["text", "number", "date", "boolean", "choice", "phone"],
    // What Dynamics 365 Customer Insights allows for exports to Brevo.
    maxProfilesPerExport: 1_000_000,
    maxAddressesPerAccount: undefined,
    lookupTellsOptOuts: true,
    lookupUpTo: 300,
    // Contacts can be read as soon as their import is completed; a little for replicas.
    lagSeconds: 5,
  },
  // They are in the account's language, so that none is there everywhere.
  builtInFields: [],
  beliefs: BELIEFS,
  bind: bindAttributes,
  codec,
  open: openBrevo,
};
