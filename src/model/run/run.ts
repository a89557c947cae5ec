import type { Evidence } from "../plan/change.js";

/** How one export ended. */
export type ExportStatus =
  | "succeeded"
  | "unchanged"
  | "partly"
  | "failed"
  | "refused"
  | "interrupted"
  /** Left out by a scheduled run; `error` says why. */
  | "skipped"
  /** Kept without a connection that may be used, and inactive; `error` says why. */
  | "detached";

export interface ExportResult {
  readonly name: string;
  readonly status: ExportStatus;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  /** Rows the destination refused; they wait until they change. */
  readonly rejected: number;
  /** Rows whose outcome is not known yet; the next run looks them up. */
  readonly unknown: number;
  readonly evidence: Evidence | undefined;
  /** Write requests sent. */
  readonly requests: number;
  /** Checks that failed and were overridden by the run's actor. */
  readonly overrides: readonly string[];
  readonly error:
    { readonly kind: string; readonly message: string; readonly hint: string | undefined } | undefined;
}

/** The result of one apply: a value, with a row per export. */
export interface RunResult {
  readonly id: string;
  /** Who ran it: user@host, or the CI system's identity. */
  readonly actor: string;
  /** The environment of the config; undefined where it has none. */
  readonly environment?: string | undefined;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly exports: readonly ExportResult[];
}
