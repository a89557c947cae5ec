import { createHash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import { digestFile } from "../../platform/files/file-digest.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { isSealed, unsealFile, sealBytes, sealingKeyId, sealFile, type Binding } from "./envelope.js";
import type { BlobRef } from "../root/root.js";
import type { KeyRing } from "./state-key.js";

/** Folder of a blob's name: what it is for. */
export type BlobKind = "ledger" | "changesets" | "opt-outs" | "forgotten" | "trials";

/** The blobs of one lineage: under the hash of what is stored, encrypted if there is a key, checked when read. */
export abstract class BlobStore {
  readonly backend: StateBackend;
  readonly keys: KeyRing;

  constructor(backend: StateBackend, keys: KeyRing) {
    this.backend = backend;
    this.keys = keys;
  }

  abstract get lineage(): string;

  /** Throws `Failure("stale")` when a blob that is gone is no longer referred to, which is not damage. */
  protected abstract mustStillRefer(ref: BlobRef, signal: AbortSignal): Promise<void>;

  /** Stores a file under the hash of its stored bytes, encrypted if there is a key. */
  async putBlobFile(kind: BlobKind, path: string, signal: AbortSignal): Promise<BlobRef> {
    const key = this.keys.current;
    if (key === undefined) return this.#put(kind, path, await digestFile(path, signal), signal);
    const sealed = `${path}.sealed`;
    try {
      const digest = await sealFile(path, sealed, key, this.#binding(kind, `the new ${kind} blob`), signal);
      return await this.#put(kind, sealed, digest, signal);
    } finally {
      await rm(sealed, { force: true });
    }
  }

  /** Stores bytes likewise. */
  async putBlobBytes(kind: BlobKind, bytes: Uint8Array, signal: AbortSignal): Promise<BlobRef> {
    const key = this.keys.current;
    const stored =
      key === undefined ? bytes : sealBytes(bytes, key, this.#binding(kind, `the new ${kind} blob`));
    const sha256 = createHash("sha256").update(stored).digest("hex");
    const ref = { name: `${kind}/${sha256}`, sha256, bytes: stored.length };
    await this.backend.putBlob(ref.name, { bytes: stored }, signal);
    return ref;
  }

  /** Copies a blob to `path`, decrypted, and only if it is what was stored. */
  async fetchBlob(ref: BlobRef, path: string, signal: AbortSignal): Promise<void> {
    const what = `${ref.name} in ${this.backend.label}`;
    await this.fetchStored(ref, path, signal);
    try {
      if (!isSealed(await headerOf(path))) return;
      const [kind = ""] = ref.name.split("/");
      const opened = `${path}.opened`;
      await unsealFile(path, opened, this.keys, this.#binding(kind, what), signal);
      await rename(opened, path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** Copies a blob as it is stored; returns the id of the key that it is encrypted with. */
  async fetchStored(ref: BlobRef, path: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      await this.backend.getBlob(ref.name, path, signal);
    } catch (error) {
      if (error instanceof Failure && error.kind === "not-found") await this.mustStillRefer(ref, signal);
      throw error;
    }
    const found = await digestFile(path, signal);
    if (found.sha256 === ref.sha256 && found.bytes === ref.bytes) return sealingKeyId(await headerOf(path));
    await rm(path, { force: true });
    throw new Failure("permanent", `${ref.name} in ${this.backend.label} is damaged (its bytes changed)`, {
      hint: "Restore this file, or the whole state, from a backup; nothing was changed.",
    });
  }

  /** The id of the key that any stored blob is encrypted with, undefined for one in clear; `path` is a free place in the run folder. */
  async keyIdOf(name: string, path: string, signal: AbortSignal): Promise<string | undefined> {
    await this.backend.getBlob(name, path, signal);
    return sealingKeyId(await headerOf(path));
  }

  async #put(
    kind: BlobKind,
    path: string,
    digest: { sha256: string; bytes: number },
    signal: AbortSignal,
  ): Promise<BlobRef> {
    const ref = { name: `${kind}/${digest.sha256}`, ...digest };
    await this.backend.putBlob(ref.name, { path }, signal);
    return ref;
  }

  #binding(kind: string, what: string): Binding {
    return { lineage: this.lineage, purpose: kind, what };
  }
}

/** The first bytes of a file, enough to tell an envelope and its key. */
async function headerOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
