import type { Trial } from "../../../plugin/trial.js";
import type { Session } from "../session.js";
import { TrialApi } from "./api.js";
import { addContacts, nameLists, removeFromList } from "./jobs.js";
import { isSuppressed, readUnsubscribed } from "./opt-outs.js";
import { readAccount } from "./reads.js";
import { cleanUp } from "./scratch.js";
import { changeValues, shareIdentifier } from "./values.js";

/** Suppressions are kept by address, apart from contacts. */
const STAYS =
  "The second address stays among SendGrid's global unsubscribes: it gets no more mail of this account, and no further trial takes it. Rollcall takes back no opt-out. You can, for an address of your own: at SendGrid under Suppressions, Global Unsubscribes, or by `DELETE /v3/asm/suppressions/global/ADDRESS`.";

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
    staysOptedOut: async ({ addresses: [, second] }, signal) =>
      (await isSuppressed(new TrialApi(session, signal), second)) ? STAYS : undefined,
    cleanUp: (subject, isCutOff, signal) => cleanUp(session, subject, isCutOff, signal),
  };
}
