import type { Config } from "../model/config/config.js";
import { noticeState, type NoticeState, type StateRoot } from "../state/root/root.js";
import type { StateStore } from "../state/store.js";
import type { Change } from "./change.js";
import type { Outcome } from "./outcome.js";
import { exportOf, subjectOf, type NotifiedRun } from "./notice-options.js";

/** What was found, and what each notifier was told of it. */
export interface ToldOutcomes {
  readonly outcomes: readonly Outcome[];
  readonly byNotifier: ReadonlyMap<string, readonly Change[]>;
}

/**
 * Records what was told, by notifier, and which outcomes may pass by themselves.
 * Writes only when that is news. What is not recorded for now is kept in
 * `telling.unrecorded`, where a process has that.
 */
export async function rememberNotices(
  state: StateStore | undefined,
  telling: NotifiedRun,
  told: ToldOutcomes,
): Promise<void> {
  const { project, unrecorded, signal } = telling;
  const known = createMemory(state?.root, telling);
  const entries = told.outcomes.map((outcome): [string, NoticeState | undefined] => {
    const subject = subjectOf(telling, outcome);
    return [subject, entryOf(known(subject), outcome, told)];
  });
  for (const [subject, entry] of entries)
    if (entry === undefined) unrecorded?.delete(subject);
    else unrecorded?.set(subject, entry);
  if (state === undefined) return;
  const late = [...(unrecorded ?? [])];
  const change = (root: StateRoot): void => {
    const isKnown = (subject: string): boolean => isThere(exportOf(subject), project.loaded?.config, root);
    const notices = new Map<string, NoticeState | undefined>([
      ...Object.entries(root.notices ?? {}),
      ...late,
      ...entries,
    ]);
    const kept = [...notices].flatMap(([subject, entry]): [string, NoticeState][] =>
      entry !== undefined && isKnown(subject) ? [[subject, entry]] : [],
    );
    if (kept.length > 0) root.notices = Object.fromEntries(kept);
    else delete root.notices;
  };
  const draft = structuredClone(state.root);
  change(draft);
  if (JSON.stringify(draft.notices) !== JSON.stringify(state.root.notices))
    await state.update(change, signal);
  unrecorded?.clear();
}

/** What is remembered about a subject; what could not be recorded yet is newer. */
export function createMemory(
  root: StateRoot | undefined,
  { unrecorded }: NotifiedRun,
): (subject: string) => NoticeState | undefined {
  return (subject) => unrecorded?.get(subject) ?? (root && noticeState(root, subject));
}

/** Undefined where there is nothing to remember. */
function entryOf(
  known: NoticeState | undefined,
  outcome: Outcome,
  { byNotifier }: ToldOutcomes,
): NoticeState | undefined {
  const told = { ...known?.told };
  for (const [notifier, changes] of byNotifier)
    for (const { outcome: of, after } of changes) if (of === outcome) told[notifier] = after;
  if (!outcome.passing && Object.keys(told).length === 0) return undefined;
  return { ...(outcome.passing ? { passing: true as const } : {}), told };
}

/** An export that neither the config nor the record knows any more is nobody's trouble. A config that is not sound says nothing. */
function isThere(name: string | undefined, config: Config | undefined, root: StateRoot): boolean {
  return (
    name === undefined ||
    config === undefined ||
    config.exports.has(name) ||
    Object.hasOwn(root.exports, name)
  );
}
