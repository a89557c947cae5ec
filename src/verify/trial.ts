import type { Verification, VerificationPlan } from "../model/connections/verification.js";
import { Failure } from "../model/failure.js";
import { maskAddresses } from "../platform/secrets/mask-addresses.js";
import type { ListInfo } from "../plugin/destination.js";
import type { TrialStep, TrialSubject } from "../plugin/trial.js";
import { recordTrial, type OpenTrial } from "../run/trial-record.js";
import { carryOut, type TrialTask } from "./carry-out.js";
import { chooseSubject, readAddresses } from "./subject.js";

/** A trial as it was shown, and what came of it. */
export interface TrialOutcome {
  readonly plan: VerificationPlan;
  /** Undefined when it was not approved. */
  readonly verification?: Verification | undefined;
}

/** Tries everything, on an empty list with two addresses. */
export async function tryBeliefs(task: TrialTask): Promise<TrialOutcome> {
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
export async function endOpenTrial(task: TrialTask): Promise<TrialOutcome> {
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
async function mustBeOursAlone({ destination, run }: TrialTask, subject: TrialSubject): Promise<void> {
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
  { open, options }: TrialTask,
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
