import type { DestinationPlugin } from "../../plugin/destination.js";
import { bindAttributes } from "./bind.js";
import { codec } from "./codec.js";
import { openFiles } from "./destination.js";

/** A folder in which every list is a CSV file: `email` and a column for each attribute. Needs no account. */
export const file: DestinationPlugin = {
  type: "file",
  capabilities: {
    types: ["text", "number", "date", "boolean", "choice", "phone"],
    // Columns come with the first row that has them.
    maxProfilesPerExport: undefined,
    maxAddressesPerAccount: undefined,
    lookupTellsOptOuts: false,
    lookupUpTo: 1000,
    lagSeconds: 0,
  },
  builtInFields: [],
  beliefs: [],
  bind: bindAttributes,
  codec,
  open: openFiles,
};
