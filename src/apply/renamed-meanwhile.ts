import { Failure } from "../model/failure.js";
import { exportState } from "../state/root/root.js";
import { failedExport } from "../planner/describe/failed-export.js";
import type { RunAccounts } from "../planner/prepare.js";
import type { FailedExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import type { LockedRun } from "./locked-run.js";

/** Exports that were recorded before the lock was held and are not any more: another run gave them another name. */
export function findRenamedMeanwhile({ config, state }: Run, { before, exports }: LockedRun): FailedExport[] {
  return exports
    .filter(({ name }) => exportState(before, name) && !exportState(state.root, name))
    .map((wanted) =>
      failedExport(
        config,
        wanted,
        new Failure("stale", `another run has let go of the record of "${wanted.name}" meanwhile`, {
          hint: "Take the newest configuration and plan again.",
        }),
      ),
    );
}

/** An account whose unfinished run cannot be settled now holds up its own exports and no others. */
export function leaveOutAccounts(
  { config }: Run,
  { exports, accounts }: LockedRun,
  unsettled: ReadonlyMap<string, Failure>,
): RunAccounts {
  const connections = new Map(
    [...accounts.connections].filter(([, { accountKey }]) => !unsettled.has(accountKey)),
  );
  const failed = exports.flatMap((wanted) => {
    const key = accounts.connections.get(wanted.connection)?.accountKey;
    const failure = key === undefined ? undefined : unsettled.get(key);
    return failure === undefined ? [] : [failedExport(config, wanted, failure)];
  });
  const leavingBy = new Map(
    [...accounts.leavingBy].map(([name, by]): [string, string | Failure] => {
      const key = by instanceof Failure ? undefined : accounts.connections.get(by)?.accountKey;
      return [name, (key === undefined ? undefined : unsettled.get(key)) ?? by];
    }),
  );
  return { ...accounts, connections, leavingBy, failed: [...accounts.failed, ...failed] };
}
