import type { Config } from "../model/config/config.js";
import type { Limit } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import type { Relocated } from "../model/config/moved.js";
import { exportState, type ExportState, type StateRoot } from "../state/root/root.js";

/** What of a config says what becomes of the record. */
export interface RecordBlocks extends Pick<Config, "moved" | "removed"> {
  /** By name. */
  readonly exports: ReadonlyMap<string, unknown>;
}

/** The exports of the record. */
type RecordedExports = Pick<StateRoot, "exports">;

/** An export of the record that is let go, by the name that it has there. */
export interface LeavingExport {
  readonly name: string;
  readonly state: ExportState;
  /** What one run may take off its list; undefined: what it allowed when it was last applied. */
  readonly maxRemovals: Limit | undefined;
  /** The export whose people these are, while it goes to its new list in the same run. */
  readonly after: string | undefined;
}

/** What `moved` and `removed` make of the record before anything is compared with it. */
export interface Transition {
  /** The name in the record, by the name in the config. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Other records of the same list that become part of that of an export, by its name in the config. */
  readonly united: ReadonlyMap<string, readonly string[]>;
  /** What blocks want and the record forbids, by the name in the config. */
  readonly refused: ReadonlyMap<string, Failure>;
  /** Records that go while the people stay on their lists. */
  readonly dropped: readonly LeavingExport[];
  /** Records that go once those whom we added are off the list. */
  readonly leaving: readonly LeavingExport[];
  /** Names of the record of which the config says nothing. */
  readonly orphans: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Reads the blocks against the record. Those about exports that are not
 * `targets` wait for a run that is about them. Pure.
 */
export function transitionOf(
  config: RecordBlocks,
  root: RecordedExports,
  targets: readonly string[] | undefined,
): Transition {
  const meant = (...names: string[]): boolean =>
    targets === undefined || targets.length === 0 || names.some((name) => targets.includes(name));
  const notes: string[] = [];
  const spokenOf = new Set<string>();
  const renamed = new Map<string, string>();
  const united = new Map<string, string[]>();
  const refused = new Map<string, Failure>();
  for (const [name, { list }] of Object.entries(root.exports)) {
    const now = currentName(name, config);
    if (now === name || !config.exports.has(now)) continue;
    const there = exportState(root, now) ?? exportState(root, renamed.get(now) ?? now);
    if (there !== undefined && listText(there.list) !== listText(list)) {
      refused.set(now, twoRecords(name, now, list, there.list));
      continue;
    }
    spokenOf.add(name);
    if (!meant(now)) continue;
    if (there === undefined) renamed.set(now, name);
    else united.set(now, [...(united.get(now) ?? []), name]);
  }
  const dropped: LeavingExport[] = [];
  const leaving: LeavingExport[] = [];
  const emptied = listsBeingLeft(root, config);
  for (const { export: block, members, maxRemovals } of config.removed) {
    const name = recordedName(block, root, config);
    const state = name === undefined ? undefined : exportState(root, name);
    if (name === undefined || state === undefined) {
      notes.push(`Nothing is recorded of "${block}", which \`removed\` names.`);
      continue;
    }
    spokenOf.add(name);
    if (!meant(block, name)) continue;
    if (members === "keep" && emptied.has(listText(state.list)))
      notes.push(`"${name}" is let go once those who leave its list are off it, so that its people stay.`);
    else (members === "keep" ? dropped : leaving).push({ name, state, maxRemovals, after: undefined });
  }
  for (const [name, state] of Object.entries(root.exports)) {
    const block = spokenOf.has(name) ? undefined : departure(name, state, config);
    if (block === undefined) continue;
    spokenOf.add(name);
    if (meant(block.export, name))
      leaving.push({ name, state, maxRemovals: block.maxRemovals, after: undefined });
  }
  const orphans = Object.keys(root.exports).filter(
    (name) => !config.exports.has(name) && !spokenOf.has(name),
  );
  return { renamed, united, refused, dropped, leaving, orphans, notes };
}

/** Lists that another block takes people off; while it does, a claim is what keeps others there. */
function listsBeingLeft(root: RecordedExports, config: RecordBlocks): Set<string> {
  const blocks = new Map(
    config.removed.map(({ export: block, members }) => [recordedName(block, root, config), members]),
  );
  const going = Object.entries(root.exports).filter(([name, { list }]) =>
    blocks.has(name)
      ? blocks.get(name) === "remove"
      : departure(name, { list }, config) !== undefined ||
        departure(departedName(currentName(name, config), list.listId), { list }, config) !== undefined,
  );
  return new Set(going.map(([, { list }]) => listText(list)));
}

/** A block that can do nothing: claims on two lists are not a record of one. */
function twoRecords(
  name: string,
  now: string,
  from: ExportState["list"],
  there: ExportState["list"],
): Failure {
  return new Failure(
    "refused",
    `"${name}" cannot become "${now}": both have been applied, to other lists (${from.listId} and ${there.listId}).`,
    {
      hint: `Take that block of \`moved\` out, and say what becomes of the people of "${name}": \`removed: [{export: ${JSON.stringify(name)}, members: keep}]\` (or remove).`,
    },
  );
}

function listText({ accountId, listId }: ExportState["list"]): string {
  return JSON.stringify([accountId, listId]);
}

/** The name under which claims on a list are kept that an export has left. */
export function departedName(name: string, listId: string): string {
  return `${name}/${listId}`;
}

/** Every name that an export has, had, or leaves a list under. */
export function namesOf(config: RecordBlocks, root: RecordedExports): string[] {
  const recorded = Object.entries(root.exports);
  const departing = recorded.map(([name, { list }]) => departedName(currentName(name, config), list.listId));
  return [...new Set([...config.exports.keys(), ...recorded.map(([name]) => name), ...departing])];
}

/** What exports of the record were called before, where nothing is called so now, with what they are called now. */
export function formerNamesOf(config: RecordBlocks, root: RecordedExports): Map<string, string> {
  const taken = new Set(namesOf(config, root));
  return new Map(
    Object.entries(root.exports).flatMap(([name, { formerNames = [] }]) =>
      formerNames.filter((before) => !taken.has(before)).map((before) => [before, name] as const),
    ),
  );
}

/** Whether a block lets go of what the record calls so. */
export function isGivenUp(name: string, config: Pick<RecordBlocks, "moved" | "removed">): boolean {
  const { moved, removed } = config;
  return (
    removed.some((block) => block.export === currentName(name, config)) ||
    moved.some((block) => "export" in block && name.startsWith(departedName(block.export, "")))
  );
}

/** What an export of the record is called by now. */
export function currentName(name: string, { moved }: Pick<Config, "moved">): string {
  const seen = new Set<string>();
  let now = name;
  for (;;) {
    const block = moved.find((one) => "from" in one && one.from === now);
    if (block === undefined || !("to" in block) || seen.has(now)) return now;
    seen.add(now);
    now = block.to;
  }
}

function recordedName(name: string, root: RecordedExports, config: RecordBlocks): string | undefined {
  if (exportState(root, name) !== undefined) return name;
  return Object.keys(root.exports).find((recorded) => currentName(recorded, config) === name);
}

/** The block that has the list emptied which this record has left. */
function departure(
  name: string,
  { list }: Pick<ExportState, "list">,
  { moved }: Pick<RecordBlocks, "moved">,
): Relocated | undefined {
  return moved.find(
    (block): block is Relocated =>
      "export" in block &&
      block.oldMembers === "remove" &&
      departedName(block.export, list.listId) === name &&
      (block.fromList === list.listId || block.fromList === list.name),
  );
}
