import { join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { serialiseRoot } from "../../state/root/root.js";
import { findBlobsInUse } from "../../state/upkeep/in-use.js";
import { makeSavedFolder, writeLabel } from "../../run/saved-folder.js";
import { withState, type StateOptions, type StateResult, type StateRun } from "../../run/open-state.js";

export interface PullResult {
  readonly folder: string;
  readonly lineage: string;
  readonly serial: number;
  readonly blobs: number;
  readonly bytes: number;
}

const TRIES = 5;

/** `rollcall state pull FOLDER`: the root and everything that it refers to, as stored, into a new folder. */
export function pullState(
  options: StateOptions & { readonly folder: string },
): Promise<StateResult<PullResult>> {
  return withState(options, async (run) => {
    const folder = resolve(options.cwd, options.folder);
    const saved = await makeSavedFolder(folder, options.cwd);
    for (let tries = 1; ; tries++) {
      try {
        return await pull(run, folder, saved);
      } catch (error) {
        // Another run replaced what was being copied.
        if (!(error instanceof Failure && error.kind === "stale") || tries === TRIES) throw error;
      }
    }
  });
}

async function pull(run: StateRun, folder: string, saved: StateBackend): Promise<PullResult> {
  const { state, scratch, signal } = run;
  const { root } = state;
  const path = join(scratch, "blob");
  const { refs, journals } = await findBlobsInUse(state, root, scratch, signal);
  const names = new Map(refs.map((ref) => [ref.name, ref]));
  let bytes = 0;
  for (const [name, ref] of names) {
    await state.fetchStored(ref, path, signal);
    await saved.putBlob(name, { path }, signal);
    bytes += ref.bytes;
  }
  let segments = 0;
  for (const journal of journals)
    for await (const { name } of state.backend.listBlobs(journal, signal)) {
      const segment = await state.backend.readBlob(name, signal);
      await saved.putBlob(name, { bytes: segment }, signal);
      bytes += segment.length;
      segments += 1;
    }
  await saved.writeRoot(serialiseRoot(root), undefined, signal);
  await writeLabel(folder, { formatVersion: 1, kind: "backup", savedAt: new Date().toISOString() });
  return { folder, lineage: root.lineage, serial: root.serial, blobs: names.size + segments, bytes };
}
