import type { Finding } from "../model/connections/belief.js";

/** What a trial works on. Nothing else of the account is touched, but for what it makes itself and takes away again. */
export interface TrialSubject {
  /** An empty list that no export uses. */
  readonly listId: string;
  /** Addresses of whoever runs the trial; the account does not know them. */
  readonly addresses: readonly [string, string];
  /** Eight hexadecimal digits that are in the name of everything that the trial makes. */
  readonly mark: string;
  /** When it began (ISO). */
  readonly startedAt: string;
}

/** A piece of a trial. Steps run in their order and build on each other. */
export interface TrialStep {
  /** What it does at the account, as whoever confirms it reads it. */
  readonly does: string;
  /** Ids of the beliefs that it tries. */
  readonly beliefs: readonly string[];
  run(subject: TrialSubject, signal: AbortSignal): Promise<readonly Finding[]>;
}

/** How beliefs about a vendor are tried at an account. */
export interface Trial {
  readonly steps: readonly TrialStep[];
  /** Puts the second address on the list, for a person to unsubscribe it. */
  prepareUnsubscribe(subject: TrialSubject, signal: AbortSignal): Promise<void>;
  /** What is read once that is done. */
  readonly unsubscribed: TrialStep;
  /** Whether the account knows one of the addresses in any way, so that a trial could touch what is somebody's. */
  knows(addresses: readonly string[], signal: AbortSignal): Promise<boolean>;
  /**
   * Takes away everything that steps may have made. Doing it again changes nothing. Where the trial was cut off, what
   * it asked for last may still be under way: that is waited for first. A contact that has come onto another list
   * meanwhile is somebody's: it only leaves the list of the trial, and counts in the result.
   */
  cleanUp(subject: TrialSubject, isCutOff: boolean, signal: AbortSignal): Promise<number>;
  /** What a person's opt-out leaves at the account after that, which nothing here may undo, and how whoever it is can; undefined where it is nothing. */
  staysOptedOut(subject: TrialSubject, signal: AbortSignal): Promise<string | undefined>;
}
