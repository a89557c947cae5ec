import type { Failure } from "../model/failure.js";
import { narrowingOf } from "../model/narrowing.js";
import type { Plan } from "../model/plan.js";
import type { ExportResult, Run } from "../model/run.js";
import { isDefect, kept } from "../platform/kept.js";
import { mustMatch } from "../plan/expectation.js";
import { hasChanges } from "../plan/changes.js";
import { policyChecks } from "../plan/policies.js";
import { begin } from "../approvals/begin.js";
import { approvalsFor } from "../approvals/for-run.js";
import { judgedPlan } from "../planner/judge-plan.js";
import { planDocument } from "../planner/plan-document.js";
import { prepare, type Prepared } from "../planner/prepare.js";
import type { PreparedAccount } from "../planner/prepared.js";
import type { Session } from "../run/run.js";
import { endPlan } from "../approvals/saved-plan/progress.js";
import { ErroredCopy } from "./errored.js";
import { settle, type Holding, type Settled } from "./holding.js";
import { letGo } from "./record/let-go.js";
import { renamedMeanwhile, withoutAccounts } from "./meanwhile.js";
import type { ApplyOptions } from "./options.js";
import { keptRecords, onlyNames } from "./policy-refusal.js";
import { recordConsents } from "./record/record-consents.js";
import { refusalOf } from "./refusal.js";
import { detachedResult, notSent } from "./result.js";
import { asScheduled, servedMeanwhile } from "./scheduled.js";
import { sendAccount, type SendInput } from "./send-account.js";

/** Plans, asks, and carries it out, with the locks of all its accounts. */
export async function runHolding(
  opened: Session,
  options: ApplyOptions,
  holding: Holding,
): Promise<{ plan: Plan; run: Run | undefined }> {
  const { session, holders, unsettled } = await settle(opened, holding);
  const displaced = [
    ...renamedMeanwhile(session, holding),
    ...servedMeanwhile(session, holding.exports, options.scheduled),
  ];
  const exports = holding.exports.filter((one) => !displaced.some(({ wanted }) => wanted === one));
  const accounts = withoutAccounts(session, holding, unsettled);
  const opening = { ...accounts, failed: [...accounts.failed, ...displaced] };
  const prepared = await prepare(session, exports, opening, holding.rows);
  const approvals = await approvalsFor(session, options);
  const narrowing = options.saved === undefined ? narrowingOf(options) : options.saved.plan.narrowing;
  const document = planDocument(session, prepared, narrowing);
  const plan = await judgedPlan(session, document, { ...options, approvals });
  if (options.expect !== undefined) mustMatch(options.expect, plan, session.config.approvals.tolerance);
  const common = policyChecks(plan);
  if (hasChanges(plan) && !(await options.approve(plan))) return { plan, run: undefined };
  // A run that a policy refuses has used nothing.
  if (hasChanges(plan) && common.length === 0) {
    await begin(session, approvals, options.saved);
  }
  await recordConsents(session, options.actor);
  const results: ExportResult[] = prepared.failed.map(({ wanted, failure }) =>
    notSent(wanted.name, failure.kind === "lock-held" ? "skipped" : "failed", failure),
  );
  results.push(...prepared.detached.map(detachedResult));
  if (common.length > 0) results.push(...keptRecords(prepared, common));
  results.push(...(await letGo(session, holders, common.length > 0 ? onlyNames(prepared) : prepared)));
  const sent = await sendAccounts(session, options, holding, { prepared, plan, holders });
  for (const [index, account] of sent.entries()) {
    if (account.status === "fulfilled") results.push(...account.value);
    else if (isDefect(account.reason))
      results.push(...brokenOff(prepared.accounts[index], kept(account.reason)));
  }
  const order = [...holding.exports, ...prepared.transition.dropped].map(({ name }) => name).reverse();
  results.sort((a, b) => order.indexOf(b.name) - order.indexOf(a.name));
  const told = results.map((result) => asScheduled(result, plan, options.scheduled));
  holding.results.push(...told);
  for (const result of told) session.emit({ type: "export-result", result });
  // Only now: what the other accounts did has been said.
  for (const account of sent)
    if (account.status === "rejected" && !isDefect(account.reason)) throw account.reason;
  await endPlan(session, options.saved, results);
  const run: Run = {
    ...holding.run,
    actor: options.actor,
    environment: session.config.environment,
    finishedAt: new Date().toISOString(),
    exports: told,
  };
  return { plan, run };
}

/** The exports of an account whose work ended in a defect of ours: what was sent is in the journal, and the next run looks it up. */
function brokenOff(account: PreparedAccount | undefined, failure: Failure): ExportResult[] {
  return (account?.exports ?? []).map(({ wanted }) => notSent(wanted.name, "failed", failure));
}

/** Sends what is planned for each account. Accounts do not disturb each other, and most of the time is spent waiting for vendors. */
function sendAccounts(
  session: Session,
  options: ApplyOptions,
  holding: Holding,
  { prepared, plan, holders }: Sending,
): Promise<PromiseSettledResult<ExportResult[]>[]> {
  const errored = new ErroredCopy(session, holding.run.id);
  return Promise.allSettled(
    prepared.accounts.map(async (account, index) => {
      const held = holding.locks.of(account.key);
      const holder = holders.get(account.key);
      if (holder === undefined) throw new TypeError(`account ${account.key} is not taken`);
      const done = await sendAccount(session, {
        runId: holding.run.id,
        actor: options.actor,
        startedAt: holding.run.startedAt,
        planId: options.saved?.id,
        asked: options.asks === true,
        account,
        removalsOnly: session.removalsOnly,
        narrowing: plan.narrowing,
        ...sortOut(account, plan),
        writers: holding.accounts.writers,
        held,
        holder,
        stop: options.stop,
        errored,
        prefix: `run${index}`,
      });
      for (const { result, unknownBy } of done)
        if (unknownBy !== undefined) holding.unknown.set(result.name, unknownBy);
      return done.map(({ result }) => result);
    }),
  );
}

interface Sending {
  readonly prepared: Prepared;
  readonly plan: Plan;
  readonly holders: Settled["holders"];
}

/** Consent, access, safeguards, limits and policies, on the counts of this very run. */
function sortOut(account: PreparedAccount, plan: Plan): Pick<SendInput, "exports" | "refused"> {
  const refused = account.exports.flatMap((one) => refusalOf(one, account, plan) ?? []);
  return {
    exports: account.exports.filter((one) => !refused.some((refusal) => refusal.export === one)),
    refused,
  };
}
