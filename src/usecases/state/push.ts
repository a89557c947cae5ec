import { join, resolve } from "node:path";
import { loadConfig } from "../../config/load.js";
import { Failure } from "../../model/failure.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { readJournal } from "../../state/journal/journal.js";
import { accountState, serialiseRoot, type BlobRef, type StateRoot } from "../../state/root/root.js";
import { withRunFolder } from "../../state/run-folder.js";
import { openState, type StateStore } from "../../state/store.js";
import { withLocks } from "../../run/locks.js";
import { openProjectState } from "../../run/project-state.js";
import { findBlobsInUse } from "../../state/upkeep/in-use.js";
import { readLabel, type SavedLabel } from "../../run/saved-folder.js";
import type { StateOptions, StateResult } from "../../run/open-state.js";
import { ownValue } from "../../model/own-value.js";
import { openFolder } from "../../run/backends.js";

export interface PushResult {
  readonly kind: SavedLabel["kind"];
  /** The serial of the state afterwards. */
  readonly serial: number;
  /** Blobs and journal segments that were put (would be, in a dry run). */
  readonly blobs: number;
  /** Whether the root had to be written. */
  readonly changed: boolean;
}

interface PushTask {
  readonly state: StateStore;
  readonly saved: StateStore;
  readonly label: SavedLabel;
  readonly scratch: string;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** `rollcall state push FOLDER`: brings a saved state back, unless what is there now is newer. */
export async function pushState(
  options: StateOptions & { readonly folder: string; readonly dryRun: boolean },
): Promise<StateResult<PushResult>> {
  const { cwd, actor, dryRun, signal } = options;
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { result: undefined, diagnostics };
  const state = await openProjectState(config, signal);
  const folder = resolve(cwd, options.folder);
  const label = await readLabel(folder);
  const saved = await openState(await openFolder(folder), signal, state.keys, state.environment);
  mustBelong(state, saved, folder);
  const result = await withRunFolder((scratch) => {
    const work: PushTask = { state, saved, label, scratch, dryRun, signal };
    if (dryRun) return push(work);
    const accounts = new Set([...Object.keys(saved.root.accounts), ...Object.keys(state.root.accounts)]);
    const purpose = { operation: "state push", actor };
    return withLocks({ state, config, signal }, accounts, purpose, () => push(work));
  });
  return { result, diagnostics };
}

function mustBelong(state: StateStore, saved: StateStore, folder: string): void {
  if (!saved.stored) {
    throw new Failure("invalid", `${folder} holds no root document.`, {
      hint: "The copy was not finished. Use another one, or apply again: what was under way is looked up.",
    });
  }
  if (!state.stored || state.lineage === saved.lineage) return;
  throw new Failure("stale", `${folder} is a copy of another state than the one in ${state.backend.label}.`, {
    hint: `Lineage ${saved.lineage} is not ${state.lineage}. Check that this is the right project; nothing was changed.`,
  });
}

async function push(work: PushTask): Promise<PushResult> {
  const { state, label, signal } = work;
  if (state.stored) await state.reload(signal);
  const wanted = label.kind === "errored" && state.stored ? partOf(work, label) : whole(work);
  const blobs = await putMissing(work, wanted);
  if (!wanted.changes || work.dryRun) {
    return { kind: label.kind, serial: state.root.serial, blobs, changed: wanted.changes };
  }
  const { serial } = await wanted.write();
  return { kind: label.kind, serial, blobs, changed: true };
}

/** What is to be brought back. */
interface WantedRoot {
  /** The part of the saved root that counts. */
  readonly root: StateRoot;
  readonly changes: boolean;
  readonly write: () => Promise<StateRoot>;
}

/** A backup takes the place of an older state, or of none. */
function whole({ state, saved, signal }: PushTask): WantedRoot {
  const same = state.stored && Buffer.compare(bytesOf(state.root), bytesOf(saved.root)) === 0;
  if (state.stored && !same && state.root.serial >= saved.root.serial) {
    throw new Failure(
      "stale",
      `The state in ${state.backend.label} is newer (serial ${state.root.serial}) than the copy (serial ${saved.root.serial}).`,
      {
        hint: "Going back would forget what was sent since. If that is what you want, move the state away first (the folder, or what lies under its prefix or name), then push again.",
      },
    );
  }
  const write = async (): Promise<StateRoot> => {
    await state.replace(saved.root, signal);
    return saved.root;
  };
  return { root: saved.root, changes: !same, write };
}

/** Whatever it took the place of. */
function bytesOf(root: StateRoot): Uint8Array {
  const { replaces: _, ...rest } = root;
  return serialiseRoot(rest);
}

/** What a run could not store goes into the newest root, as long as no other run has taken its accounts. */
function partOf(
  { state, saved, signal }: PushTask,
  label: Extract<SavedLabel, { kind: "errored" }>,
): WantedRoot {
  const merge = (draft: StateRoot): void => {
    for (const key of label.accounts) {
      const [ours, theirs] = [accountState(saved.root, key), accountState(draft, key)];
      if (ours === undefined || theirs?.epoch !== ours.epoch) throw overtaken(key);
      draft.accounts[key] = structuredClone(ours);
    }
    for (const name of label.exports) {
      const ours = ownValue(saved.root.exports, name);
      if (ours !== undefined) draft.exports[name] = structuredClone(ours);
    }
  };
  const merged = structuredClone(state.root);
  merge(merged);
  const accounts = label.accounts.map((key) => [key, accountState(merged, key)] as const);
  return {
    root: { ...merged, accounts: Object.fromEntries(accounts) as StateRoot["accounts"] },
    changes: JSON.stringify(merged) !== JSON.stringify(state.root),
    write: () => state.update(merge, signal),
  };
}

function overtaken(key: string): Failure {
  return new Failure("stale", `another run has taken the account ${key} since this copy was made`, {
    hint: "It looked up what was under way, so the copy is not needed any more. Delete its folder.",
  });
}

/** Puts every blob that is wanted and not there whole; throws when one is nowhere. Returns how many. */
async function putMissing(work: PushTask, { root }: WantedRoot): Promise<number> {
  const { saved, state, scratch, dryRun, signal } = work;
  const { refs, journals } = await findBlobsInUse(saved, root, scratch, signal);
  let put = 0;
  for (const ref of refs) {
    if (await isWhole(work, state, ref)) continue;
    // Decrypted once, so that nothing damaged takes the place of what is missing.
    await saved.fetchBlob(ref, join(scratch, "opened"), signal);
    const path = join(scratch, "stored");
    await saved.fetchStored(ref, path, signal);
    if (!dryRun) await replaceBlob(state.backend, ref.name, path, signal);
    put += 1;
  }
  for (const [account, { openRun }] of Object.entries(root.accounts))
    if (openRun !== undefined)
      await readJournal(saved.journals, account, openRun.journal ?? openRun.runId, signal);
  for (const journal of journals)
    for await (const { name } of saved.backend.listBlobs(journal, signal)) {
      const bytes = await saved.backend.readBlob(name, signal);
      if (!dryRun) await state.backend.putBlob(name, { bytes }, signal);
      put += 1;
    }
  return put;
}

async function isWhole({ scratch, signal }: PushTask, state: StateStore, ref: BlobRef): Promise<boolean> {
  try {
    await state.fetchStored(ref, join(scratch, "there"), signal);
    return true;
  } catch (error) {
    if (error instanceof Failure && ["not-found", "permanent", "stale"].includes(error.kind)) return false;
    throw error;
  }
}

async function replaceBlob(
  backend: StateBackend,
  name: string,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  await backend.deleteBlob(name, signal);
  await backend.putBlob(name, { path }, signal);
}
