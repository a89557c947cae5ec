import type { Operation } from "../../model/plan/change.js";
import type { BatchResult, JobEnd, JournalEntry, Note, RefusedRow } from "./journal-entry.js";

/** How far one batch of a run came. */
export interface BatchState {
  readonly export: string;
  readonly batch: number;
  readonly operation: Operation;
  readonly route: string;
  /** `seq` of its last intent; a look-up that settles it is an outcome of this. */
  readonly intent: number;
  /** When it was last about to be sent. */
  readonly sentAt: string;
  readonly progress:
    /** The last request surely did nothing; to be sent again, without `refused`. */
    | { readonly status: "not-started" }
    /** Sent, perhaps; has to be looked up. */
    | { readonly status: "unknown" }
    /** The destination works on it. */
    | { readonly status: "accepted"; readonly job: string }
    | { readonly status: "settled"; readonly job: JobEnd | undefined };
  /** Every row that the destination refused so far. */
  readonly refused: readonly RefusedRow[];
  /** Sent in parts; `some`: one of them may have been carried out. */
  readonly parts: "none" | "nothing yet" | "some";
}

export interface JournalState {
  /** Undefined: never begun. */
  batch(exportName: string, batch: number): BatchState | undefined;
  /** Every batch that was begun, in the order of its first intent. */
  readonly batches: readonly BatchState[];
  readonly notes: readonly Note[];
}

/** Folds a journal into the state of each batch. Pure. */
export function foldJournal(entries: readonly JournalEntry[]): JournalState {
  const batches = new Map<string, BatchState>();
  const intents = new Map<number, string>();
  const notes: Note[] = [];
  for (const entry of entries) {
    if (entry.type === "note") notes.push(entry);
    else if (entry.type === "intent") {
      intents.set(entry.seq, entry.export);
      const { export: name, operation, route, seq: intent, at: sentAt } = entry;
      for (const batch of entry.batches) {
        const known = batches.get(batchKey(name, batch));
        const parts = entry.part !== true ? "none" : known?.parts === "some" ? "some" : "nothing yet";
        const progress = { status: "unknown" } as const;
        batches.set(batchKey(name, batch), {
          export: name,
          batch,
          operation,
          route,
          intent,
          sentAt,
          progress,
          refused: known?.refused ?? [],
          parts,
        });
      }
    } else if (entry.type === "outcome") {
      for (const result of entry.results) {
        const key = batchKey(intents.get(entry.of) ?? "", result.batch);
        const known = batches.get(key);
        // An answer to an earlier request says nothing about a batch that was sent again since.
        if (known?.intent === entry.of) batches.set(key, afterResult(known, result));
      }
    } else {
      for (const [key, known] of batches) {
        if (known.progress.status !== "accepted" || known.progress.job !== entry.job) continue;
        batches.set(key, {
          ...known,
          progress: { status: "settled", job: entry },
          refused: [...known.refused, ...entry.refused],
        });
      }
    }
  }
  return {
    batch: (exportName, batch) => batches.get(batchKey(exportName, batch)),
    batches: [...batches.values()],
    notes,
  };
}

function afterResult(known: BatchState, result: BatchResult): BatchState {
  return known.parts === "none" || result.status === "parts-done"
    ? afterWhole(known, result)
    : afterPart(known, result);
}

/** What becomes of a part settles nothing; until one was carried out, nothing was. */
function afterPart(known: BatchState, result: BatchResult): BatchState {
  const refused = "refused" in result ? [...known.refused, ...result.refused] : known.refused;
  const nothing = result.status === "not-sent" || result.status === "refused-rows";
  if (!nothing || known.parts === "some")
    return { ...known, refused, parts: "some", progress: { status: "unknown" } };
  return { ...known, refused, progress: { status: "not-started" } };
}

function afterWhole(known: BatchState, result: BatchResult): BatchState {
  switch (result.status) {
    case "accepted":
      return { ...known, progress: { status: "accepted", job: result.job } };
    case "done":
    case "parts-done":
      return {
        ...known,
        progress: { status: "settled", job: undefined },
        refused: [...known.refused, ...result.refused],
      };
    case "refused-rows":
      return {
        ...known,
        progress: { status: "not-started" },
        refused: [...known.refused, ...result.refused],
      };
    case "not-sent":
      return { ...known, progress: { status: "not-started" } };
    case "unknown":
      return { ...known, progress: { status: "unknown" } };
  }
}

function batchKey(exportName: string, batch: number): string {
  return `${batch}/${exportName}`;
}
