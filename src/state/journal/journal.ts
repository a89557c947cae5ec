import { createHash, randomUUID } from "node:crypto";
import { Failure } from "../../model/failure.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import type { JournalEntry, NewEntry } from "./journal-entry.js";
import { decodeSegment, encodeSegment, type Segment } from "./journal-segment.js";

/** Name of an account or run where only file-name characters are allowed: itself if it is one, else a hash. */
export function toSegmentName(text: string): string {
  return /^[a-z0-9_][a-z0-9._-]{0,99}$/.test(text)
    ? text
    : createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Where the segments of journals are kept; `StateStore.journals` keeps them encrypted. */
export interface JournalStorage extends Pick<
  StateBackend,
  "label" | "readBlob" | "listBlobs" | "deleteBlob"
> {
  putBlob(name: string, content: { readonly bytes: Uint8Array }, signal: AbortSignal): Promise<void>;
}

/** All entries of a run in order; a last segment that a crash tore is as if it had not been written. */
export async function readJournal(
  backend: JournalStorage,
  account: string,
  run: string,
  signal: AbortSignal,
): Promise<readonly JournalEntry[]> {
  return (await load(backend, journalFolder(account, run), signal)).entries;
}

/** Goes on with the journal of a run, from its first entry or after the last one that is stored. */
export async function openJournal(
  backend: JournalStorage,
  account: string,
  run: string,
  signal: AbortSignal,
): Promise<JournalWriter> {
  const prefix = journalFolder(account, run);
  const { entries, next, torn } = await load(backend, prefix, signal);
  if (torn !== undefined) await backend.deleteBlob(torn, signal);
  return new JournalWriter(backend, prefix, next, (entries.at(-1)?.seq ?? 0) + 1);
}

/** Appends to the journal of one run. Calls are written in the order they were made. */
export class JournalWriter {
  readonly #backend: JournalStorage;
  readonly #prefix: string;
  #next: number;
  #seq: number;
  /** A segment whose writing failed: it may be there or not. */
  #doubtful: string | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(backend: JournalStorage, prefix: string, next: number, seq: number) {
    this.#backend = backend;
    this.#prefix = prefix;
    this.#next = next;
    this.#seq = seq;
  }

  /**
   * Writes entries as one segment and returns their numbers; they are on disk
   * when this returns. When it throws they may be stored or not, and later
   * calls still work. Throws `Failure("conflict")` when another process writes
   * this journal.
   */
  async append(entries: readonly NewEntry[], signal: AbortSignal): Promise<number[]> {
    const turn = this.#queue.then(() => this.#append(entries, signal));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #append(entries: readonly NewEntry[], signal: AbortSignal): Promise<number[]> {
    await this.#settleDoubt(signal);
    const at = new Date().toISOString();
    const numbered = entries.map((entry, i): JournalEntry => ({ ...entry, seq: this.#seq + i, at }));
    const segment: Segment = { id: randomUUID(), entries: numbered };
    const name = segmentName(this.#prefix, this.#next);
    // Numbers are never given twice, even if the segment is lost.
    this.#seq += entries.length;
    this.#doubtful = segment.id;
    await this.#backend.putBlob(name, { bytes: encodeSegment(segment) }, signal);
    if (!(await this.#settleDoubt(signal))) {
      throw new Failure("permanent", `the journal in ${this.#backend.label} does not keep what is written`, {
        hint: "Check the storage of the state; nothing was sent that is not recorded.",
      });
    }
    return numbered.map((entry) => entry.seq);
  }

  /** Looks whether the last segment is there and ours; true when it is stored. */
  async #settleDoubt(signal: AbortSignal): Promise<boolean> {
    if (this.#doubtful === undefined) return true;
    const stored = await readSegment(this.#backend, segmentName(this.#prefix, this.#next), signal);
    if (stored !== undefined && stored.id !== this.#doubtful) {
      throw new Failure("conflict", "another process writes the journal of this run", {
        hint: "This run stops; the other one settles what is open.",
      });
    }
    if (stored !== undefined) this.#next += 1;
    this.#doubtful = undefined;
    return stored !== undefined;
  }
}

async function load(
  backend: JournalStorage,
  prefix: string,
  signal: AbortSignal,
): Promise<{ entries: JournalEntry[]; next: number; torn: string | undefined }> {
  const names: string[] = [];
  for await (const { name } of backend.listBlobs(prefix, signal)) names.push(name);
  const entries: JournalEntry[] = [];
  for (const [index, name] of names.entries()) {
    const segment = await readSegment(backend, name, signal);
    if (segment === undefined || name !== segmentName(prefix, index + 1)) {
      if (segment === undefined && index === names.length - 1)
        return { entries, next: index + 1, torn: name };
      throw new Failure("permanent", `the journal of an unfinished run in ${backend.label} is damaged`, {
        hint: `Look at the files under ${prefix}: one is missing or cannot be read. Restore it from a backup.`,
      });
    }
    entries.push(...segment.entries);
  }
  return { entries, next: names.length + 1, torn: undefined };
}

/** Undefined when it is missing or cut off. */
async function readSegment(
  backend: JournalStorage,
  name: string,
  signal: AbortSignal,
): Promise<Segment | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await backend.readBlob(name, signal);
  } catch (error) {
    if (error instanceof Failure && error.kind === "not-found") return undefined;
    throw error;
  }
  return decodeSegment(bytes, `${name} in ${backend.label}`);
}

/** Where the segments of a run are. */
export function journalFolder(account: string, run: string): string {
  return `journal/${toSegmentName(account)}/${toSegmentName(run)}/`;
}

function segmentName(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(6, "0")}.json`;
}
