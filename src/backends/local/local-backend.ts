import type { Stats } from "node:fs";
import { open, readdir, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import type {
  BlobContent,
  BlobEntry,
  HeldLease,
  Lease,
  LeaseInfo,
  StateBackend,
  StoredRoot,
} from "../../plugin/state-backend.js";
import { explainTemporaryFault } from "../../platform/files/temporary-fault.js";
import { Leases } from "../leases.js";
import { checkBlobName } from "../check-names.js";
import { DurableFiles, writePrivate } from "./durable.js";
import type { Link } from "./durable.js";
import { withExplainedErrors } from "./errors.js";
import { readFolderTime } from "./folder-clock.js";
import { openLeaseDocuments } from "./lease-documents.js";
import { Versions } from "./versions.js";

const FOLDERS = ["root", "blobs", "leases", "tmp"];

/**
 * State in a folder of this machine:
 *
 * ```
 * root/000000000042.json        the root document, see Versions
 * blobs/ledger/…                immutable blobs
 * leases/<name>/000000000003.json
 * tmp/                          files that do not have their name yet
 * ```
 *
 * Folders are 0700 and files 0600. Reading creates nothing.
 */
export class LocalBackend implements StateBackend {
  readonly label: string;
  readonly #folder: string;
  readonly #files: DurableFiles;
  readonly #root: Versions;
  readonly #leases: Leases;
  #checked: Promise<void> | undefined;
  #swept: Promise<void> | undefined;

  constructor(folder: string, options: { link?: Link } = {}) {
    this.#folder = resolve(folder);
    this.label = `folder ${folder}`;
    this.#files = new DurableFiles(this.#folder, options.link);
    this.#root = new Versions(join(this.#folder, "root"), this.#files);
    this.#leases = new Leases(openLeaseDocuments(this.#folder, this.#files));
  }

  async readRoot(signal: AbortSignal): Promise<StoredRoot | undefined> {
    return this.#explained(async () => {
      const version = await this.#root.read(signal);
      if (version === undefined) return undefined;
      const { bytes, number, before } = version;
      return { bytes, version: String(number), before };
    });
  }

  async writeRoot(
    bytes: Uint8Array,
    ifVersion: string | undefined,
    signal: AbortSignal,
  ): Promise<{ version: string }> {
    return this.#writing(async () => {
      const number = await this.#root.swap(bytes, Number(ifVersion ?? 0), signal);
      if (number !== undefined) return { version: String(number) };
      throw new Failure("conflict", `the state in ${this.label} was changed by somebody else meanwhile`, {
        hint: "Run the command again; it starts from the newer state.",
      });
    });
  }

  async putBlob(name: string, content: BlobContent, signal: AbortSignal): Promise<void> {
    const path = this.#blob(name);
    await this.#writing(async () => {
      if ((await this.#files.has(path)) && (await touchFile(path, await readFolderTime(this.#folder))))
        return;
      await this.#files.create(path, content, signal);
    });
  }

  async getBlob(name: string, path: string, signal: AbortSignal): Promise<void> {
    const from = this.#blob(name);
    await this.#explained(async () => {
      if (!(await this.#files.has(from))) throw missing(name, this.label);
      await copyOut(from, path, signal);
    });
  }

  async readBlob(name: string, signal: AbortSignal): Promise<Uint8Array> {
    const path = this.#blob(name);
    return this.#explained(async () => {
      if (!(await this.#files.has(path))) throw missing(name, this.label);
      signal.throwIfAborted();
      return this.#files.read(path);
    });
  }

  async *listBlobs(prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    yield* this.#walk("", prefix, signal);
  }

  async deleteBlob(name: string, signal: AbortSignal): Promise<void> {
    const path = this.#blob(name);
    signal.throwIfAborted();
    await this.#writing(async () => {
      await this.#files.mustHold(path);
      await rm(path, { force: true });
    });
  }

  async acquireLease(name: string, info: LeaseInfo, ttlMs: number, signal: AbortSignal): Promise<Lease> {
    const lease = await this.#writing(() => this.#leases.acquire(name, info, ttlMs, signal));
    return {
      id: lease.id,
      lapsed: lease.lapsed,
      renew: (renewSignal) => this.#explained(() => lease.renew(renewSignal)),
      release: () => this.#explained(() => lease.release()),
    };
  }

  async leases(signal: AbortSignal): Promise<readonly HeldLease[]> {
    signal.throwIfAborted();
    return this.#explained(() => this.#leases.list(signal));
  }

  async breakLease(name: string, id: string, signal: AbortSignal): Promise<void> {
    await this.#writing(() => this.#leases.break(name, id, signal));
  }

  /** Depth first, folders sorted as `name/`, which is the order of whole names. */
  async *#walk(folder: string, prefix: string, signal: AbortSignal): AsyncIterable<BlobEntry> {
    signal.throwIfAborted();
    const entries = await this.#explained(() => children(join(this.#folder, "blobs", folder)));
    for (const entry of entries) {
      const name = folder + entry;
      if (entry.endsWith("/")) {
        if (name.startsWith(prefix) || prefix.startsWith(name)) yield* this.#walk(name, prefix, signal);
      } else if (name.startsWith(prefix)) {
        const found = await this.#explained(() => statIfThere(this.#blob(name)));
        if (found !== undefined) yield { name, bytes: found.size, modifiedAt: found.mtime };
      }
    }
  }

  /** The first write sweeps what crashed processes left. */
  async #writing<T>(work: () => Promise<T>): Promise<T> {
    return this.#explained(async () => {
      await (this.#swept ??= this.#files.sweep());
      return work();
    });
  }

  #explained<T>(work: () => Promise<T>): Promise<T> {
    return withExplainedErrors(this.#folder, async () => {
      await (this.#checked ??= this.#check());
      return work();
    });
  }

  /** A state folder lies in a checkout, which may have brought links of these names along. */
  async #check(): Promise<void> {
    for (const name of FOLDERS) await this.#files.mustHold(join(this.#folder, name, "any"));
  }

  #blob(name: string): string {
    return join(this.#folder, "blobs", checkBlobName(name));
  }
}

async function children(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    // Deleted since it was listed.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes a blob count as put just now; false when it is gone. */
async function touchFile(path: string, now: number): Promise<boolean> {
  try {
    await utimes(path, now / 1000, now / 1000);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** What goes wrong here is not the state's fault. */
async function copyOut(from: string, path: string, signal: AbortSignal): Promise<void> {
  const source = await open(from, "r");
  await source.close();
  try {
    await rm(path, { force: true });
    await writePrivate(path, { path: from }, signal);
  } catch (error) {
    throw explainTemporaryFault(error, path);
  }
}

function missing(name: string, label: string): Failure {
  return new Failure("not-found", `${name} is missing from the state in ${label}`, {
    hint: "The state folder is incomplete. Restore it from a backup.",
  });
}
