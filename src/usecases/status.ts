import type { ConfigChoice } from "../config/choice.js";
import type { Config } from "../model/config/config.js";
import type { Export } from "../model/config/export.js";
import type { Lock } from "../model/run/lock.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { OpenTrialReport } from "../model/connections/open-trial.js";
import { shownTime } from "../model/words/shown-time.js";
import type { Dueness } from "../model/config/schedule.js";
import type { ExportStatusReport, StatusWord } from "../model/reports/status.js";
import { duenessOf } from "../schedule/dueness.js";
import {
  accountState,
  exportState,
  type ExportActivity,
  type OpenRun,
  type StateRoot,
} from "../state/root/root.js";
import { activityOf } from "../records/activity.js";
import { standingDetachment } from "../planner/transition/detached.js";
import { selectExports } from "../planner/prepare.js";
import { transitionOf } from "../records/transition.js";
import { listOpenTrials } from "../records/open-trials.js";
import { openExistingState } from "../run/project-state.js";
import { loadConfig } from "../config/load.js";

export interface StatusOptions extends ConfigChoice {
  /** Names of exports; all when empty. */
  readonly targets?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

export interface StatusResult {
  /** In the order of the config; undefined when that is invalid. */
  readonly exports: readonly ExportStatusReport[] | undefined;
  /** On whichever account. */
  readonly trials: readonly OpenTrialReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How each export stands, by the record and the locks. Asks no destination. */
export async function readStatus(options: StatusOptions): Promise<StatusResult> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { exports: undefined, trials: [], diagnostics };
  const { root, backend } = await openExistingState(config, options.signal);
  const locks = await backend.leases(options.signal);
  const now = new Date();
  const wanted = selectExports({ config }, options.targets);
  return {
    exports: wanted.map((one) => statusOf(one, { config, root, locks, now })),
    trials: listOpenTrials(root, locks),
    diagnostics,
  };
}

interface KnownState {
  readonly config: Config;
  readonly root: StateRoot;
  readonly locks: readonly Lock[];
  readonly now: Date;
}

/** How one export stands. Pure. */
export function statusOf(wanted: Export, known: KnownState): ExportStatusReport {
  const { config, root, now } = known;
  const activity = activityOf(config, root, wanted.name);
  const { last, succeededAt } = activity;
  const recorded = transitionOf(config, root, undefined).renamed.get(wanted.name) ?? wanted.name;
  const list = exportState(root, recorded)?.list;
  const lock = lockOn(wanted, list?.accountId, known.locks);
  const openRun = lock && accountState(root, lock.subject.account)?.openRun;
  // Before its first request a run has not said yet which exports it is about.
  const runs =
    lock !== undefined &&
    lock.operation === "apply" &&
    (openRun === undefined || openRun.exports.includes(wanted.name));
  const due = duenessOf(wanted.schedule, activity, now);
  const cut = runs ? undefined : unfinishedSince(last?.at, wanted.name, root);
  const detached = standingDetachment(config, root, wanted.connection);
  return {
    name: wanted.name,
    displayName: wanted.displayName,
    connection: wanted.connection,
    list: {
      id: list?.listId ?? ("id" in wanted.list ? wanted.list.id : undefined),
      name: list?.name ?? ("name" in wanted.list ? wanted.list.name : undefined),
    },
    status: runs ? "running" : detached !== undefined ? "detached" : cut ? "cancelled" : wordOf(last, due),
    reason: detached ?? (cut ? cutOff(cut, config.timezone) : last?.reason),
    lastRun: last && { id: last.runId, at: last.at, actor: last.actor, ...last.counts },
    lastSuccessAt: succeededAt,
    dueness: due,
    lock: lock && {
      operation: lock.operation,
      environment: lock.environment,
      who: lock.who,
      since: lock.acquiredAt,
    },
  };
}

/** The lock of the account that an export goes to, while somebody is at work under it. */
function lockOn(
  { connection }: Export,
  account: string | undefined,
  locks: readonly Lock[],
): Lock | undefined {
  return locks.find(
    ({ state, subject }) =>
      state === "live" &&
      (account === undefined ? subject.connections.includes(connection) : subject.account === account),
  );
}

/** A run of the export that died, so that it recorded no end. */
function unfinishedSince(last: string | undefined, name: string, root: StateRoot): OpenRun | undefined {
  return Object.values(root.accounts)
    .map(({ openRun }) => openRun)
    .find((run) => run?.exports.includes(name) === true && (last === undefined || run.startedAt > last));
}

function cutOff({ startedAt, actor }: OpenRun, timezone: string): string {
  return `The run of ${shownTime(startedAt, timezone)} by ${actor} was cut off; the next apply looks up what it did, and goes on.`;
}

function wordOf(last: ExportActivity["last"], due: Dueness): StatusWord {
  switch (last?.status) {
    case undefined:
      return "never run";
    case "succeeded":
    case "unchanged":
      return "succeeded";
    case "interrupted":
      return "cancelled";
    case "failed":
      return willBeTried(due) ? "failed (retrying)" : "failed (permanent)";
    case "partly":
    case "refused":
    case "skipped":
      return last.status;
    // It was when it was last run, and is not any more.
    case "detached":
      return "skipped";
  }
}

/** Without anybody who asks for it, and before another scheduled time comes. */
function willBeTried({ state }: Dueness): boolean {
  return state === "due" || state === "retrying" || state === "waiting";
}
