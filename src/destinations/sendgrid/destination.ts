import type { Destination, OpenContext } from "../../plugin/destination.js";
import { account } from "./account.js";
import { contactCount } from "./read/contact-count.js";
import { members } from "./read/export-members.js";
import { createField, fields } from "./field-definitions.js";
import { jobs } from "./write/jobs.js";
import { createList, list, lists } from "./lists.js";
import { lookup } from "./read/lookup.js";
import { optOuts } from "./read/opt-outs.js";
import { rejects } from "./write/rejects.js";
import { openClient } from "./client.js";
import { stillSuppressed } from "./read/still-suppressed.js";
import { sendgridTrial } from "./trial/trial.js";
import { contacts, deleteContacts, withdraw } from "./write/withdraw.js";
import { write } from "./write/write.js";

export function openDestination(context: OpenContext): Destination {
  const client = openClient(context);
  return {
    account: (signal) => account(client, signal),
    lists: (signal) => lists(client, signal),
    list: (id, signal) => list(client, id, signal),
    fields: (signal) => fields(client, signal),
    contactCount: (signal) => contactCount(client, signal),
    members: (listId, options, signal) => members(client, listId, options, signal),
    lookup: (listId, addresses, signal) => lookup(client, listId, addresses, signal),
    contacts: (addresses, signal) => contacts(client, addresses, signal),
    optOuts: (query, signal) => optOuts(client, query, signal),
    stillOptedOut: (place, addresses, signal) => stillSuppressed(client, place, addresses, signal),
    createList: (spec, signal) => createList(client, spec, signal),
    createField: (binding, signal) => createField(client, binding, signal),
    write: (batch, signal) => write(client, batch, signal),
    withdraw: (people, names, signal) => withdraw(client, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(client, people, signal),
    jobs: (ids, signal) => jobs(client, ids, signal),
    pollDelay: (asked) => client.pollDelay(asked),
    rejects: (job, signal) => rejects(client, job, signal),
    requestMs: client.requestMs,
    showsMs: client.showsMs,
    // SendGrid lists no jobs, so that none but ours are known, and those `jobs` settles.
    idle: () => Promise.resolve(true),
    trial: sendgridTrial(client),
  };
}
