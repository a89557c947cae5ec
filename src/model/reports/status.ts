import type { Dueness } from "../config/schedule.js";

/**
 * How an export stands. `failed (retrying)`: its schedule tries again within
 * minutes; `failed (permanent)`: nothing happens before the next scheduled time,
 * or before somebody does something. `refused`: a safeguard or consent wants a
 * person. `cancelled`: somebody stopped it. `detached`: kept without a connection
 * that may be used, and inactive.
 */
export type StatusWord =
  | "never run"
  | "running"
  | "succeeded"
  | "partly"
  | "failed (retrying)"
  | "failed (permanent)"
  | "refused"
  | "skipped"
  | "cancelled"
  | "detached";

export interface ExportStatusReport {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly connection: string;
  readonly list: { readonly id: string | undefined; readonly name: string | undefined };
  readonly status: StatusWord;
  /** What went wrong, or why it was skipped. */
  readonly reason: string | undefined;
  readonly lastRun: LastRunReport | undefined;
  /** When the last run began that sent everything; ISO. */
  readonly lastSuccessAt: string | undefined;
  readonly dueness: Dueness;
  /** Who works on its account now, with this export or another. */
  readonly lock: LockReport | undefined;
}

export interface LastRunReport {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly rejected: number;
  readonly unknown: number;
}

export interface LockReport {
  readonly operation: string;
  readonly environment: string | undefined;
  readonly who: string;
  readonly since: string;
}
