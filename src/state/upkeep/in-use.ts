import { join } from "node:path";
import { journalFolder } from "../journal/journal.js";
import { blobRefs, type BlobRef, type StateRoot } from "../root/root.js";
import type { StateStore } from "../store.js";
import { readManifest } from "../manifest.js";

/** What a state still needs. */
export interface InUse {
  /** Blobs that the root names, and what the manifests of unfinished runs name in turn. */
  readonly refs: readonly BlobRef[];
  /** Folders of the journals of unfinished runs. */
  readonly journals: readonly string[];
}

export async function findBlobsInUse(
  state: StateStore,
  root: StateRoot,
  scratch: string,
  signal: AbortSignal,
): Promise<InUse> {
  const refs = blobRefs(root);
  const journals: string[] = [];
  for (const [account, { openRun }] of Object.entries(root.accounts)) {
    if (openRun === undefined) continue;
    journals.push(journalFolder(account, openRun.journal ?? openRun.runId));
    const manifest = await readManifest(state, openRun.changeSet, join(scratch, "manifest.json"), signal);
    refs.push(...manifest.parts.map(({ rows }) => rows));
  }
  return { refs, journals };
}
