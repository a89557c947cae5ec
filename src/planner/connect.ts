import type { Connection } from "../model/config/connection.js";
import type { Destination } from "../plugin/destination.js";
import type { OpenConnection } from "../run/accounts.js";
import { connectForRun } from "../run/connect.js";
import { addPlaceToFailure } from "./compile/failure-place.js";
import type { Run } from "../run/run.js";

/** Asks one connection who it is. */
export async function connectAccount(
  run: Run,
  connection: Connection,
  /** Asked with the account's key before each write. */
  mayWriteUntil?: (accountKey: string) => Promise<number>,
): Promise<{ open: OpenConnection; destination: Destination }> {
  return addPlaceToFailure(`Connection "${connection.name}"`, () =>
    connectForRun(run, connection, mayWriteUntil),
  );
}
