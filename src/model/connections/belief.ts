/** A fact about a vendor that Rollcall relies on, or could, and that no documentation makes certain. */
export interface Belief {
  readonly id: string;
  /** Heading under which the reference shows it. */
  readonly about: "people who said no" | "values" | "accounts, lists and jobs";
  /** The fact, in the reading that would be the more pleasant one. */
  readonly says: string;
  /** Recording, contract, documentation, client code, or inferred. */
  readonly evidence: string;
  /** What happens under either reading. */
  readonly either: string;
  /** Tests that run under both readings, by file. */
  readonly tests: readonly string[];
  /** The request that a trial makes, or why none is made. */
  readonly trial: string;
}

/** `untried`: no step of the trial could tell. */
export type Verdict = "held" | "failed" | "untried";

/** What a trial saw of a belief; without addresses. */
export interface Finding {
  readonly belief: string;
  readonly verdict: Verdict;
  readonly saw: string;
}
