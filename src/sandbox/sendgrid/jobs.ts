import { randomUUID } from "node:crypto";
import type { Downloads } from "../store/downloads.js";
import type { JobRunner } from "../store/jobs.js";
import type { Switches } from "../switches.js";

/** A job as `GET /v3/marketing/contacts/imports/{id}` shows it. */
export interface Job {
  readonly id: string;
  status: "pending" | "completed" | "errored" | "failed";
  readonly job_type: string;
  results: Record<string, number | string>;
  readonly started_at: string;
  finished_at?: string;
}

export interface RowError {
  readonly identifier: string;
  readonly error: string;
}

export interface JobOutcome {
  readonly counts: { created?: number; updated?: number; deleted?: number };
  readonly errors: readonly RowError[];
  /** Nothing of the job could be processed. */
  readonly failed: boolean;
  /** Makes the result visible to reads. */
  readonly apply: () => void;
}

export interface JobsContext {
  readonly runner: JobRunner;
  readonly downloads: Downloads;
  readonly switches: Switches;
  readonly now: () => number;
  readonly visibleMs: number;
  readonly jobMs: number;
}

/** The asynchronous jobs of an account. */
export class Jobs {
  readonly all = new Map<string, Job>();
  readonly #context: JobsContext;

  constructor(context: JobsContext) {
    this.#context = context;
  }

  start(type: string, requested: number, work: () => JobOutcome): Job {
    const { runner, switches, now, visibleMs, jobMs } = this.#context;
    const job: Job = {
      id: randomUUID(),
      status: "pending",
      job_type: type,
      results: { requested_count: requested },
      started_at: preciseTime(now()),
    };
    this.all.set(job.id, job);
    runner.run(
      () => {},
      () => {
        const outcome = work();
        runner.later(visibleMs, outcome.apply);
        job.results = this.#results(requested, outcome);
        runner.later(switches.sendgridJobStaysPending ? jobMs : 0, () => {
          job.status = status(requested, outcome);
          job.finished_at = preciseTime(now());
        });
      },
    );
    return job;
  }

  /** The report's columns are not documented; these two are an assumption. */
  #results(requested: number, { counts, errors }: JobOutcome): Record<string, number | string> {
    const results: Record<string, number | string> = {
      requested_count: requested,
      created_count: counts.created ?? 0,
      updated_count: counts.updated ?? 0,
      deleted_count: counts.deleted ?? 0,
      errored_count: errors.length,
    };
    if (errors.length > 0) {
      const chunks = (): string[] => ["email,error\n", ...errors.map(line)];
      results["errors_url"] = this.#context.downloads.add({
        name: "errors.csv",
        type: "text/csv",
        chunks,
        gzip: false,
        rows: errors.length,
      });
    }
    return results;
  }
}

function status(requested: number, { errors, failed }: JobOutcome): Job["status"] {
  if (failed || (errors.length > 0 && errors.length >= requested)) return "failed";
  return errors.length > 0 ? "errored" : "completed";
}

function line({ identifier, error }: RowError): string {
  return `"${identifier.replaceAll('"', '""')}","${error.replaceAll('"', '""')}"\n`;
}

/** RFC 3339 to the second, as SendGrid writes times. */
export function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** As SendGrid writes the times of jobs and exports (recorded traffic); a clock of milliseconds leaves the rest at zero. */
export function preciseTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000000Z`;
}
