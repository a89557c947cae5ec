import { randomUUID } from "node:crypto";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Plan } from "../model/plan/plan.js";
import type { PlanFile } from "../model/plan/plan-file.js";
import { runIdOf } from "../model/run/run-id.js";
import type { ExportResult, RunResult } from "../model/run/run.js";
import { parseExpectation } from "../plan/expectation.js";
import { collectWhenDue } from "../apply/collect-when-due.js";
import { mergeResults } from "../apply/record/merge-results.js";
import type { ApplyOptions } from "../apply/options.js";
import type { UnknownBy } from "../apply/record/fold-ledger.js";
import { recordRun, type FirstPass } from "../apply/record/record-run.js";
import { applyPlan } from "../apply/apply-plan.js";
import { subjectsOfKeys, Locks, subjectsOf } from "../run/locks.js";
import { withNotices } from "../notices/with-notices.js";
import { outcomesOfRun } from "../notices/outcomes-of-run.js";
import { openLeaving } from "../planner/transition/open-leaving.js";
import { openAccounts, selectExports } from "../planner/prepare.js";
import { transitionOf } from "../records/transition.js";
import { openSavedPlan } from "../approvals/saved-plan/open.js";
import { withRun } from "../run/open.js";
import type { Project } from "../run/project.js";

export type { ApplyOptions } from "../apply/options.js";

type ApplyOfProject = ApplyOptions & { readonly project: Project };

export interface ApplyResult {
  readonly plan?: Plan | undefined;
  /** Undefined when it was not approved or the config is invalid. */
  readonly run?: RunResult | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans and carries it out, under a lock per account. Rows whose outcome stayed
 * unknown are looked up once more in a second pass, unless that would do more.
 */
export function apply(options: ApplyOptions): Promise<ApplyResult> {
  return withNotices(options, "apply", (project) => applyQuietly({ ...options, project }), outcomesOfRun);
}

/** The same without a word to the notifiers. */
export async function applyQuietly(asked: ApplyOfProject): Promise<ApplyResult> {
  const { saved } = asked;
  const options = saved === undefined ? asked : asPlanned(asked, saved);
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
    asks: false,
    // What was due is done; an account that another run took meanwhile is still left to it.
    scheduled: options.scheduled && { due: new Map() },
    expect: undefined,
    retryRejected: false,
    continues: { plan: first.plan, run: first.run, unknown: first.unknown },
  });
  return second.run === undefined
    ? first
    : { ...first, run: mergeResults(first.run, second.run, first.unknown) };
}

/** A saved plan says what to do; which checks it lets pass is beside them. */
function asPlanned(asked: ApplyOfProject, { plan: { narrowing = {} } }: PlanFile): ApplyOfProject {
  const { targets, removalsOnly } = narrowing;
  return { ...asked, targets, removalsOnly, overrides: [] };
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

/** One pass of a run. */
interface ApplyPass extends ApplyResult {
  readonly unknown: ReadonlyMap<string, UnknownBy>;
}

async function applyOnce(options: ApplyOfProject & { readonly continues?: FirstPass }): Promise<ApplyPass> {
  const { result, diagnostics } = await withRun(options, async (run) => {
    const rows = options.saved && (await openSavedPlan(run, options.saved));
    const { targets } = options;
    const exports = selectExports(run, targets).filter(({ name }) => isIn(options.saved, name));
    const locks = new Locks(run, {
      operation: "apply",
      actor: options.actor,
      leavesOutHeld: options.scheduled !== undefined,
    });
    const opened = await openAccounts(run, exports, locks.mayWriteUntil);
    const accounts = await openLeaving(run, opened, targets, locks.mayWriteUntil);
    const connections = [...accounts.connections.values()];
    const byKey = new Map(connections.map((open) => [open.accountKey, open]));
    const before = run.state.root;
    const { dropped } = transitionOf(run.config, before, targets);
    const subjects = [
      ...subjectsOfKeys(dropped.map(({ state }) => state.list.accountId)),
      ...subjectsOf(connections),
    ];
    return locks.hold(subjects, async () => {
      const begun = {
        id: runIdOf(run.clock, randomUUID().slice(0, 8)),
        startedAt: run.clock.toISOString(),
      };
      const locked = { run: begun, exports, rows, accounts, byKey, locks, before };
      const done = await recordRun(run, options, locked, () => applyPlan(run, options, locked));
      if (done.run !== undefined && !options.stop.aborted)
        await collectWhenDue(run, options.actor, new Set(locks.held.keys()));
      return done;
    });
  });
  const { plan, run, unknown = new Map<string, UnknownBy>() } = result ?? {};
  return { plan, run, diagnostics, unknown };
}

function isIn(saved: PlanFile | undefined, name: string): boolean {
  return saved === undefined || saved.plan.exports.some((one) => one.name === name);
}
