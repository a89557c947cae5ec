import type { Failure } from "../model/failure.js";
import { narrowingOf } from "../model/plan/narrowing.js";
import type { Plan } from "../model/plan/plan.js";
import type { ExportResult, RunResult } from "../model/run/run.js";
import { isDefect, keptFailure } from "../platform/defects.js";
import { mustMatchExpectation } from "../plan/expectation.js";
import { hasChanges } from "../plan/changes.js";
import { checksOfPolicies } from "../plan/policies.js";
import { recordBegin } from "../approvals/record-begin.js";
import { readApprovals } from "../approvals/approvals-for-run.js";
import { judgePlan } from "../planner/describe/judge-plan.js";
import { planDocument } from "../planner/describe/plan-document.js";
import { prepare, type Prepared } from "../planner/prepare.js";
import type { PreparedAccount } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import { endPlan } from "../approvals/saved-plan/progress.js";
import { ErroredCopy } from "./errored-copy.js";
import { settleEarlierRuns, type LockedRun, type SettledRuns } from "./locked-run.js";
import { applyTransition } from "./record/apply-transition.js";
import type { UnknownBy } from "./record/fold-ledger.js";
import { findRenamedMeanwhile, leaveOutAccounts } from "./renamed-meanwhile.js";
import type { ApplyOptions } from "./options.js";
import { resultsOfKeptRecords, keepOnlyRenames } from "./policy-refusal.js";
import { recordAgreements } from "./record/record-agreements.js";
import { refusalOf } from "./refusal.js";
import { detachedResult, notSentResult, type SentExport } from "./result.js";
import { scheduledResult, findServedMeanwhile } from "./scheduled.js";
import { sendAccount, type SendInput } from "./send-account.js";

/** What came of a run. */
export interface AppliedPlan {
  readonly plan: Plan;
  /** Undefined when it was not approved. */
  readonly run: RunResult | undefined;
  /** Rows of which nobody knows what became of them, by export. */
  readonly unknown: ReadonlyMap<string, UnknownBy>;
  /** What broke the run off; it says how its exports had ended until then. */
  readonly brokenOffBy?: { readonly error: unknown } | undefined;
}

/** Plans, asks, and carries it out, with the locks of all its accounts. */
export async function applyPlan(opened: Run, options: ApplyOptions, locked: LockedRun): Promise<AppliedPlan> {
  const { run, holders, unsettled } = await settleEarlierRuns(opened, locked);
  const displaced = [
    ...findRenamedMeanwhile(run, locked),
    ...findServedMeanwhile(run, locked.exports, options.scheduled),
  ];
  const exports = locked.exports.filter((one) => !displaced.some(({ wanted }) => wanted === one));
  const accounts = leaveOutAccounts(run, locked, unsettled);
  const opening = { ...accounts, failed: [...accounts.failed, ...displaced] };
  const prepared = await prepare(run, exports, opening, locked.rows);
  const approvals = await readApprovals(run, options);
  const narrowing = options.saved === undefined ? narrowingOf(options) : options.saved.plan.narrowing;
  const document = planDocument(run, prepared, narrowing);
  const plan = await judgePlan(run, document, { ...options, approvals });
  if (options.expect !== undefined)
    mustMatchExpectation(options.expect, plan, run.config.approvals.tolerance);
  const common = checksOfPolicies(plan);
  if (hasChanges(plan) && !(await options.approve(plan))) return { plan, run: undefined, unknown: new Map() };
  // A run that a policy refuses has used nothing.
  if (hasChanges(plan) && common.length === 0) {
    await recordBegin(run, approvals, options.saved);
  }
  await recordAgreements(run, options.actor);
  const results: ExportResult[] = prepared.failed.map(({ wanted, failure }) =>
    notSentResult(wanted.name, failure.kind === "lock-held" ? "skipped" : "failed", failure),
  );
  results.push(...prepared.detached.map(detachedResult));
  if (common.length > 0) results.push(...resultsOfKeptRecords(prepared, common));
  results.push(
    ...(await applyTransition(run, holders, common.length > 0 ? keepOnlyRenames(prepared) : prepared)),
  );
  const sent = await sendAccounts(run, options, locked, { prepared, plan, holders });
  for (const [index, account] of sent.entries()) {
    if (account.status === "fulfilled") results.push(...account.value.map(({ result }) => result));
    else if (isDefect(account.reason))
      results.push(...brokenOff(prepared.accounts[index], keptFailure(account.reason)));
  }
  const order = [...locked.exports, ...prepared.transition.dropped].map(({ name }) => name).reverse();
  results.sort((a, b) => order.indexOf(b.name) - order.indexOf(a.name));
  const told = results.map((result) => scheduledResult(result, plan, options.scheduled));
  for (const result of told) run.emit({ type: "export-result", result });
  const brokenOffBy =
    faultIn(sent) ?? (await endPlan(run, options.saved, results).then(() => undefined, asFault));
  const result: RunResult = {
    ...locked.run,
    actor: options.actor,
    environment: run.config.environment,
    finishedAt: new Date().toISOString(),
    exports: told,
  };
  return { plan, run: result, unknown: unknownIn(sent), brokenOffBy };
}

type Sent = readonly PromiseSettledResult<SentExport[]>[];

/** What an account ended with besides its exports. What the other accounts did is said all the same. */
function faultIn(sent: Sent): AppliedPlan["brokenOffBy"] {
  for (const account of sent)
    if (account.status === "rejected" && !isDefect(account.reason)) return asFault(account.reason);
  return undefined;
}

function asFault(error: unknown): NonNullable<AppliedPlan["brokenOffBy"]> {
  return { error };
}

function unknownIn(sent: Sent): AppliedPlan["unknown"] {
  const exports = sent.flatMap((account) => (account.status === "fulfilled" ? account.value : []));
  return new Map(
    exports.flatMap(({ result, unknownBy }) => (unknownBy === undefined ? [] : [[result.name, unknownBy]])),
  );
}

/** The exports of an account whose work ended in a defect of ours: what was sent is in the journal, and the next run looks it up. */
function brokenOff(account: PreparedAccount | undefined, failure: Failure): ExportResult[] {
  return (account?.exports ?? []).map(({ wanted }) => notSentResult(wanted.name, "failed", failure));
}

/** Sends what is planned for each account. Accounts do not disturb each other, and most of the time is spent waiting for vendors. */
function sendAccounts(
  run: Run,
  options: ApplyOptions,
  locked: LockedRun,
  { prepared, plan, holders }: Sending,
): Promise<PromiseSettledResult<SentExport[]>[]> {
  const errored = new ErroredCopy(run, locked.run.id);
  return Promise.allSettled(
    // Async, so that what one account throws at once is its own as well.
    prepared.accounts.map(async (account, index) => {
      const held = locked.locks.of(account.key);
      const holder = holders.get(account.key);
      if (holder === undefined) throw new TypeError(`account ${account.key} is not taken`);
      return sendAccount(run, {
        runId: locked.run.id,
        actor: options.actor,
        startedAt: locked.run.startedAt,
        planId: options.saved?.id,
        asked: options.asks === true,
        account,
        removalsOnly: run.removalsOnly,
        narrowing: plan.narrowing,
        ...sortOut(account, plan),
        writers: locked.accounts.writers,
        held,
        holder,
        stop: options.stop,
        errored,
        prefix: `run${index}`,
      });
    }),
  );
}

interface Sending {
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly holders: SettledRuns["holders"];
}

/** Consent, access, safeguards, limits and policies, on the counts of this very run. */
function sortOut(account: PreparedAccount, plan: Plan): Pick<SendInput, "exports" | "refused"> {
  const refused = account.exports.flatMap((one) => refusalOf(one, account, plan) ?? []);
  return {
    exports: account.exports.filter((one) => !refused.some((refusal) => refusal.export === one)),
    refused,
  };
}
