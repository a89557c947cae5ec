import type { Connection } from "../../../model/config/connection.js";
import type { Binding, PlannedWork } from "../../../plugin/codec.js";
import { clearsBy, isClearedByRequest } from "./group.js";
import { limitsOf } from "../limits.js";
import { isSentSingly } from "./routes.js";

/** Status requests that one import takes at the least: running, then completed. */
const POLLS = 2;
/** An import of any size takes some seconds; they run one after the other. */
const IMPORT_MINUTES = 0.25;

/** What the writes cost at the account's rate limits. */
export function forecastCost(
  work: readonly PlannedWork[],
  bindings: readonly Binding[],
  connection: Connection,
): { requests: number; minutes: number } {
  let contacts = 0;
  let other = 0;
  let imports = 0;
  for (const { operation, group, rows, batches } of work) {
    if (operation === "remove") contacts += batches;
    else if (isSentSingly(operation, rows, bindings)) contacts += rows;
    else {
      if (isClearedByRequest(group, clearsBy(connection))) contacts += rows;
      imports += batches;
      contacts += batches;
      other += batches * POLLS;
    }
  }
  const limits = limitsOf(connection);
  if (limits === undefined) return { requests: contacts + other, minutes: 0 };
  const paced = contacts / limits.contactsPerSecond / 60;
  const scarce = (Math.max(0, other - limits.otherPerHour) / limits.otherPerHour) * 60;
  return { requests: contacts + other, minutes: Math.max(paced + imports * IMPORT_MINUTES, scarce) };
}
