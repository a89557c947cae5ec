import type { Destination, OpenContext } from "../../plugin/destination.js";
import { readAccount } from "./account.js";
import { countContacts } from "./read/contact-count.js";
import { readMembers } from "./read/export-members.js";
import { createField, readFields } from "./field-definitions.js";
import { readJobs } from "./write/jobs.js";
import { createList, findList, readLists } from "./lists.js";
import { lookUpMembers } from "./read/lookup.js";
import { readOptOuts } from "./read/opt-outs.js";
import { readRejects } from "./write/rejects.js";
import { openClient } from "./client.js";
import { findStillSuppressed } from "./read/still-suppressed.js";
import { sendgridTrial } from "./trial/trial.js";
import { readContacts, deleteContacts, withdrawContact } from "./write/withdraw.js";
import { writeBatch } from "./write/write.js";

export function openDestination(context: OpenContext): Destination {
  const client = openClient(context);
  return {
    account: (signal) => readAccount(client, signal),
    lists: (signal) => readLists(client, signal),
    list: (id, signal) => findList(client, id, signal),
    fields: (signal) => readFields(client, signal),
    contactCount: (signal) => countContacts(client, signal),
    members: (listId, options, signal) => readMembers(client, listId, options, signal),
    lookup: (listId, addresses, signal) => lookUpMembers(client, listId, addresses, signal),
    contacts: (addresses, signal) => readContacts(client, addresses, signal),
    optOuts: (query, signal) => readOptOuts(client, query, signal),
    stillOptedOut: (place, addresses, signal) => findStillSuppressed(client, place, addresses, signal),
    createList: (spec, signal) => createList(client, spec, signal),
    createField: (binding, signal) => createField(client, binding, signal),
    write: (batch, signal) => writeBatch(client, batch, signal),
    withdraw: (people, names, signal) => withdrawContact(client, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(client, people, signal),
    jobs: (ids, signal) => readJobs(client, ids, signal),
    pollDelay: (asked) => client.pollDelay(asked),
    rejects: (job, signal) => readRejects(client, job, signal),
    requestMs: client.requestMs,
    showsMs: client.showsMs,
    // SendGrid lists no jobs, so that none but ours are known, and those `jobs` settles.
    idle: () => Promise.resolve(true),
    trial: sendgridTrial(client),
  };
}
