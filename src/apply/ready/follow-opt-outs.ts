import type { OptOutsNow } from "../send/job.js";
import { createSaidNo, type SaidNo } from "../../reconcile/people/said-no.js";
import { isStale } from "../../model/believed-time.js";
import type { FoundContacts, OptOutRead } from "../../plugin/destination.js";
import { addFoundOptOuts } from "../../reconcile/people/found-opt-outs.js";
import { readOptOutsAgain } from "../../planner/opt-outs/opt-outs.js";
import type { PreparedAccount } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

/** What a run knows of the opt-outs of an account, and of whose the numbers are, while it works. */
export interface FollowedOptOuts {
  /** As last read. */
  latest(): PreparedAccount["optOuts"];
  /** The same for requests; reads again what is not fresh. */
  now(): Promise<OptOutsNow>;
  /** Lists that exist by now are read as well from here on; what they say is then known to the next plan. */
  addLists(lists: readonly string[]): void;
  /** Counts whom an answer shows to have opted out among them. */
  note(found: FoundContacts): Promise<void>;
  /** Of everywhere where people opt out: what is read of one list alone says nothing about the others. */
  readAgain(since: string): Promise<OptOutRead>;
}

export function followOptOuts(run: Run, account: PreparedAccount, prefix: string): FollowedOptOuts {
  let { optOuts } = account;
  let saidNo: SaidNo | undefined;
  let isCurrent = false;
  const { engine } = run;
  const { claims, evaluated: exports } = account;
  const { atPlan } = optOuts;
  const readAgain = async (since: string): Promise<OptOutRead> => {
    const again = await readOptOutsAgain(run, account.open, optOuts, since);
    ({ optOuts } = again);
    isCurrent = false;
    return again.read;
  };
  return {
    latest: () => optOuts,
    addLists: (lists) => {
      const { asked } = optOuts;
      optOuts = { ...optOuts, asked: { ...asked, lists: [...new Set([...asked.lists, ...lists])] } };
    },
    note: async (found) => {
      if (await addFoundOptOuts(engine, optOuts, found)) isCurrent = false;
    },
    readAgain,
    now: async () => {
      if (isStale(Date.parse(optOuts.readAt), Date.now(), account.optOutsFreshMs))
        await readAgain(optOuts.watermark);
      if (!isCurrent) {
        saidNo = await createSaidNo(engine, prefix, optOuts, atPlan, { claims, exports });
        isCurrent = true;
      }
      return { optedOut: optOuts.table, saidNo, phones: optOuts.phones };
    },
  };
}
