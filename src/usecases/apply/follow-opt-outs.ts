import type { OptOutsNow } from "../../apply/job.js";
import { unwillingSql } from "../../engine/earlier-addresses.js";
import { isStale } from "../../model/believed-time.js";
import type { OptOutRead } from "../../plugin/destination.js";
import { readOptOutsAgain } from "../prepare/opt-outs.js";
import type { PreparedAccount } from "../prepare/prepared.js";
import type { Session } from "../prepare/session.js";

/** What a run knows of the opt-outs of an account, and of whose the numbers are, while it works. */
export interface FollowedOptOuts {
  /** As last read. */
  latest(): PreparedAccount["optOuts"];
  /** The same for requests; reads anew what is not fresh. */
  now(): Promise<OptOutsNow>;
  /** Of everywhere where people opt out: what is read of one list alone says nothing about the others. */
  readAgain(since: string): Promise<OptOutRead>;
}

export function followOptOuts(session: Session, account: PreparedAccount, prefix: string): FollowedOptOuts {
  let { optOuts } = account;
  let persons: string | undefined;
  const readAgain = async (since: string): Promise<OptOutRead> => {
    const again = await readOptOutsAgain(session, account.open, optOuts, since);
    ({ optOuts } = again);
    persons = `${prefix}_unwilling`;
    await session.engine.run(
      `CREATE OR REPLACE TABLE ${persons} AS ${unwillingSql(optOuts, account.claims)}`,
    );
    return again.read;
  };
  return {
    latest: () => optOuts,
    readAgain,
    now: async () => {
      if (isStale(Date.parse(optOuts.readAt), Date.now(), account.optOutsFreshMs))
        await readAgain(optOuts.watermark);
      return { addresses: optOuts.table, persons, phones: optOuts.phones };
    },
  };
}
