import { formatCount, counted } from "../../model/words/counted.js";
import { Failure } from "../../model/failure.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { AccountFull } from "../../plugin/account-full.js";
import type { FoundContacts } from "../../plugin/destination.js";
import { mayBeContactsSql } from "../../reconcile/change-set/may-be-contacts.js";
import type { Shipment } from "../../reconcile/change-set/shipments.js";
import { destinationOf, type AccountJob } from "./job.js";

type Asked = Pick<AccountJob, "contract" | "destinations" | "signal">;
type AskedWho = Asked & Pick<AccountJob, "engine" | "capabilities" | "everybody" | "noteOptOuts">;

const MEND = "Fix the cause at the destination and apply again; the people of this batch are looked up then.";
const MAKE_ROOM =
  "Remove contacts from the account, or raise its plan and contract.contacts of the connection, then apply again: what is missing is sent then.";

export const NO_REASON = "the destination gave no reason";

/**
 * Why a job failed. Where the destination gives no reason, it is said what the
 * account stores, and that it is full where its contract has less room than
 * the job had people who are not contacts yet. Where nobody knows how many of
 * them are, it is full only when nobody fits. `rows`: FROM and WHERE of the
 * job's people, with `key`.
 */
export async function explainFailedJob(
  job: AskedWho,
  shipment: Shipment,
  { reason, rows }: { readonly reason: string | undefined; readonly rows: string },
): Promise<Failure> {
  const { contract } = job;
  const stored =
    reason === undefined && shipment.operation === "add" ? await storedIn(job, shipment) : undefined;
  const failed = `the destination's job failed: ${reason ?? NO_REASON}`;
  if (stored === undefined) return new Failure("permanent", failed, { hint: MEND });
  const stores = `${failed}; the account stores ${formatCount(stored)}`;
  if (contract === undefined)
    return new Failure("permanent", `${stores} contacts`, {
      hint: `${MEND} If its plan allows no more contacts, state their number as contract.contacts of the connection.`,
    });
  const full = `${stores} of the ${counted(contract, "contact")} of its contract`;
  const people = await countNew(job, shipment, rows);
  if (stored + people.atMost <= contract) return new Failure("permanent", full, { hint: MEND });
  const more = counted(people.atMost, "person", "people");
  if (people.known || stored >= contract)
    return new AccountFull(`${full}, too many for ${people.known ? more : "anybody"} more`, {
      hint: MAKE_ROOM,
    });
  return new Failure(
    "permanent",
    `${full}, perhaps too many for ${more}: how many of these are contacts already is not known`,
    { hint: `${MEND} If the account is full: ${MAKE_ROOM}` },
  );
}

/** How many people would be new contacts; `known`: it is no less either. */
async function countNew(
  job: AskedWho,
  shipment: Shipment,
  rows: string,
): Promise<{ readonly atMost: number; readonly known: boolean }> {
  const { engine, capabilities } = job;
  const atMost = await engine.count(`SELECT count(*) FROM ${rows}`);
  const contacts =
    job.everybody ?? (atMost <= capabilities.lookupUpTo ? await lookedUp(job, shipment, rows) : undefined);
  if (contacts === undefined) return { atMost, known: false };
  const already = await engine.count(
    `SELECT count(*) FROM (${mayBeContactsSql(`SELECT key FROM ${rows}`, contacts)})`,
  );
  return { atMost: atMost - already, known: true };
}

/** Undefined where the destination does not tell now: why the job failed is what has to be said. Who opted out counts. */
function lookedUp(job: AskedWho, shipment: Shipment, rows: string): Promise<FoundContacts | undefined> {
  return unlessFailed(async () => {
    const people = await job.engine.rows<{ key: string }>(`SELECT key FROM ${rows}`);
    const addresses = people.map(({ key }) => key);
    const found = await destinationOf(job, shipment).lookup(shipment.listId, addresses, job.signal);
    await job.noteOptOuts(found);
    return found;
  });
}

/** The account is full by its contract, where people are missing after a job that said nothing of it. */
export async function findAccountFull(job: Asked, shipment: Shipment): Promise<AccountFull | undefined> {
  const { contract } = job;
  if (shipment.operation !== "add" || contract === undefined) return undefined;
  const stored = await storedIn(job, shipment);
  if (stored === undefined || stored < contract) return undefined;
  return new AccountFull(
    `people are missing after a finished job, and the account stores ${formatCount(stored)} of the ${counted(contract, "contact")} of its contract`,
    { hint: MAKE_ROOM },
  );
}

/** Undefined where the destination does not tell, or not now. */
function storedIn(job: Asked, shipment: Shipment): Promise<number | undefined> {
  return unlessFailed(() => destinationOf(job, shipment).contactCount(job.signal));
}
