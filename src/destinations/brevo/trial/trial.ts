import type { Trial } from "../../../plugin/trial.js";
import type { BrevoClient } from "../client.js";
import { TrialApi } from "./api.js";
import { repeatListName } from "./lists.js";
import { blockAndImport, readUnsubscribed } from "./opt-outs.js";
import { tryAccount } from "./reads.js";
import { cleanUp } from "./scratch.js";
import { changeByImport, changeSingly, fillByImport, importCsv } from "./values.js";

/** Tries what is believed of Brevo at the account of a client. */
export function brevoTrial(client: BrevoClient): Trial {
  return {
    steps: [
      tryAccount(client),
      fillByImport(client),
      changeByImport(client),
      importCsv(client),
      changeSingly(client),
      blockAndImport(client),
      repeatListName(client),
    ],
    prepareUnsubscribe: ({ listId, addresses: [, second] }, signal) =>
      new TrialApi(client, signal).import(listId, { jsonBody: [{ email: second, attributes: {} }] }),
    unsubscribed: readUnsubscribed(client),
    knows: async (addresses, signal) => {
      const api = new TrialApi(client, signal);
      for (const address of addresses) if ((await api.contact(address)) !== undefined) return true;
      return false;
    },
    cleanUp: async (subject, isCutOff, signal) => {
      if (isCutOff) await new TrialApi(client, signal).untilIdle();
      return cleanUp(client, subject, signal);
    },
    // An unsubscription goes with its contact.
    staysOptedOut: () => Promise.resolve(undefined),
  };
}
