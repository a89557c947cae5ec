/** What is remembered of an export's scheduled runs; times are ISO 8601 in UTC. */
export interface ScheduleRecord {
  /** When the schedule was first seen; nothing is due for a time before. */
  readonly since?: string;
  /** When the last run began that sent everything. */
  readonly succeededAt?: string;
  /** A scheduled time whose runs failed so far. */
  readonly failing?: {
    readonly due: string;
    readonly attempts: number;
    /** End of the last attempt. */
    readonly at: string;
    /** It is not tried again for this scheduled time. */
    readonly permanent: boolean;
  };
  /** A scheduled time at which the data was older than it may be; looked at again until `waitsUntil`. */
  readonly stale?: { readonly due: string; readonly waitsUntil?: string };
}
