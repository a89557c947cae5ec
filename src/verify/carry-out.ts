import type { Verification, VerificationPlan } from "../model/connections/verification.js";
import { Failure } from "../model/failure.js";
import { keptFailure } from "../platform/defects.js";
import type { Destination } from "../plugin/destination.js";
import type { Trial, TrialStep, TrialSubject } from "../plugin/trial.js";
import type { OpenConnection } from "../run/accounts.js";
import type { Run } from "../run/run.js";
import { endTrial, recordWaiting, type OpenTrial } from "../run/trial-record.js";
import type { HeldAccount } from "../state/store.js";
import { joinFindings, runSteps, type StepsEnd } from "./run-steps.js";

/** What somebody wants of a trial. */
export interface TrialWishes {
  /** `try`: all steps; `unsubscribed`: what is left once a person has unsubscribed the second address; `clean-up`: nothing but taking away what a trial left. */
  readonly stage: "try" | "unsubscribed" | "clean-up";
  /** Id of an empty list; only to try. */
  readonly listId?: string | undefined;
  /** Two addresses, one a line; only to try. */
  readonly addresses?: string | undefined;
  /** Leave the second address on the list at the end, for a person to unsubscribe it. */
  readonly unsubscribe: boolean;
  readonly actor: string;
  /** Asked once, before anything is changed. */
  readonly approve: (plan: VerificationPlan) => Promise<boolean>;
}

/** For a handful of deletions and what they wait for, also when the process is told to stop. */
const CLEAN_UP_MS = 15 * 60_000;

/** A trial at an account whose lock is held. */
export interface TrialTask {
  readonly run: Run;
  readonly options: TrialWishes;
  readonly open: OpenConnection;
  readonly destination: Destination;
  readonly trial: Trial;
  readonly holder: HeldAccount;
  /** Of an earlier call. */
  readonly known: OpenTrial | undefined;
}

/** Whatever happens meanwhile, what was made is taken away, or state goes on knowing of it. */
export async function carryOut(
  task: TrialTask,
  subject: TrialSubject,
  steps: readonly TrialStep[],
  unsubscribe: boolean,
): Promise<Verification> {
  const { run, open, trial, holder } = task;
  const startedAt = new Date().toISOString();
  let ended: StepsEnd;
  try {
    ended = await runSteps(run, steps, subject);
  } catch (error) {
    await cleanUp(task, subject, true);
    throw error;
  }
  const errors = [...ended.errors];
  let traces: Verification["traces"] = "none";
  let kept = 0;
  const isStillWaiting =
    task.options.stage === "unsubscribed" && ended.findings.every(({ verdict }) => verdict === "untried");
  if (isStillWaiting) traces = "waiting";
  else if (unsubscribe) {
    // Nothing that the steps made of the contacts is to be in the way.
    await trial.cleanUp(subject, ended.errors.length > 0, run.signal);
    await trial.prepareUnsubscribe(subject, run.signal);
    await recordWaiting(run, holder, open);
    traces = "waiting";
  } else {
    const cleaned = await cleanUp(
      task,
      subject,
      task.options.stage === "clean-up" || ended.errors.length > 0,
    );
    if (typeof cleaned === "number") kept = cleaned;
    else {
      errors.push(cleaned);
      traces = "left";
    }
  }
  const stays =
    task.options.stage !== "try" && traces !== "waiting" ? await staysOptedOut(task, subject) : {};
  return {
    connection: open.connection.name,
    account: { id: open.account.id, label: open.account.label },
    startedAt,
    finishedAt: new Date().toISOString(),
    beliefs: joinFindings(open.plugin.beliefs, ended.findings),
    errors,
    traces,
    kept,
    ...stays,
  };
}

async function staysOptedOut(
  { run, trial }: TrialTask,
  subject: TrialSubject,
): Promise<Pick<Verification, "stays">> {
  try {
    const stays = await trial.staysOptedOut(subject, run.signal);
    return stays === undefined ? {} : { stays };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { stays: `Whether the opt-out of the second address stays could not be asked: ${error.message}` };
  }
}

/** Also after an interrupt. What went wrong, in words; how many contacts stay when nothing else is left. */
async function cleanUp(
  { run, open, trial, holder }: TrialTask,
  subject: TrialSubject,
  isCutOff: boolean,
): Promise<string | number> {
  run.emit({ type: "stage", export: undefined, stage: "taking away what the trial made" });
  try {
    const stay = await trial.cleanUp(subject, isCutOff, AbortSignal.timeout(CLEAN_UP_MS));
    await endTrial(run, holder, open);
    return stay;
  } catch (error) {
    // Not `keptFailure`: that it took too long is not an interrupt of a person's.
    return error instanceof Failure ? error.message : keptFailure(error).message;
  }
}
