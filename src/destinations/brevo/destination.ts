import type { Destination, OpenContext } from "../../plugin/destination.js";
import { account } from "./account.js";
import { contactCount } from "./contact-count.js";
import { createList } from "./create-list.js";
import { createField, fields } from "./fields.js";
import { idle, jobs, pollDelay } from "./jobs.js";
import { list, lists } from "./lists.js";
import { lookup } from "./lookup.js";
import { members } from "./members.js";
import { optOuts } from "./opt-outs.js";
import { rejects } from "./rejects.js";
import { openSession } from "./session.js";
import { brevoTrial } from "./trial/trial.js";
import { contacts, deleteContacts, withdraw } from "./withdraw.js";
import { write } from "./write.js";

/** Whatever was carried out shows within seconds. */
const SHOWS_MS = 15_000;
/** What does not show at once at a stand-in never will. */
const STAND_IN_SHOWS_MS = 2000;

export function openBrevo(context: OpenContext): Destination {
  const session = openSession(context);
  return {
    account: (signal) => account(session, signal),
    lists: (signal) => lists(session, signal),
    list: (id, signal) => list(session, id, signal),
    fields: (signal) => fields(session, signal),
    contactCount: (signal) => contactCount(session, signal),
    members: (listId, _options, signal) => members(session, listId, signal),
    lookup: (listId, addresses, signal) => lookup(session, listId, addresses, signal),
    contacts: (addresses, signal) => contacts(session, addresses, signal),
    optOuts: (query, signal) => optOuts(session, query, signal),
    createList: (spec, signal) => createList(session, spec, signal),
    createField: (binding, signal) => createField(session, binding, signal),
    write: (batch, signal) => write(session, batch, signal),
    withdraw: (people, names, signal) => withdraw(session, people, names, signal),
    deleteContacts: (people, signal) => deleteContacts(session, people, signal),
    jobs: (ids, signal) => jobs(session, ids, signal),
    pollDelay: (asked) => pollDelay(session, asked),
    rejects: (job, signal) => rejects(session, job, signal),
    requestMs: session.requestMs,
    showsMs: session.standIn ? STAND_IN_SHOWS_MS : SHOWS_MS,
    idle: (signal) => idle(session, signal),
    trial: brevoTrial(session),
  };
}
