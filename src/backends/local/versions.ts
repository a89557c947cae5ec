import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DurableFiles } from "./durable.js";

const KEEP = 32;
const KEEP_MS = 10 * 60 * 1000;
const NAME = /^(\d{12})\.json$/;

export interface Version {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** The version below it, unless that has been pruned. */
  readonly before: Uint8Array | undefined;
}

/**
 * A document with compare-and-swap and without a lock: a folder in which every
 * version is a file of its own, `000000000042.json`, and the highest is current.
 *
 * Writing over version n creates n+1 by a hard link, which only one writer can
 * do. There is no lock that a crash could leave behind: at any instant the new
 * version is there, whole, or it is not.
 *
 * Old versions are pruned, lowest first, when they are minutes old and many
 * newer ones exist. A writer that slept since version n could therefore find
 * the name n+1 free again; but then n is gone as well. It sees that after the
 * link, withdraws its file (which no reader looks at, because it is not the
 * highest) and reports a conflict.
 */
export class Versions {
  readonly #folder: string;
  readonly #files: DurableFiles;

  constructor(folder: string, files: DurableFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  async read(signal: AbortSignal): Promise<Version | undefined> {
    for (;;) {
      signal.throwIfAborted();
      const numbers = await this.#numbers();
      const number = numbers.at(-1);
      if (number === undefined) return undefined;
      const below = numbers.at(-2);
      try {
        const bytes = await this.#files.read(this.#path(number));
        const before = below === undefined ? undefined : await this.#files.read(this.#path(below));
        return { number, bytes, before };
      } catch (error) {
        // Pruned between listing and reading: there is a newer one.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
    }
  }

  /** The new version's number, or undefined when `current` (0: none) is not current any more. */
  async swap(bytes: Uint8Array, current: number, signal: AbortSignal): Promise<number | undefined> {
    signal.throwIfAborted();
    if (((await this.#numbers()).at(-1) ?? 0) !== current) return undefined;
    const next = current + 1;
    if (!(await this.#files.create(this.#path(next), { bytes }, signal))) return undefined;
    const numbers = await this.#numbers();
    const slept = current === 0 ? numbers.length > KEEP : !numbers.includes(current);
    if (slept) {
      await rm(this.#path(next), { force: true });
      return undefined;
    }
    await this.#prune(numbers, next);
    return next;
  }

  async #prune(numbers: readonly number[], newest: number): Promise<void> {
    // By the clock of the file system: ours may be ahead.
    const now = await stat(this.#path(newest)).catch(() => undefined);
    if (now === undefined) return;
    for (const number of numbers.slice(0, -KEEP)) {
      const found = await stat(this.#path(number)).catch(() => undefined);
      if (found === undefined) continue;
      if (now.mtimeMs - found.mtimeMs < KEEP_MS) return;
      await rm(this.#path(number), { force: true });
    }
  }

  async #numbers(): Promise<number[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    return names
      .flatMap((name) => NAME.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(12, "0")}.json`);
  }
}
