import { randomUUID } from "node:crypto";
import type { ConfigChoice } from "../config/choice.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/event.js";
import { Failure } from "../model/failure.js";
import type { Plan } from "../model/plan.js";
import type { PlanFile } from "../model/plan-file.js";
import type { ExportResult, Run } from "../model/run.js";
import { mustMatch, parseExpectation } from "../plan/expectation.js";
import { hasChanges } from "../plan/has-changes.js";
import type { LeaseHeld } from "../plugin/state-backend.js";
import { accountState, exportState, type StateRoot } from "../state/root.js";
import type { Held } from "../state/lease.js";
import { approvalsFor, useUp } from "./approval/for-run.js";
import { collectWhenDue } from "./apply/collect-when-due.js";
import { ErroredCopy } from "./apply/errored.js";
import { letGo } from "./apply/let-go.js";
import { mergeResults } from "./apply/merge-results.js";
import { recover } from "./apply/recover.js";
import { keptRecords, onlyNames, policyChecks } from "./apply/policy-refusal.js";
import { refusalOf } from "./apply/refusal.js";
import type { UnknownBy } from "./apply/record.js";
import { recordConsents } from "./apply/record-consents.js";
import { recordingRun, type Earlier } from "./apply/record-run.js";
import { detachedResult, notSent } from "./apply/result.js";
import { asScheduled, servedMeanwhile, type Scheduled } from "./apply/scheduled.js";
import { sendAccount, type SendInput } from "./apply/send-account.js";
import type { OpenConnection } from "./accounts.js";
import { withForgotten } from "./forgotten.js";
import { holdingAccounts, lockOf } from "./hold-accounts.js";
import { judgedPlan } from "./judge-plan.js";
import { openAccounts, prepare, selectExports, type RunAccounts } from "./prepare/prepare.js";
import { openLeaving } from "./prepare/open-leaving.js";
import { transitionOf } from "./prepare/transition.js";
import { failedExport } from "./prepare/failed-export.js";
import { planDocument } from "./prepare/plan-document.js";
import type { FailedExport, PreparedAccount } from "./prepare/prepared.js";
import type { RowsFrom } from "./prepare/rows-from.js";
import type { Session } from "./prepare/session.js";
import { openSavedPlan } from "./saved-plan/open.js";
import { telling } from "./notices.js";
import { outcomesOfRun } from "./notices/of-run.js";
import type { Notifying } from "./notices/telling.js";
import { withSession, type Seen } from "./session.js";
import { beginPlan, endPlan } from "./saved-plan/progress.js";

export interface ApplyOptions extends ConfigChoice, Notifying {
  /** Names of exports; all when empty. Those of the plan where one is given. */
  readonly targets?: readonly string[] | undefined;
  /** Applied as it is, less those who opted out since; without it the sources decide. */
  readonly saved?: PlanFile | undefined;
  /** What was approved of a plan that was not saved: anything else is refused. */
  readonly expect?: string | undefined;
  /** Files of approvals; one that does not count refuses the run. */
  readonly approvalFiles?: readonly string[] | undefined;
  readonly reveal?: boolean | undefined;
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[] | undefined;
  readonly emit: Emit;
  /** Stops at once. */
  readonly signal: AbortSignal;
  /** Finishes the request in flight, records it and stops. */
  readonly stop: AbortSignal;
  /** Add and update nobody: only people who withdrew or left are taken off. */
  readonly removalsOnly?: boolean | undefined;
  /** Asked once, with what would be done; not asked when there is nothing to do. */
  readonly approve: (plan: Plan) => Promise<boolean>;
  /** Who runs this. */
  readonly actor: string;
  /** Set when the schedule asks for it: what others hold or have done is left out then. */
  readonly scheduled?: Scheduled | undefined;
  /** The same as roles name it, such as `github:anna`; undefined when nobody can tell. */
  readonly identity?: string | undefined;
}

type SeenApply = ApplyOptions & { readonly seen: Seen };

export interface ApplyResult {
  readonly plan?: Plan | undefined;
  /** Undefined when it was not approved or the config is invalid. */
  readonly run?: Run | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans and carries it out, under a lock per account. Rows whose outcome stayed
 * unknown are looked up once more in a second pass, unless that would do more.
 */
export function apply(options: ApplyOptions): Promise<ApplyResult> {
  return telling(options, "apply", (seen) => applyQuietly({ ...options, seen }), outcomesOfRun);
}

/** The same without a word to the notifiers. */
export async function applyQuietly(asked: SeenApply): Promise<ApplyResult> {
  const { saved } = asked;
  const options = saved === undefined ? asked : { ...asked, removalsOnly: saved.removalsOnly };
  if (options.expect !== undefined) parseExpectation(options.expect);
  const first = await applyOnce(options);
  // A second pass would evaluate the sources, and what they give now is in no saved plan and was not approved.
  if (saved !== undefined || options.approvalFiles !== undefined) return first;
  if (!first.run?.exports.some(worthASecondLook) || options.stop.aborted) return first;
  const unknown = new Map(
    first.run.exports.filter(worthASecondLook).map((result) => [result.name, result.unknown]),
  );
  const approve = (plan: Plan): Promise<boolean> => Promise.resolve(noMoreThan(unknown, plan));
  const second = await applyOnce({
    ...options,
    targets: [...unknown.keys()],
    approve,
    // What was due is done; an account that another run took meanwhile is still left to it.
    scheduled: options.scheduled && { due: new Map() },
    expect: undefined,
    continues: { plan: first.plan, run: first.run, unknown: first.unknown },
  });
  return second.run === undefined
    ? first
    : { ...first, run: mergeResults(first.run, second.run, first.unknown) };
}

/** Sources may have changed meanwhile, and what is new was not approved. */
function noMoreThan(unknown: ReadonlyMap<string, number>, { exports }: Plan): boolean {
  return exports.every(
    ({ name, counts: { add, update, remove } }) => add + update + remove <= (unknown.get(name) ?? 0),
  );
}

function worthASecondLook({ status, unknown, error }: ExportResult): boolean {
  return status === "partly" && unknown > 0 && error === undefined;
}

interface Applied extends ApplyResult {
  readonly unknown: ReadonlyMap<string, UnknownBy>;
}

async function applyOnce(options: SeenApply & { readonly continues?: Earlier }): Promise<Applied> {
  const unknown = new Map<string, UnknownBy>();
  const { result, diagnostics } = await withSession(options, async (session) => {
    const rows = options.saved && (await openSavedPlan(session, options.saved));
    const targets = options.saved?.targets ?? options.targets;
    const exports = selectExports(session, targets).filter(({ name }) => isIn(options.saved, name));
    const held = new Map<string, Held>();
    const elsewhere = new Map<string, LeaseHeld>();
    const mayWriteUntil = (key: string): Promise<number> => lockOf(held, key).mayWriteUntil();
    const opened = await openAccounts(session, exports, mayWriteUntil);
    const accounts = await openLeaving(session, opened, targets, mayWriteUntil);
    const byKey = new Map([...accounts.connections.values()].map((open) => [open.accountKey, open]));
    const before = session.state.root;
    const { dropped } = transitionOf(session.config, before, targets);
    const holding = {
      operation: "apply",
      actor: options.actor,
      connections: accounts.connections.values(),
      accounts: dropped.map(({ state }) => state.list.accountId),
      held,
      elsewhere: options.scheduled && elsewhere,
    };
    return holdingAccounts(session, holding, async () => {
      const run = {
        id: `${session.clock.toISOString().replaceAll(/[-:.]/g, "")}-${randomUUID().slice(0, 8)}`,
        startedAt: session.clock.toISOString(),
      };
      const about = { run, exports, unknown, results: [] };
      const holds = { ...about, rows, accounts, byKey, held, elsewhere, before };
      const done = await recordingRun(session, options, holds, () => runHolding(session, options, holds));
      if (done.run !== undefined && !options.stop.aborted)
        await collectWhenDue(session, options.actor, new Set(held.keys()));
      return done;
    });
  });
  return { ...result, diagnostics, unknown };
}

interface Holding {
  readonly run: { readonly id: string; readonly startedAt: string };
  readonly exports: ReturnType<typeof selectExports>;
  /** Of the saved plan, if one is applied. */
  readonly rows: RowsFrom | undefined;
  readonly accounts: RunAccounts;
  /** The record before any lock was held. */
  readonly before: StateRoot;
  readonly byKey: ReadonlyMap<string, OpenConnection>;
  readonly held: ReadonlyMap<string, Held>;
  /** Accounts that other runs hold. */
  readonly elsewhere: ReadonlyMap<string, Failure>;
  /** Takes up what stays open, by export. */
  readonly unknown: Map<string, UnknownBy>;
  /** Takes up how exports ended, also when the run breaks off after that. */
  readonly results: ExportResult[];
}

async function runHolding(
  opened: Session,
  options: ApplyOptions,
  holding: Holding,
): Promise<{ plan: Plan; run: Run | undefined }> {
  const holders = new Map<string, Awaited<ReturnType<Session["state"]["takeAccount"]>>>();
  for (const key of holding.held.keys()) {
    const type = holding.byKey.get(key)?.connection.type ?? accountState(opened.state.root, key)?.type;
    if (type !== undefined) holders.set(key, await opened.state.takeAccount(key, type, opened.signal));
  }
  // Only under the locks, because a `forget` may have ended just before.
  const session = await withForgotten(opened);
  const unsettled = new Map<string, Failure>(holding.elsewhere);
  for (const [index, [key, open]] of [...holding.byKey].entries()) {
    const holder = holders.get(key);
    const destination = holding.accounts.writers.get(open.connection.name);
    try {
      if (destination !== undefined && holder !== undefined) {
        await recover(session, {
          open,
          destination,
          holder,
          held: lockOf(holding.held, key),
          prefix: `old${index}`,
        });
      }
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
      unsettled.set(key, error);
    }
  }
  const displaced = [
    ...renamedMeanwhile(session, holding),
    ...servedMeanwhile(session, holding.exports, options.scheduled),
  ];
  const exports = holding.exports.filter((one) => !displaced.some(({ wanted }) => wanted === one));
  const accounts = withoutAccounts(session, holding, unsettled);
  const opening = { ...accounts, failed: [...accounts.failed, ...displaced] };
  const prepared = await prepare(session, exports, opening, holding.rows);
  const approvals = await approvalsFor(session, options);
  const plan = await judgedPlan(session, planDocument(session, prepared), { ...options, approvals });
  if (options.expect !== undefined) mustMatch(options.expect, plan);
  const common = policyChecks(plan);
  if (hasChanges(plan) && !(await options.approve(plan))) return { plan, run: undefined };
  // A run that a policy refuses has used nothing.
  if (hasChanges(plan) && common.length === 0) {
    await useUp(session, approvals, options.saved);
    await beginPlan(session, options.saved);
  }
  await recordConsents(session, options.actor);
  const results: ExportResult[] = prepared.failed.map(({ wanted, failure }) =>
    notSent(wanted.name, failure.kind === "lock-held" ? "skipped" : "failed", failure),
  );
  results.push(...prepared.detached.map(detachedResult));
  if (common.length > 0) results.push(...keptRecords(prepared, common));
  results.push(...(await letGo(session, holders, common.length > 0 ? onlyNames(prepared) : prepared)));
  const errored = new ErroredCopy(session, holding.run.id);
  // Accounts do not disturb each other, and most of the time is spent waiting for vendors.
  const sent = await Promise.allSettled(
    prepared.accounts.map(async (account, index) => {
      const held = lockOf(holding.held, account.key);
      const holder = holders.get(account.key);
      if (holder === undefined) throw new TypeError(`account ${account.key} is not taken`);
      const done = await sendAccount(session, {
        runId: holding.run.id,
        actor: options.actor,
        startedAt: holding.run.startedAt,
        planId: options.saved?.id,
        account,
        removalsOnly: session.removalsOnly,
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
  for (const account of sent) if (account.status === "fulfilled") results.push(...account.value);
  const order = [...holding.exports, ...prepared.transition.dropped].map(({ name }) => name).reverse();
  results.sort((a, b) => order.indexOf(b.name) - order.indexOf(a.name));
  const told = results.map((result) => asScheduled(result, plan, common, options.scheduled));
  holding.results.push(...told);
  for (const result of told) session.emit({ type: "export-result", result });
  // Only now: what the other accounts did has been said.
  for (const account of sent) if (account.status === "rejected") throw account.reason;
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

function isIn(saved: PlanFile | undefined, name: string): boolean {
  return saved === undefined || saved.plan.exports.some((one) => one.name === name);
}

/** Exports that were recorded before the lock was held and are not any more: another run gave them another name. */
function renamedMeanwhile({ config, state }: Session, { before, exports }: Holding): FailedExport[] {
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
function withoutAccounts(
  { config }: Session,
  { exports, accounts }: Holding,
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

/** Consent, access, safeguards, limits and policies, on the counts of this very run. */
function sortOut(account: PreparedAccount, plan: Plan): Pick<SendInput, "exports" | "refused"> {
  const refused = account.exports.flatMap((one) => refusalOf(one, account, plan) ?? []);
  return {
    exports: account.exports.filter((one) => !refused.some((refusal) => refusal.export === one)),
    refused,
  };
}
