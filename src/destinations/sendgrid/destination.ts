import type { Destination, OpenContext } from "../../plugin/destination.js";
import { account } from "./account.js";
import { contactCount } from "./contact-count.js";
import { members } from "./export-members.js";
import { createField, fields } from "./field-definitions.js";
import { jobs } from "./jobs.js";
import { createList, list, lists } from "./lists.js";
import { lookup } from "./lookup.js";
import { optOuts } from "./opt-outs.js";
import { rejects } from "./rejects.js";
import { openSession } from "./session.js";
import { stillSuppressed } from "./still-suppressed.js";
import { sendgridTrial } from "./trial/trial.js";
import { contacts, deleteContacts, withdraw } from "./withdraw.js";
import { write } from "./write.js";

export function openDestination(context: OpenContext): Destination {
  const session = openSession(context);
  return {
    account: (signal) => account(session, signal),
    lists: (signal) => lists(session, signal),
    list: (id, signal) => list(session, id, signal),
    fields: (signal) => fields(session, signal),
    contactCount: (signal) => contactCount(session, signal),
    members: (listId, options, signal) => members(session, listId, options, signal),
    lookup: (listId, addresses, signal) => lookup(session, listId, addresses, signal),
    contacts: (addresses, signal) => contacts(session, addresses, signal),
    optOuts: (query, signal) => optOuts(session, query, signal),
    stillOptedOut: (place, addresses, signal) => stillSuppressed(session, place, addresses, signal),
    createList: (spec, signal) => createList(session, spec, signal),
    createField: (binding, signal) => createField(session, binding, signal),
    write: (batch, signal) => write(session, batch, signal),
    withdraw: (people, names, signal) => withdraw(session, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(session, people, signal),
    jobs: (ids, signal) => jobs(session, ids, signal),
    pollDelay: (asked) => session.pollDelay(asked),
    rejects: (job, signal) => rejects(session, job, signal),
    requestMs: session.requestMs,
    showsMs: session.showsMs,
    // SendGrid lists no jobs, so that none but ours are known, and those `jobs` settles.
    idle: () => Promise.resolve(true),
    trial: sendgridTrial(session),
  };
}
