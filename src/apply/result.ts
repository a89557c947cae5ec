import { countRowsOf } from "../reconcile/change-set/change-set.js";
import { SENT } from "../reconcile/action.js";
import type { Progress } from "./send/job.js";
import { commandLine } from "../model/words/command-line.js";
import { Failure } from "../model/failure.js";
import { overriddenNames } from "../plan/refusals.js";
import { applyWords } from "../report/runs/apply-words.js";
import type { ExportResult, ExportStatus } from "../model/run/run.js";
import type { DetachedExport } from "../planner/transition/detached.js";
import type { PreparedExport } from "../planner/prepared.js";
import type { Tally, UnknownBy } from "./record/fold-ledger.js";

const NOTHING = { added: 0, updated: 0, removed: 0, rejected: 0, unknown: 0, notSent: 0 };

/** The result of an export that was not left out. */
export type SentResult = ExportResult & { readonly status: Exclude<ExportStatus, "skipped" | "detached"> };

/** How one export was sent. */
export interface SentExport {
  readonly result: ExportResult;
  /** Undefined when nothing was sent. */
  readonly unknownBy: UnknownBy | undefined;
}

/** The row of one export in the result of a run. */
export function resultOf(
  prepared: PreparedExport,
  tally: Tally | undefined,
  progress: Progress | undefined,
  failure: Failure | undefined,
): SentResult {
  const error = failure ?? progress?.error;
  const counts = tally ?? NOTHING;
  const { added, updated, removed, rejected, unknown } = counts;
  return {
    name: prepared.wanted.name,
    status: statusOf(counts, error, progress?.interrupted ?? false),
    added,
    updated,
    removed,
    rejected,
    unknown,
    evidence: added + updated + removed === 0 ? undefined : evidenceOf(prepared),
    requests: progress?.requests ?? 0,
    overrides: overriddenNames(prepared.plan),
    error: error === undefined ? undefined : describe(error),
  };
}

/** An export of which nothing is recorded any more, while its people stay. */
export function droppedResult(name: string): ExportResult {
  const none = { added: 0, updated: 0, removed: 0, rejected: 0, unknown: 0, requests: 0 };
  return { name, status: "succeeded", ...none, evidence: undefined, overrides: [], error: undefined };
}

/** An export that was not sent at all. */
export function notSentResult(name: string, status: ExportStatus, failure: Failure): ExportResult {
  const none = { added: 0, updated: 0, removed: 0, rejected: 0, unknown: 0, requests: 0 };
  return { name, status, ...none, overrides: [], evidence: undefined, error: describe(failure) };
}

/** An export that is kept and inactive. */
export function detachedResult({ wanted, plan }: DetachedExport): ExportResult {
  const failure = new Failure("refused", plan.detached, {
    hint: `It is kept as it is; nobody is added, updated or removed. \`${commandLine(applyWords({ targets: [wanted.name], removalsOnly: true }))}\` takes people off where a connection is left.`,
  });
  return notSentResult(wanted.name, "detached", failure);
}

/** The row of an export once something went wrong that concerns all of them. */
export function withFailure(result: ExportResult, failure: Failure): ExportResult {
  const done = result.added + result.updated + result.removed;
  const status = result.status === "interrupted" ? "interrupted" : done > 0 ? "partly" : "failed";
  return { ...result, status, error: describe(failure) };
}

function statusOf(
  tally: Omit<Tally, "unknownBy">,
  error: Error | undefined,
  interrupted: boolean,
): SentResult["status"] {
  const done = tally.added + tally.updated + tally.removed;
  if (interrupted) return "interrupted";
  if (error !== undefined) return done > 0 ? "partly" : "failed";
  if (tally.unknown > 0 || tally.rejected > 0 || tally.notSent > 0) return "partly";
  return done > 0 ? "succeeded" : "unchanged";
}

/** The weakest evidence among the routes that were taken. */
function evidenceOf({ changeSet, codec }: PreparedExport): ExportResult["evidence"] {
  const order = ["accepted", "job-completed", "read-back"] as const;
  const used = SENT.flatMap((operation) => {
    const rows = countRowsOf(changeSet, [operation]);
    return rows === 0 ? [] : [codec.route(operation, rows).evidence];
  });
  return order.find((evidence) => used.includes(evidence));
}

function describe(error: Error): NonNullable<ExportResult["error"]> {
  return error instanceof Failure
    ? { kind: error.kind, message: error.message, hint: error.hint }
    : { kind: "permanent", message: "An unexpected error.", hint: undefined };
}
