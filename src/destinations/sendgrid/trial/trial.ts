import type { Trial } from "../../../plugin/trial.js";
import type { SendgridClient } from "../client.js";
import { TrialApi } from "./api.js";
import { addContacts, nameLists, removeFromList } from "./jobs.js";
import { isSuppressed, readUnsubscribed } from "./opt-outs.js";
import { tryAccount } from "./reads.js";
import { cleanUp } from "./scratch.js";
import { changeValues, shareIdentifier } from "./values.js";

/** Suppressions are kept by address, apart from contacts. */
const STAYS =
  "The second address stays among SendGrid's global unsubscribes: it gets no more mail of this account, and no further trial takes it. Rollcall takes back no opt-out. You can, for an address of your own: at SendGrid under Suppressions, Global Unsubscribes, or by `DELETE /v3/asm/suppressions/global/ADDRESS`.";

/** Tries what is believed of SendGrid at the account of a client. */
export function sendgridTrial(client: SendgridClient): Trial {
  return {
    steps: [
      tryAccount(client),
      addContacts(client),
      changeValues(client),
      removeFromList(client),
      nameLists(client),
      shareIdentifier(client),
    ],
    prepareUnsubscribe: async ({ listId, addresses: [, email] }, signal) => {
      await new TrialApi(client, signal).upsertToTheEnd([{ email }], [listId]);
    },
    unsubscribed: readUnsubscribed(client),
    knows: async (addresses, signal) => {
      const api = new TrialApi(client, signal);
      for (const address of addresses)
        if ((await api.contact(address)) !== undefined || (await isSuppressed(api, address))) return true;
      return false;
    },
    staysOptedOut: async ({ addresses: [, second] }, signal) =>
      (await isSuppressed(new TrialApi(client, signal), second)) ? STAYS : undefined,
    cleanUp: (subject, isCutOff, signal) => cleanUp(client, subject, isCutOff, signal),
  };
}
