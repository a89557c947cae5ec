import type { ConfigChoice } from "../../config/choice.js";
import type { Connection } from "../../model/config/connection.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import type { Emit } from "../../model/run/event.js";
import { Failure } from "../../model/failure.js";
import type { Verification, VerificationPlan } from "../../model/connections/verification.js";
import { keptFailure } from "../../platform/defects.js";
import { maskAddresses } from "../../platform/secrets/mask-addresses.js";
import type { Destination, ListInfo } from "../../plugin/destination.js";
import type { Trial, TrialStep, TrialSubject } from "../../plugin/trial.js";
import type { HeldAccount } from "../../state/store.js";
import type { OpenConnection } from "../../run/accounts.js";
import { Locks, mustBeSettled, withAccount } from "../../run/locks.js";
import { mustBeAllowed } from "../../run/must-be-allowed.js";
import { connectAccount } from "../../planner/connect.js";
import type { Run } from "../../run/run.js";
import { withRun } from "../../run/open.js";
import { endTrial, openTrial, recordTrial, recordWaiting, type OpenTrial } from "../../run/trial-record.js";
import { VERIFY } from "../../records/open-trials.js";
import { joinFindings, runSteps, type StepsEnd } from "../../verify/run-steps.js";
import { chooseSubject, readAddresses } from "../../verify/subject.js";
import { noSuchConnection } from "../../run/no-such-connection.js";

export interface VerifyOptions extends ConfigChoice {
  readonly name: string;
  /** `try`: all steps; `unsubscribed`: what is left once a person has unsubscribed the second address; `clean-up`: nothing but taking away what a trial left. */
  readonly stage: "try" | "unsubscribed" | "clean-up";
  /** Id of an empty list; only to try. */
  readonly listId?: string | undefined;
  /** Two addresses, one a line; only to try. */
  readonly addresses?: string | undefined;
  /** Leave the second address on the list at the end, for a person to unsubscribe it. */
  readonly unsubscribe: boolean;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly actor: string;
  /** The same as roles name it; undefined when nobody can tell. */
  readonly identity?: string | undefined;
  /** Asked once, before anything is changed. */
  readonly approve: (plan: VerificationPlan) => Promise<boolean>;
}

/** For a handful of deletions and what they wait for, also when the process is told to stop. */
const CLEAN_UP_MS = 15 * 60_000;

export interface VerifyResult {
  readonly plan?: VerificationPlan | undefined;
  /** Undefined when it was not approved. */
  readonly verification?: Verification | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tries at a real account what is believed of its vendor without proof: on an
 * empty list, with two addresses of whoever runs it, under the account's lock,
 * recorded before anything is sent, and taken away again.
 */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { result, diagnostics } = await withRun(options, async (opened) => {
    const connection = connectionNamed(opened, options);
    const locks = new Locks(opened, { operation: VERIFY, actor: options.actor });
    const { open, destination } = await connectAccount(opened, connection, locks.mayWriteUntil);
    const { trial } = destination;
    if (trial === undefined)
      throw new Failure(
        "invalid",
        `Connection "${connection.name}" (${connection.type}) has nothing to verify.`,
        {
          hint: "Only what is believed of a vendor is tried.",
        },
      );
    return withAccount(opened, open, locks, async (run, holder) => {
      mustBeSettled(run, open);
      const known = await openTrial(run, open.accountKey);
      const task = { run, options, open, destination, trial, holder, known };
      return options.stage === "try" ? tryBeliefs(task) : endOpenTrial(task);
    });
  });
  return { ...result, diagnostics };
}

interface VerifyTask {
  readonly run: Run;
  readonly options: VerifyOptions;
  readonly open: OpenConnection;
  readonly destination: Destination;
  readonly trial: Trial;
  readonly holder: HeldAccount;
  /** Of an earlier call. */
  readonly known: OpenTrial | undefined;
}

function connectionNamed({ config }: Run, { name, identity }: VerifyOptions): Connection {
  const connection = config.connections.get(name);
  if (connection === undefined) throw noSuchConnection(name, config);
  mustBeAllowed(config, connection, identity);
  if (connection.dataPrivacy?.agreed !== true)
    throw new Failure(
      "refused",
      `Connection "${name}" has no agreed dataPrivacy, so it is told no address.`,
      {
        hint: "Agree to it in the config.",
      },
    );
  return connection;
}

async function tryBeliefs(task: VerifyTask): Promise<Pick<VerifyResult, "plan" | "verification">> {
  const { run, options, open, destination, trial, holder, known } = task;
  if (options.listId === undefined || options.addresses === undefined)
    throw new Failure("invalid", "A trial needs an empty list and two addresses of your own.", {
      hint: "Write --list ID and --addresses FILE.",
    });
  if (known !== undefined) throw notCleanedUp(known);
  const addresses = await readAddresses(run, options.addresses);
  const { subject, list } = await chooseSubject(run, open, destination, trial, options.listId, addresses);
  const plan = planOf(task, subject, list, trial.steps);
  if (!(await options.approve(plan))) return { plan };
  await recordTrial(run, holder, open, subject, options.actor);
  return { plan, verification: await carryOut(task, subject, trial.steps, options.unsubscribe) };
}

/** Goes on with the trial that state knows of, or only takes away what it left. */
async function endOpenTrial(task: VerifyTask): Promise<Pick<VerifyResult, "plan" | "verification">> {
  const { options, open, destination, trial, known, run } = task;
  if (known === undefined)
    throw new Failure("invalid", `No trial of connection "${open.connection.name}" has left anything.`, {
      hint: "Begin one with --list and --addresses.",
    });
  if (options.stage === "unsubscribed" && !known.waiting) throw notCleanedUp(known);
  const { subject } = known;
  if (options.stage === "unsubscribed") await mustBeOursAlone(task, subject);
  const list = await destination.list(subject.listId, run.signal);
  const steps = options.stage === "unsubscribed" ? [trial.unsubscribed] : [];
  const plan = planOf(task, subject, list, steps);
  if (!(await options.approve(plan))) return { plan };
  return { plan, verification: await carryOut(task, subject, steps, false) };
}

/** The steps write into the contact. */
async function mustBeOursAlone({ destination, run }: VerifyTask, subject: TrialSubject): Promise<void> {
  const [, second] = subject.addresses;
  const contacts = await destination.contacts([second], run.signal);
  if (contacts.every(({ lists }) => lists.every((id) => id === subject.listId))) return;
  throw new Failure("refused", "The second address is on another list by now, so it is not tried any more.", {
    hint: "End the trial with --clean-up: the contact stays, and leaves the scratch list.",
  });
}

function notCleanedUp({ subject, waiting }: OpenTrial): Failure {
  return waiting
    ? new Failure(
        "refused",
        `The trial of ${subject.startedAt} waits for its second address to be unsubscribed.`,
        {
          hint: "Unsubscribe it and go on with --unsubscribed, or end the trial with --clean-up.",
        },
      )
    : new Failure("refused", `The trial of ${subject.startedAt} was cut off before it was cleaned up.`, {
        hint: "Take away what it left with --clean-up.",
      });
}

function planOf(
  { open, options }: VerifyTask,
  subject: TrialSubject,
  list: ListInfo | undefined,
  steps: readonly TrialStep[],
): VerificationPlan {
  const tried = new Set(steps.flatMap(({ beliefs }) => beliefs));
  return {
    connection: open.connection.name,
    account: { id: open.account.id, label: open.account.label },
    list: { id: subject.listId, name: list?.name ?? "" },
    addresses: subject.addresses.map(maskAddresses),
    stage: options.stage,
    leavesOne: options.stage === "try" && options.unsubscribe,
    steps: steps.map(({ does, beliefs }) => ({ does, beliefs })),
    untried:
      steps.length === 0
        ? []
        : open.plugin.beliefs
            .filter(({ id }) => !tried.has(id))
            .map(({ id, says, trial }) => ({ id, says, trial })),
  };
}

/** Whatever happens meanwhile, what was made is taken away, or state goes on knowing of it. */
async function carryOut(
  task: VerifyTask,
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
  { run, trial }: VerifyTask,
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
  { run, open, trial, holder }: VerifyTask,
  subject: TrialSubject,
  isCutOff: boolean,
): Promise<string | number> {
  run.emit({ type: "stage", export: undefined, stage: "taking away what the trial made" });
  try {
    const stay = await trial.cleanUp(subject, isCutOff, AbortSignal.timeout(CLEAN_UP_MS));
    await endTrial(run, holder, open);
    return stay;
  } catch (error) {
    // Not `kept`: that it took too long is not an interrupt of a person's.
    return error instanceof Failure ? error.message : keptFailure(error).message;
  }
}
