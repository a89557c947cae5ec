import { Failure } from "../../model/failure.js";
import { accountState, type OpenRun } from "../../state/root/root.js";
import { isLost } from "../../apply/recover/unfinished-run.js";
import { loadManifest } from "../../state/manifest.js";
import { ensureAccountEntry } from "../../apply/record/fold-ledger.js";
import { withLocks } from "../../run/locks.js";
import type { Run } from "../../run/run.js";
import { withRun, type RunOptions } from "../../run/open.js";
import type { Diagnostic } from "../../model/diagnostic.js";

export interface AbandonOptions extends RunOptions {
  /** As in `brevo:<id of the organisation>`. */
  readonly account: string;
  /** Who runs this. */
  readonly actor: string;
  /** Asked once, with what would be given up. */
  readonly approve: (run: OpenRun) => Promise<boolean>;
}

export interface AbandonResult {
  /** The run that was given up; undefined when it was not approved or the config is invalid. */
  readonly abandoned?: OpenRun | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gives up the unfinished run of an account whose change set is lost, so that
 * the account can be applied to again. A run that can be settled is refused.
 */
export async function abandonRun(options: AbandonOptions): Promise<AbandonResult> {
  const { result, diagnostics } = await withRun(options, async (run) => {
    const { account } = options;
    const type = accountState(run.state.root, account)?.type;
    if (type === undefined) throw unknownAccount(run, account);
    const { state, signal } = run;
    const purpose = { operation: "state abandon", actor: options.actor };
    return withLocks(run, [account], purpose, async () => {
      const holder = await state.takeAccount(account, type, signal);
      const openRun = accountState(state.root, account)?.openRun;
      if (openRun === undefined) throw nothingOpen(account);
      await mustBeLost(run, account, openRun);
      if (!(await options.approve(openRun))) return { abandoned: undefined };
      await holder.update((root) => {
        delete ensureAccountEntry(root, account).openRun;
      }, signal);
      return { abandoned: openRun };
    });
  });
  return { ...result, diagnostics };
}

async function mustBeLost(run: Run, account: string, openRun: OpenRun): Promise<void> {
  try {
    await loadManifest(run, openRun.changeSet, "abandoned");
  } catch (error) {
    if (error instanceof Failure && isLost(error)) return;
    throw error;
  }
  throw new Failure("refused", `the unfinished run of ${account} can be settled`, {
    hint: "Run `rollcall apply`: it looks up what was sent and finishes it. Nothing has to be given up.",
  });
}

function unknownAccount({ state }: Run, account: string): Failure {
  const known = Object.keys(state.root.accounts);
  return new Failure("not-found", `the state knows no account ${account}`, {
    hint: known.length === 0 ? "Nothing was applied yet." : `It knows ${known.join(", ")}.`,
  });
}

function nothingOpen(account: string): Failure {
  return new Failure("not-found", `the account ${account} has no unfinished run`, {
    hint: "There is nothing to give up.",
  });
}
