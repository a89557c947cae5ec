import type { BlobEntry } from "../../plugin/state-backend.js";
import type { StateConfig } from "../../model/config/config.js";
import type { Lock } from "../../model/run/lock.js";
import type { StateStore } from "../store.js";
import { findBlobsInUse } from "./in-use.js";

/** Whatever the retention says: a run may have put it and not named it in the root yet. */
const GRACE_MS = 3_600_000;
/** What people may want to look into later, or apply: how runs ended, the journals and change sets of runs and saved plans. */
const HISTORY: ReadonlySet<string> = new Set(["journal", "changesets", "runs"]);

export interface Collected {
  /** What was deleted (would be, in a dry run), by kind. */
  readonly deleted: Readonly<Record<string, Amount>>;
  readonly kept: Amount;
}

export interface Amount {
  readonly blobs: number;
  readonly bytes: number;
}

/**
 * Deletes blobs that nothing refers to once they are older than the retention.
 * Call it under the locks of all accounts: then no run is between putting a
 * blob and naming it.
 */
export async function collectGarbage(
  state: StateStore,
  options: {
    readonly retention: StateConfig["retention"];
    readonly now: Date;
    readonly scratch: string;
    readonly dryRun: boolean;
    readonly signal: AbortSignal;
  },
): Promise<Collected> {
  const { retention, scratch, dryRun, signal } = options;
  const { refs, journals } = await findBlobsInUse(state, await state.reload(signal), scratch, signal);
  const used = new Set(refs.map(({ name }) => name));
  const entries: BlobEntry[] = [];
  for await (const entry of state.backend.listBlobs("", signal)) entries.push(entry);
  // What a dry run tells is told with our clock: nothing is lost by it.
  const now = dryRun
    ? options.now.getTime()
    : surelyNow(options.now, entries, await state.backend.leases(signal));
  const expired = ({ name, modifiedAt }: BlobEntry): boolean => {
    if (used.has(name) || journals.some((folder) => name.startsWith(folder))) return false;
    const [kind = ""] = name.split("/");
    const seconds = HISTORY.has(kind) ? retention.historySeconds : retention.unreferencedSeconds;
    return now - modifiedAt.getTime() > Math.max(seconds * 1000, GRACE_MS);
  };
  const deleted: Record<string, Amount> = {};
  let kept: Amount = { blobs: 0, bytes: 0 };
  for (const entry of entries) {
    if (!expired(entry)) kept = plus(kept, entry);
    else {
      const [kind = ""] = entry.name.split("/");
      deleted[kind] = plus(deleted[kind], entry);
      if (!dryRun) await state.backend.deleteBlob(entry.name, signal);
    }
  }
  return { deleted, kept };
}

/**
 * A time that has surely come: ours, or the newest that the store itself has
 * told, whichever is earlier. By a clock that is ahead everything would be old.
 */
function surelyNow(ours: Date, entries: readonly BlobEntry[], locks: readonly Lock[]): number {
  const told = [
    ...entries.map(({ modifiedAt }) => modifiedAt.getTime()),
    ...locks.map(({ acquiredAt }) => Date.parse(acquiredAt)),
  ];
  return Math.min(
    ours.getTime(),
    told.reduce((newest, time) => Math.max(newest, time), 0),
  );
}

function plus(amount: Amount | undefined, { bytes }: BlobEntry): Amount {
  return { blobs: (amount?.blobs ?? 0) + 1, bytes: (amount?.bytes ?? 0) + bytes };
}
