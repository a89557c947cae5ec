import { invocationOf } from "../config/choice.js";
import type { Tellable } from "../config/tellable.js";
import { counted } from "../model/words/counted.js";
import { Failure } from "../model/failure.js";
import type { Notifier } from "../model/config/notifier.js";
import type { NoticeState, StateRoot } from "../state/root/root.js";
import type { StateStore } from "../state/store.js";
import { openNotifier } from "../run/notifiers.js";
import { openExistingState } from "../run/project-state.js";
import { changeOf, type Change } from "./change.js";
import { noticeOf } from "./compose.js";
import { deliverNotice } from "./deliver.js";
import type { Outcome } from "./outcome.js";
import { createMemory, rememberNotices } from "./remember.js";
import { subjectOf, type NotifiedRun } from "./notice-options.js";

/**
 * Tells each notifier, in one message, of every condition that is another than
 * it was told last, and remembers that once the message was taken. Where the
 * state cannot be read, only a process that goes on remembers; others tell everything.
 */
export async function notify(telling: NotifiedRun, outcomes: readonly Outcome[]): Promise<void> {
  const { project, emit, signal } = telling;
  const tellable = project.loaded?.tellable;
  if (tellable === undefined || outcomes.length === 0 || signal.aborted) return;
  try {
    const state = await openMemory(tellable, telling);
    const byNotifier = new Map<string, readonly Change[]>();
    for (const notifier of tellable.config.notifiers.values())
      byNotifier.set(notifier.name, changesFor(notifier, telling, outcomes, state?.root));
    const audible = [...byNotifier.values()].flat().some((one) => one.audible);
    // The lineage, which ids are made of, has to outlive this run before anything is sent.
    if (audible && state?.stored === false) await state.update(() => undefined, signal);
    const scope = state?.lineage ?? `${tellable.config.folder} ${new Date().toISOString().slice(0, 10)}`;
    await Promise.all(
      [...byNotifier].map(async ([name, changes]) => {
        const accepted = await sendToNotifier(tellable, telling, { name, scope, changes });
        if (!accepted)
          byNotifier.set(
            name,
            changes.filter((one) => !one.audible),
          );
      }),
    );
    await rememberNotices(state, telling, { outcomes, byNotifier });
  } catch (error) {
    emit({ type: "warning", export: undefined, message: `notices: ${reasonOf(error)}` });
  }
}

/** Undefined when it cannot be read. */
async function openMemory(
  { config, remembers }: Tellable,
  { project, signal }: NotifiedRun,
): Promise<StateStore | undefined> {
  if (!remembers) return undefined;
  try {
    const state = await openExistingState(config, signal);
    // A state that was never written goes by the lineage that the run went by.
    if (!state.stored && project.state !== undefined) state.adoptLineage(project.state.lineage);
    return state;
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return undefined;
    throw error;
  }
}

/** Where nothing is remembered, everything that is not well is news. */
function changesFor(
  notifier: Notifier,
  telling: NotifiedRun,
  outcomes: readonly Outcome[],
  root: StateRoot | undefined,
): Change[] {
  const forgets = root === undefined && telling.unrecorded === undefined;
  const known = forgets ? (): NoticeState => ({ passing: true, told: {} }) : createMemory(root, telling);
  return outcomes.flatMap((outcome) => changeOf(notifier, outcome, known(subjectOf(telling, outcome))) ?? []);
}

/** Whether the notifier took it, or had nothing to take. */
async function sendToNotifier(
  { config }: Tellable,
  telling: NotifiedRun,
  {
    name,
    scope,
    changes,
  }: { readonly name: string; readonly scope: string; readonly changes: readonly Change[] },
): Promise<boolean> {
  const audible = changes.filter((one) => one.audible);
  const notifier = config.notifiers.get(name);
  if (audible.length === 0 || notifier === undefined) return true;
  const { command, runId, actor, link, emit, signal } = telling;
  const origin = { command, runId, actor, link, invocation: invocationOf(telling) };
  try {
    const open = await openNotifier(config, notifier, signal);
    const answer = await deliverNotice(
      open,
      noticeOf(config, origin, `${scope} ${command} ${name}`, audible),
      signal,
    );
    const stage = `notices: ${name} was told of ${counted(audible.length, "change")} (${answer})`;
    emit({ type: "stage", export: undefined, stage });
    return true;
  } catch (error) {
    const message = `notices: ${name} could not be told: ${reasonOf(error)} The next run tries again.`;
    emit({ type: "warning", export: undefined, message });
    return false;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Failure)) return `Something unexpected went wrong (${(error as Error).name}).`;
  return [error.message, ...(error.hint === undefined ? [] : [error.hint])].join(" ");
}
