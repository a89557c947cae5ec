import type { Destination, OpenContext } from "../../plugin/destination.js";
import { account } from "./account.js";
import { contactCount } from "./read/contact-count.js";
import { createList } from "./create-list.js";
import { createField, fields } from "./fields.js";
import { idle, jobs, pollDelay } from "./write/jobs.js";
import { list, lists } from "./lists.js";
import { lookup } from "./read/lookup.js";
import { members } from "./read/members.js";
import { optOuts } from "./read/opt-outs.js";
import { rejects } from "./write/rejects.js";
import { openClient } from "./client.js";
import { brevoTrial } from "./trial/trial.js";
import { contacts, deleteContacts, withdraw } from "./write/withdraw.js";
import { write } from "./write/write.js";

/** Whatever was carried out shows within seconds. */
const SHOWS_MS = 15_000;
/** What does not show at once at a stand-in never will. */
const STAND_IN_SHOWS_MS = 2000;

export function openBrevo(context: OpenContext): Destination {
  const client = openClient(context);
  return {
    account: (signal) => account(client, signal),
    lists: (signal) => lists(client, signal),
    list: (id, signal) => list(client, id, signal),
    fields: (signal) => fields(client, signal),
    contactCount: (signal) => contactCount(client, signal),
    members: (listId, _options, signal) => members(client, listId, signal),
    lookup: (listId, addresses, signal) => lookup(client, listId, addresses, signal),
    contacts: (addresses, signal) => contacts(client, addresses, signal),
    optOuts: (query, signal) => optOuts(client, query, signal),
    createList: (spec, signal) => createList(client, spec, signal),
    createField: (binding, signal) => createField(client, binding, signal),
    write: (batch, signal) => write(client, batch, signal),
    withdraw: (people, names, signal) => withdraw(client, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(client, people, signal),
    jobs: (ids, signal) => jobs(client, ids, signal),
    pollDelay: (asked) => pollDelay(client, asked),
    rejects: (job, signal) => rejects(client, job, signal),
    requestMs: client.requestMs,
    showsMs: client.standIn ? STAND_IN_SHOWS_MS : SHOWS_MS,
    idle: (signal) => idle(client, signal),
    trial: brevoTrial(client),
  };
}
