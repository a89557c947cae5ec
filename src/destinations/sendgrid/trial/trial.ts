import type { Trial } from "../../../plugin/trial.js";
import type { Session } from "../session.js";
import { TrialApi } from "./api.js";
import { addContacts, nameLists, removeFromList } from "./jobs.js";
import { isSuppressed, readUnsubscribed } from "./opt-outs.js";
import { readAccount } from "./reads.js";
import { cleanUp } from "./scratch.js";
import { changeValues, shareIdentifier } from "./values.js";

/** Tries what is believed of SendGrid at the account of a session. */
export function sendgridTrial(session: Session): Trial {
  return {
    steps: [
      readAccount(session),
      addContacts(session),
      changeValues(session),
      removeFromList(session),
      nameLists(session),
      shareIdentifier(session),
    ],
    prepareUnsubscribe: async ({ listId, addresses: [, email] }, signal) => {
      await new TrialApi(session, signal).upsertToTheEnd([{ email }], [listId]);
    },
    unsubscribed: readUnsubscribed(session),
    knows: async (addresses, signal) => {
      const api = new TrialApi(session, signal);
      for (const address of addresses)
        if ((await api.contact(address)) !== undefined || (await isSuppressed(api, address))) return true;
      return false;
    },
    cleanUp: (subject, isCutOff, signal) => cleanUp(session, subject, isCutOff, signal),
  };
}
