import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { Plan } from "../../model/plan/plan.js";
import type { ExportResult, RunResult } from "../../model/run/run.js";
import { recordAfterRun } from "../../schedule/after-run.js";
import type { ExportActivity, StateRoot } from "../../state/root/root.js";
import { putRunRecord } from "../../state/run-records.js";
import { activityOf } from "../../records/activity.js";
import type { Run } from "../../run/run.js";
import { mergeResults } from "./merge-results.js";
import type { UnknownBy } from "./fold-ledger.js";
import { notSentResult } from "../result.js";
import { describeRun } from "./describe-run.js";
import type { ScheduledApply } from "../scheduled.js";
import type { AppliedPlan } from "../apply-plan.js";

/** What a run is, before it is known how it ends. */
export interface BegunRun {
  readonly run: Pick<RunResult, "id" | "startedAt">;
  readonly exports: readonly Export[];
}

/** The first pass of a run that is looked at once more. */
export interface FirstPass {
  readonly plan: Plan | undefined;
  readonly run: RunResult;
  readonly unknown: ReadonlyMap<string, UnknownBy>;
}

interface RunRequest {
  readonly actor: string;
  readonly scheduled?: ScheduledApply | undefined;
  readonly removalsOnly?: boolean | undefined;
  readonly continues?: FirstPass | undefined;
}

interface EndedRun {
  /** Undefined when it came to none. */
  readonly plan: Plan | undefined;
  readonly result: RunResult;
}

/**
 * Does the work of a run and records how each export ended, also when nothing
 * could be sent or the run broke off as a whole.
 */
export async function recordRun(
  run: Run,
  asked: RunRequest,
  begun: BegunRun,
  work: () => Promise<AppliedPlan>,
): Promise<AppliedPlan> {
  let applied: AppliedPlan;
  try {
    applied = await work();
  } catch (error) {
    await recordBrokenOff(run, asked, begun, { results: [], error });
    throw error;
  }
  const { plan, run: result, brokenOffBy } = applied;
  if (result === undefined) return applied;
  if (brokenOffBy !== undefined) {
    await recordBrokenOff(run, asked, begun, { results: result.exports, error: brokenOffBy.error });
    throw brokenOffBy.error;
  }
  await recordResult(run, asked, begun, { plan, result });
  return applied;
}

/** `results`: of the exports that ended before. */
async function recordBrokenOff(
  run: Run,
  asked: RunRequest,
  begun: BegunRun,
  { results, error }: { readonly results: readonly ExportResult[]; readonly error: unknown },
): Promise<void> {
  if (run.signal.aborted) return;
  const failure = failureOf(error);
  const result: RunResult = {
    ...begun.run,
    actor: asked.actor,
    finishedAt: new Date().toISOString(),
    exports: begun.exports.map(
      ({ name }) => results.find((one) => one.name === name) ?? notSentResult(name, "failed", failure),
    ),
  };
  await recordResult(run, asked, begun, { plan: undefined, result });
}

/** A defect counts as an attempt too, or a schedule would try again for ever. Its message may quote data. */
function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new Failure("transient", `Something unexpected went wrong inside rollcall (${name}).`, {
    hint: "Run it by hand to see more.",
  });
}

/** What cannot be recorded is said; how the run ended is said in any case. */
async function recordResult(run: Run, asked: RunRequest, begun: BegunRun, ended: EndedRun): Promise<void> {
  const { state, signal, emit } = run;
  const results = ended.result.exports.filter(saysSomething);
  if (results.length === 0) return;
  const { continues } = asked;
  const result =
    continues === undefined ? ended.result : mergeResults(continues.run, ended.result, continues.unknown);
  const trigger = asked.scheduled === undefined ? "on-demand" : "schedule";
  try {
    await state.update((root) => {
      for (const { name } of results) recordExport(run, root, name, { asked, begun, result });
      dropStrangers(run, root);
    }, signal);
    await putRunRecord(
      state,
      describeRun(run, { plan: continues?.plan ?? ended.plan, run: result, trigger }),
      {
        replaces: continues !== undefined,
        signal,
      },
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const message = `How this run ended could not be recorded: ${error.message}`;
    emit({ type: "warning", export: undefined, message });
  }
}

/** Left to another run, which records what became of it. */
function saysSomething({ status, error }: ExportResult): boolean {
  return !(status === "skipped" && error?.kind === "lock-held");
}

function recordExport(
  { config }: Run,
  root: StateRoot,
  name: string,
  {
    asked,
    begun,
    result,
  }: { readonly asked: RunRequest; readonly begun: BegunRun; readonly result: RunResult },
): void {
  const wanted = begun.exports.find((one) => one.name === name);
  const own = result.exports.find((one) => one.name === name);
  // Of an export that is let go nothing is left.
  if (wanted === undefined || own === undefined) return;
  const { status, added, updated, removed, rejected, unknown, error } = own;
  const last: ExportActivity["last"] = {
    runId: result.id,
    status,
    at: result.finishedAt,
    actor: result.actor,
    counts: { added, updated, removed, rejected, unknown },
    ...(error === undefined ? {} : { reason: error.message }),
  };
  const before = activityOf(config, root, name);
  const whole = asked.removalsOnly !== true;
  const next = whole
    ? recordAfterRun(before, {
        due: asked.scheduled?.due.get(name),
        startedAt: new Date(result.startedAt),
        finishedAt: new Date(result.finishedAt),
        wanted,
        result: own,
      })
    : before;
  root.activity = { ...root.activity, [name]: { ...next, last } };
}

/** Exports that neither the config nor the record knows any more. */
function dropStrangers({ config }: Run, root: StateRoot): void {
  const known = Object.entries(root.activity ?? {}).filter(
    ([name]) => config.exports.has(name) || Object.hasOwn(root.exports, name),
  );
  root.activity = Object.fromEntries(known);
}
