import type { Operation } from "../../model/plan/change.js";

/** A row of the change set that the destination refused. `row` is its number there, from 0; never an address. */
export interface RefusedRow {
  readonly row: number;
  readonly reason: string;
}

/** Before a request: these batches are about to be sent. Numbers are unique within an export of a run. */
export interface Intent {
  readonly type: "intent";
  readonly seq: number;
  readonly export: string;
  readonly operation: Operation;
  readonly route: string;
  readonly batches: readonly number[];
  /** Only some rows of these batches go out, so that what becomes of them settles nothing. */
  readonly part?: boolean;
  readonly at: string;
}

/** After it: what the destination said about each batch. A later outcome of the same intent replaces an earlier one. */
export interface Outcome {
  readonly type: "outcome";
  readonly seq: number;
  /** `seq` of the intent. */
  readonly of: number;
  readonly results: readonly BatchResult[];
  readonly at: string;
}

export type BatchResult = { readonly batch: number } & (
  | { readonly status: "accepted"; readonly job: string }
  | { readonly status: "done"; readonly refused: readonly RefusedRow[] }
  /** Nothing was carried out because of these rows; the batch may be sent again without them. */
  | { readonly status: "refused-rows"; readonly refused: readonly RefusedRow[] }
  /** Every row was sent in one part or another, but for these. */
  | { readonly status: "parts-done"; readonly refused: readonly RefusedRow[] }
  /** The request surely did nothing. */
  | { readonly status: "not-sent"; readonly reason: string }
  | { readonly status: "unknown"; readonly reason: string }
);

/** How a job ended, which settles every batch that it took on. */
export interface JobEnd {
  readonly type: "job";
  readonly seq: number;
  readonly job: string;
  readonly state: "completed" | "completed-with-errors" | "failed" | "gone";
  readonly refused: readonly RefusedRow[];
  readonly at: string;
}

/** Anything else that a resumed run has to know, such as a list that was about to be created. */
export interface Note {
  readonly type: "note";
  readonly seq: number;
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  readonly at: string;
}

export type JournalEntry = Intent | Outcome | JobEnd | Note;

/** An entry as its writer gives it; the journal numbers and dates it. */
export type NewEntry = DistributiveOmit<JournalEntry, "seq" | "at">;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
