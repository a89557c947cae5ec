/** A trial of `connections verify` whose traces have not been taken away yet. */
export interface OpenTrialReport {
  readonly account: string;
  /** The connection that it was run on. */
  readonly connection: string | undefined;
  readonly startedAt: string;
  readonly actor: string;
  /** `waiting`: for a person to unsubscribe its second address. */
  readonly stage: "running" | "cut off" | "waiting";
  /** How it goes on, or ends; undefined while it runs. */
  readonly hint: string | undefined;
}
