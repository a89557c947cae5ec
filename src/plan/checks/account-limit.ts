import { count, counted } from "../../model/counted.js";
import type { Connection } from "../../model/connection.js";
import type { Check } from "../../model/plan.js";
import type { Capabilities } from "../../plugin/destination.js";
import { allowed } from "./safeguards.js";

/** How many addresses an account may hold for us, and where that number comes from. */
export function accountLimit(contract: number | undefined, capabilities: Capabilities): number | undefined {
  return contract ?? capabilities.maxAddressesPerAccount;
}

/** The most profiles of one export when the export itself states none. */
export function defaultMaxProfiles(connection: Connection, capabilities: Capabilities): number | undefined {
  return connection.contract?.contacts ?? capabilities.maxProfilesPerExport;
}

export interface AccountFacts {
  /** Distinct addresses over all exports once applied. */
  readonly addresses: number;
  /** Of these, new to the account's record. */
  readonly added: number;
  readonly limit: number | undefined;
  /** Whether the limit is the contract's own. */
  readonly contract: boolean;
  /** Contacts stored at the destination now, ours or not. */
  readonly stored: number | undefined;
}

/** Checks the limit of an account against what all its exports come to, and against what is stored there already. */
export function checkAccount({ addresses, added, limit, contract, stored }: AccountFacts): Check[] {
  if (limit === undefined) return [];
  const checks: Check[] = [];
  if (addresses > limit) {
    checks.push({
      name: "max-addresses",
      status: "failed",
      message: `All exports of this account come to ${counted(addresses, "address", "addresses")}, but at most ${allowed(limit)}.`,
      hint: "Narrow the segments, or state the number your contract allows as contract.contacts of the connection.",
    });
  } else if (contract && stored !== undefined && stored + added > limit) {
    checks.push({
      name: "contract-headroom",
      status: "warning",
      message: `The account stores ${counted(stored, "contact")}; with ${count(added)} more it may pass the ${count(limit)} of your contract.`,
      hint: "The vendor refuses contacts past the contract. Free some, or extend the contract.",
    });
  }
  return checks;
}
