/** When an export runs by itself. */
export interface Schedule {
  /** Each of five fields; a time that any of them names counts. */
  readonly crons: readonly string[];
  /** IANA. */
  readonly timezone: string;
}

/** What a scheduled run does about a source that is older than it may be. */
export type WhenStale =
  | "skip"
  | {
      /** Counted from the scheduled time; undefined: until the next one. */
      readonly waitSeconds: number | undefined;
    };

/** Whether an export is to be run now, and for which scheduled time. */
export type Dueness =
  /** It has no schedule. */
  | { readonly state: "manual" }
  | { readonly state: "due"; readonly due: Date; readonly attempt: number }
  /** It waits for fresh data, and is due as soon as that is there. */
  | { readonly state: "waiting"; readonly due: Date; readonly until: Date }
  /** The last attempt failed; the next is not before `retryAt`. */
  | { readonly state: "retrying"; readonly due: Date; readonly attempts: number; readonly retryAt: Date }
  /** The last scheduled time is served, left out or given up. */
  | {
      readonly state: "idle";
      readonly next: Date | undefined;
      readonly because: Because;
      /** The scheduled time that was left out or given up. */
      readonly due?: Date;
    };

/** `new`: no scheduled time has come since the schedule was first seen. */
export type Because = "new" | "served" | "stale" | "given up";

/** Where an export is in its schedule. */
export interface ScheduledExport {
  readonly name: string;
  readonly dueness: Dueness;
}
