import { shownTime } from "../model/shown-time.js";
import { Failure } from "../model/failure.js";
import { accountState } from "../state/root.js";
import type { HeldAccount } from "../state/store.js";
import type { OpenConnection } from "./accounts.js";
import { withForgotten } from "./forgotten.js";
import { holdingAccounts } from "./lock-accounts.js";
import type { Session } from "./run.js";

/** Works on one account under its lock, on the newest state, without sending anything. */
export async function holdingAccount<Result>(
  session: Session,
  open: OpenConnection,
  by: { readonly operation: string; readonly actor: string },
  work: (session: Session, holder: HeldAccount) => Promise<Result>,
): Promise<Result> {
  return holdingAccounts(session, { ...by, connections: [open], held: new Map() }, async () => {
    const holder = await session.state.takeAccount(open.accountKey, open.connection.type, session.signal);
    // Only under the lock, because a `forget` may have ended just before.
    return work(await withForgotten(session), holder);
  });
}

/** While a run is under way or was cut off, the record does not say what is on the lists. */
export function mustBeSettled({ config, state }: Session, { accountKey, connection }: OpenConnection): void {
  const openRun = accountState(state.root, accountKey)?.openRun;
  if (openRun === undefined) return;
  throw new Failure(
    "conflict",
    `The run of ${shownTime(openRun.startedAt, config.timezone)} on connection "${connection.name}" has not finished, so nobody can tell what it did from what others did.`,
    { hint: "Wait for it, or run `rollcall apply`, which settles it. Then run this again." },
  );
}
