import { Failure, type FailureKind } from "../model/failure.js";
import type { RunRecord } from "../model/run/run-record.js";
import { sealingKeyId } from "./storage/envelope.js";
import type { JournalStorage } from "./journal/journal.js";
import type { StateStore } from "./store.js";

const FOLDER = "runs/";

/** Keeps how a run ended; one that continues an earlier record takes its place. */
export async function putRunRecord(
  { journals }: StateStore,
  record: RunRecord,
  { replaces, signal }: { readonly replaces: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const name = `${FOLDER}${record.id}.json`;
  const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
  // What is stored under a name never changes.
  if (replaces) await journals.deleteBlob(name, signal);
  await journals.putBlob(name, { bytes }, signal);
}

export interface RunHistory {
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** How many records could not be read: damaged, newer, or under a key that is not there. */
  readonly unreadable: number;
}

/** The newest records that `wanted` takes, at most `limit`. */
export async function readRunRecords(
  { journals }: StateStore,
  options: {
    readonly limit: number;
    readonly wanted: (record: RunRecord) => boolean;
    readonly signal: AbortSignal;
  },
): Promise<RunHistory> {
  const names = await recordNames(journals, options.signal);
  const runs: RunRecord[] = [];
  let unreadable = 0;
  for (const name of names.reverse()) {
    if (runs.length >= options.limit) break;
    const record = parseRecord(await readable(journals, name, options.signal));
    if (record === undefined) unreadable += 1;
    // `state rekey` writes a record again before it deletes the old one.
    else if (options.wanted(record) && runs.at(-1)?.id !== record.id) runs.push(record);
  }
  return { runs, unreadable };
}

function parseRecord(bytes: Uint8Array | undefined): RunRecord | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(Buffer.from(bytes).toString("utf8")) as Partial<RunRecord> | null;
    return value?.formatVersion === 1 && Array.isArray(value.exports) ? (value as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Copies records that are not under the current key to names of their own;
 * returns how many. Whoever deletes what is under older keys may then do so.
 */
export async function rekeyRunRecords(
  { journals, backend }: StateStore,
  keyId: string,
  signal: AbortSignal,
): Promise<number> {
  let rewritten = 0;
  for (const name of await recordNames(journals, signal)) {
    if (sealingKeyId(await backend.readBlob(name, signal)) === keyId) continue;
    const bytes = await readable(journals, name, signal);
    if (bytes === undefined) continue;
    const [id = ""] = name.slice(FOLDER.length).split(".");
    await journals.putBlob(`${FOLDER}${id}.${keyId}.json`, { bytes }, signal);
    rewritten += 1;
  }
  return rewritten;
}

/** Oldest first. */
async function recordNames(journals: JournalStorage, signal: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of journals.listBlobs(FOLDER, signal)) names.push(name);
  return names;
}

/** Of what will be as it is when it is read again; a store that does not answer says nothing of a record. */
const UNREADABLE: ReadonlySet<FailureKind> = new Set(["not-found", "invalid", "permanent"]);

/** Undefined when it is damaged, was deleted just now, or its key is not there. */
async function readable(
  journals: JournalStorage,
  name: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await journals.readBlob(name, signal);
  } catch (error) {
    if (!(error instanceof Failure) || !UNREADABLE.has(error.kind)) throw error;
    return undefined;
  }
}
