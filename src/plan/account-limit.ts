import type { Connection } from "../model/config/connection.js";
import type { Capabilities } from "../plugin/destination.js";

/** How many addresses an account may hold for us, and where that number comes from. */
export function accountLimit(contract: number | undefined, capabilities: Capabilities): number | undefined {
  return contract ?? capabilities.maxAddressesPerAccount;
}

/** The most profiles of one export when the export itself states none. */
export function defaultMaxProfiles(connection: Connection, capabilities: Capabilities): number | undefined {
  return connection.contract?.contacts ?? capabilities.maxProfilesPerExport;
}
