import { join } from "node:path";
import { sealingKeyId } from "../storage/envelope.js";
import { journalFolder } from "../journal/journal.js";
import type { OpenState } from "../open-state.js";
import { accountState, blobRefs, type BlobRef, type StateRoot } from "../root/root.js";
import { rekeyRunRecords } from "../run-records.js";
import type { BlobKind } from "../storage/blob-store.js";
import { putManifest, readManifest } from "../manifest.js";
import { findBlobsInUse } from "./in-use.js";
import { takeAllAccounts } from "./take-all-accounts.js";

export interface RekeyResult {
  readonly keyId: string;
  /** Blobs and journal segments that were written again. */
  readonly rewritten: number;
  /** Old ones that were deleted. */
  readonly deleted: number;
}

/**
 * Writes everything that a state refers to again under the current key, whose id
 * this is. New blobs first, then one swap of the root, then the old blobs go.
 * Call it under the locks of all accounts.
 */
export async function rekeyAll(session: OpenState, keyId: string): Promise<RekeyResult> {
  const { state, signal } = session;
  const work = new Rekey(session, keyId);
  // A run that lost its lock and does not know it yet must not name old blobs again.
  await takeAllAccounts(state, signal);
  await work.rewrite();
  work.rewritten += await rekeyRunRecords(state, keyId, signal);
  const deleted = await work.deleteOld();
  return { keyId, rewritten: work.rewritten, deleted };
}

class Rekey {
  rewritten = 0;
  readonly #session: OpenState;
  readonly #keyId: string;
  /** New references by the names of the old ones. */
  readonly #fresh = new Map<string, BlobRef>();

  constructor(session: OpenState, keyId: string) {
    this.#session = session;
    this.#keyId = keyId;
  }

  async rewrite(): Promise<void> {
    const { state, signal } = this.#session;
    const journals = new Map<string, string>();
    const { root } = state;
    for (const [account, { openRun }] of Object.entries(root.accounts)) {
      if (openRun === undefined) continue;
      await this.#rewriteManifest(openRun.changeSet);
      const name = openRun.journal ?? openRun.runId;
      const copied = await this.#copyJournal(account, name);
      if (copied !== undefined) journals.set(account, copied);
    }
    for (const ref of blobRefs(root)) if (!this.#fresh.has(ref.name)) await this.#rewriteBlob(ref);
    if (this.rewritten === 0) return;
    await state.update((draft) => {
      replaceRefs(draft, this.#fresh);
      for (const [account, name] of journals) {
        const openRun = accountState(draft, account)?.openRun;
        if (openRun !== undefined) openRun.journal = name;
      }
    }, signal);
  }

  /** Deletes what is not under the current key and not needed any more. */
  async deleteOld(): Promise<number> {
    const { state, scratch, signal } = this.#session;
    const { refs, journals } = await findBlobsInUse(state, await state.reload(signal), scratch, signal);
    const used = new Set(refs.map(({ name }) => name));
    let deleted = 0;
    for await (const { name } of state.backend.listBlobs("", signal)) {
      if (used.has(name) || journals.some((folder) => name.startsWith(folder))) continue;
      if ((await state.keyIdOf(name, join(scratch, "blob"), signal)) === this.#keyId) continue;
      await state.backend.deleteBlob(name, signal);
      deleted += 1;
    }
    return deleted;
  }

  async #rewriteBlob(ref: BlobRef): Promise<BlobRef> {
    const { state, scratch, signal } = this.#session;
    const path = join(scratch, "blob");
    if ((await state.fetchStored(ref, path, signal)) === this.#keyId) return ref;
    await state.fetchBlob(ref, path, signal);
    const fresh = await state.putBlobFile(ref.name.split("/")[0] as BlobKind, path, signal);
    await this.#mustRead(fresh);
    return this.#replaced(ref, fresh);
  }

  /** The manifest names blobs as well, so it changes with them. */
  async #rewriteManifest(ref: BlobRef): Promise<void> {
    const { state, scratch, signal } = this.#session;
    const path = join(scratch, "manifest.json");
    const manifest = await readManifest(state, ref, path, signal);
    const parts = [];
    for (const part of manifest.parts) parts.push({ ...part, rows: await this.#rewriteBlob(part.rows) });
    const current = (await state.fetchStored(ref, path, signal)) === this.#keyId;
    if (current && parts.every(({ rows }, index) => rows === manifest.parts[index]?.rows)) return;
    this.#replaced(ref, await putManifest(state, { ...manifest, parts }, signal));
  }

  /** Segments never change, so a journal is copied whole under another name; undefined when it need not be. */
  async #copyJournal(account: string, name: string): Promise<string | undefined> {
    const { state, signal } = this.#session;
    const from = journalFolder(account, name);
    const segments: string[] = [];
    let old = false;
    for await (const { name: segment } of state.backend.listBlobs(from, signal)) {
      segments.push(segment);
      old ||= sealingKeyId(await state.backend.readBlob(segment, signal)) !== this.#keyId;
    }
    if (!old) return undefined;
    const copy = `${name}.${this.#keyId}`;
    const to = journalFolder(account, copy);
    for (const segment of segments) {
      const bytes = await state.journals.readBlob(segment, signal);
      const target = to + segment.slice(from.length);
      await state.backend.deleteBlob(target, signal);
      await state.journals.putBlob(target, { bytes }, signal);
      this.rewritten += 1;
    }
    return copy;
  }

  #replaced(ref: BlobRef, fresh: BlobRef): BlobRef {
    this.#fresh.set(ref.name, fresh);
    this.rewritten += 1;
    return fresh;
  }

  /** Before the old one may go. */
  async #mustRead(ref: BlobRef): Promise<void> {
    const { state, scratch, signal } = this.#session;
    await state.fetchBlob(ref, join(scratch, "blob"), signal);
  }
}

/** In place, wherever the root names a blob. */
function replaceRefs(root: StateRoot, fresh: ReadonlyMap<string, BlobRef>): void {
  for (const ref of blobRefs(root)) {
    const other = fresh.get(ref.name);
    if (other !== undefined) Object.assign(ref, other);
  }
}
