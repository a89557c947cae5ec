import type { Destination, OpenContext } from "../../plugin/destination.js";
import { readAccount } from "./account.js";
import { countContacts } from "./read/contact-count.js";
import { createList } from "./create-list.js";
import { createField, readFields } from "./fields.js";
import { isIdle, readJobs, pollDelay } from "./write/jobs.js";
import { findList, readLists } from "./lists.js";
import { lookUpMembers } from "./read/lookup.js";
import { readMembers } from "./read/members.js";
import { readOptOuts } from "./read/opt-outs.js";
import { readRejects } from "./write/rejects.js";
import { openClient } from "./client.js";
import { brevoTrial } from "./trial/trial.js";
import { findContacts, deleteContacts, withdrawContact } from "./write/withdraw.js";
import { writeBatch } from "./write/write.js";

/** Whatever was carried out shows within seconds. */
const SHOWS_MS = 15_000;
/** What does not show at once at a stand-in never will. */
const STAND_IN_SHOWS_MS = 2000;

export function openBrevo(context: OpenContext): Destination {
  const client = openClient(context);
  return {
    account: (signal) => readAccount(client, signal),
    lists: (signal) => readLists(client, signal),
    list: (id, signal) => findList(client, id, signal),
    fields: (signal) => readFields(client, signal),
    contactCount: (signal) => countContacts(client, signal),
    members: (listId, _options, signal) => readMembers(client, listId, signal),
    lookup: (listId, addresses, signal) => lookUpMembers(client, listId, addresses, signal),
    contacts: (addresses, signal) => findContacts(client, addresses, signal),
    optOuts: (query, signal) => readOptOuts(client, query, signal),
    createList: (spec, signal) => createList(client, spec, signal),
    createField: (binding, signal) => createField(client, binding, signal),
    write: (batch, signal) => writeBatch(client, batch, signal),
    withdraw: (people, names, signal) => withdrawContact(client, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(client, people, signal),
    jobs: (ids, signal) => readJobs(client, ids, signal),
    pollDelay: (asked) => pollDelay(client, asked),
    rejects: (job, signal) => readRejects(client, job, signal),
    requestMs: client.requestMs,
    showsMs: client.standIn ? STAND_IN_SHOWS_MS : SHOWS_MS,
    idle: (signal) => isIdle(client, signal),
    trial: brevoTrial(client),
  };
}
