import type { Trial } from "../../../plugin/trial.js";
import type { Session } from "../session.js";
import { TrialApi } from "./api.js";
import { repeatListName } from "./lists.js";
import { blockAndImport, readUnsubscribed } from "./opt-outs.js";
import { readAccount } from "./reads.js";
import { cleanUp } from "./scratch.js";
import { changeByImport, changeSingly, fillByImport, importCsv } from "./values.js";

/** Tries what is believed of Brevo at the account of a session. */
export function brevoTrial(session: Session): Trial {
  return {
    steps: [
      readAccount(session),
      fillByImport(session),
      changeByImport(session),
      importCsv(session),
      changeSingly(session),
      blockAndImport(session),
      repeatListName(session),
    ],
    prepareUnsubscribe: ({ listId, addresses: [, second] }, signal) =>
      new TrialApi(session, signal).import(listId, { jsonBody: [{ email: second, attributes: {} }] }),
    unsubscribed: readUnsubscribed(session),
    knows: async (addresses, signal) => {
      const api = new TrialApi(session, signal);
      for (const address of addresses) if ((await api.contact(address)) !== undefined) return true;
      return false;
    },
    cleanUp: async (subject, isCutOff, signal) => {
      if (isCutOff) await new TrialApi(session, signal).untilIdle();
      return cleanUp(session, subject, signal);
    },
    // An unsubscription goes with its contact.
    staysOptedOut: () => Promise.resolve(undefined),
  };
}
