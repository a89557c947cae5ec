import { count, counted } from "../model/counted.js";
import { Failure } from "../model/failure.js";
import { AccountFull } from "../plugin/account-full.js";
import type { Shipment } from "../engine/change-set.js";
import { destinationOf, type AccountJob } from "./job.js";

type Asked = Pick<AccountJob, "contract" | "destinations" | "signal">;

const MEND =
  "Mend the cause at the destination and apply again; the people of this batch are looked up then.";
const MAKE_ROOM =
  "Remove contacts from the account, or raise its plan and contract.contacts of the connection, then apply again: what is missing is sent then.";

export const NO_REASON = "the destination gave no reason";

/**
 * Why a job failed. Where the destination gives no reason, it is said what the
 * account stores, and that it is full where its contract has less room than
 * the job had people.
 */
export async function whyFailed(
  job: Asked,
  shipment: Shipment,
  { reason, people }: { readonly reason: string | undefined; readonly people: number },
): Promise<Failure> {
  const { contract } = job;
  const stored =
    reason === undefined && shipment.operation === "add" ? await storedIn(job, shipment) : undefined;
  const failed = `the destination's job failed: ${reason ?? NO_REASON}`;
  if (stored === undefined) return new Failure("permanent", failed, { hint: MEND });
  const stores = `${failed}; the account stores ${count(stored)}`;
  if (contract === undefined)
    return new Failure("permanent", `${stores} contacts`, {
      hint: `${MEND} If its plan allows no more contacts, state their number as contract.contacts of the connection.`,
    });
  const full = `${stores} of the ${counted(contract, "contact")} of its contract`;
  return stored + people > contract
    ? new AccountFull(`${full}, too many for ${counted(people, "person", "people")} more`, {
        hint: MAKE_ROOM,
      })
    : new Failure("permanent", full, { hint: MEND });
}

/** The account is full by its contract, where people are missing after a job that said nothing of it. */
export async function fullByContract(job: Asked, shipment: Shipment): Promise<AccountFull | undefined> {
  const { contract } = job;
  if (shipment.operation !== "add" || contract === undefined) return undefined;
  const stored = await storedIn(job, shipment);
  if (stored === undefined || stored < contract) return undefined;
  return new AccountFull(
    `people are missing after a finished job, and the account stores ${count(stored)} of the ${counted(contract, "contact")} of its contract`,
    { hint: MAKE_ROOM },
  );
}

/** Undefined where the destination does not tell, or not now. */
async function storedIn(job: Asked, shipment: Shipment): Promise<number | undefined> {
  try {
    return await destinationOf(job, shipment).contactCount(job.signal);
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return undefined;
    throw error;
  }
}
