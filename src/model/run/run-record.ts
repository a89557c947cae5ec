import type { ExportResult } from "./run.js";
import type { Counts } from "../plan/plan.js";

/** A run that has ended, as state keeps it. Holds no address. */
export interface RunRecord {
  readonly formatVersion: 1;
  /** Begins with the time of its start, so that names are in the order of time. */
  readonly id: string;
  readonly operation: "apply";
  /** `schedule`: nobody asked for it. */
  readonly trigger: "on-demand" | "schedule";
  /** user@host, or the CI system's identity. */
  readonly actor: string;
  readonly tool: string;
  /** Missing where the config has none. */
  readonly environment?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly exports: readonly RecordedExport[];
}

export interface RecordedExport extends ExportResult {
  readonly connection: string | undefined;
  readonly list: { readonly id: string | undefined; readonly name: string | undefined } | undefined;
  /** What was planned; missing when it could not be. */
  readonly planned?: Pick<Counts, "add" | "update" | "remove" | "unchanged" | "heldBack"> | undefined;
}
