import type { Diagnostic } from "../../../model/diagnostic.js";
import { Failure } from "../../../model/failure.js";
import type { RecordChange } from "../../../model/reports/state-report.js";
import { accountState, exportState, type ExportState } from "../../../state/root/root.js";
import type { HeldAccount } from "../../../state/store.js";
import { withLocks } from "../../../run/locks.js";
import type { Run } from "../../../run/run.js";
import { withRun, type RunOptions } from "../../../run/open.js";
import { unknownRecord } from "../show.js";
import { countClaims } from "./claim-counts.js";
import { mustBeStored } from "../../../state/upkeep/must-be-stored.js";

export interface ChangeRecordOptions extends RunOptions {
  /** Who runs this. */
  readonly actor: string;
  readonly dryRun: boolean;
  /** Asked once, with what it is about; never in a dry run. */
  readonly approve: (change: RecordChange) => Promise<boolean>;
}

export interface RecordChanged {
  /** What was changed, or would be in a dry run; undefined when it was not approved or the config is invalid. */
  readonly changed: RecordChange | undefined;
  /** The serial of the state afterwards. */
  readonly serial: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A change of what is recorded of one export. */
export interface Change {
  readonly operation: string;
  readonly export: string;
  /** Throws when it may not be made. */
  readonly mayChange: (run: Run, recorded: ExportState) => void;
  readonly carryOut: (run: Run, account: { key: string; holder: HeldAccount }) => Promise<void>;
}

/** Changes the record of an export under the lock of its account, once that was approved. A dry run takes no lock. */
export async function changeRecord(options: ChangeRecordOptions, change: Change): Promise<RecordChanged> {
  const { result, diagnostics } = await withRun(options, async (run) => {
    mustBeStored(run.state);
    const planned = await previewChange(run, change);
    if (options.dryRun) return { changed: planned, serial: run.state.root.serial };
    const key = planned.account;
    const { state, signal } = run;
    const purpose = { operation: change.operation, actor: options.actor };
    return withLocks(run, [key], purpose, async () => {
      await state.reload(signal);
      const now = await previewChange(run, change);
      if (now.account !== key) throw elsewhere(change.export);
      if (!(await options.approve(now))) return { changed: undefined, serial: undefined };
      const type = accountState(state.root, key)?.type;
      if (type === undefined) throw new TypeError(`an export of ${key}, which is not recorded`);
      const holder = await state.takeAccount(key, type, signal);
      await change.carryOut(run, { key, holder });
      return { changed: now, serial: state.root.serial };
    });
  });
  return { changed: result?.changed, serial: result?.serial, diagnostics };
}

async function previewChange(run: Run, change: Change): Promise<RecordChange> {
  const { root } = run.state;
  const recorded = exportState(root, change.export);
  if (recorded === undefined) throw unknownRecord(run, change.export);
  const { accountId: account, listId: id, name } = recorded.list;
  if (accountState(root, account)?.openRun !== undefined) throw unfinished(account);
  change.mayChange(run, recorded);
  const claims = await countClaims(run, account, change.export);
  return { export: change.export, account, list: { id, name }, claims };
}

function unfinished(account: string): Failure {
  return new Failure(
    "conflict",
    `a run of the account ${account} has not ended, so its record stays as it is`,
    {
      hint: "Run `rollcall apply`: it looks up what was sent and finishes the run. Then run this again.",
    },
  );
}

function elsewhere(name: string): Failure {
  return new Failure("stale", `"${name}" was recorded again for another account meanwhile`, {
    hint: "Look at `rollcall state list`, then run this again.",
  });
}
