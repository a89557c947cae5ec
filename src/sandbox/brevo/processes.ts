import type { JobRunner } from "../store/jobs.js";

/** Why a row of an import is in a report; one CSV a reason. */
export const REPORTS = [
  "invalid_emails",
  "duplicate_contact_id",
  "duplicate_ext_id",
  "duplicate_email_id",
  "duplicate_phone_id",
  "duplicate_whatsapp_id",
  "duplicate_landline_number_id",
] as const;

export type ReportName = (typeof REPORTS)[number];

/** A background process as `GET /processes/{id}` shows it. */
export interface Process {
  readonly id: number;
  readonly name: string;
  status: "queued" | "in_process" | "completed" | "failed";
  info?: { import: Record<ReportName, string | null> };
  export_url?: string;
}

/** What a finished process leaves behind. */
export type Outcome = Pick<Process, "info" | "export_url"> | "failed";

/** The processes of an account. Imports share one queue: running several at a time is what gets them stuck. */
export class Processes {
  readonly all: Process[] = [];
  readonly #runner: JobRunner;

  constructor(runner: JobRunner) {
    this.#runner = runner;
  }

  /** `work` runs when the process ends. */
  start(name: string, work: (process: Process) => Outcome): Process {
    const process: Process = { id: this.all.length + 1, name, status: "queued" };
    this.all.push(process);
    this.#runner.run(
      () => {
        process.status = "in_process";
      },
      () => {
        const outcome = work(process);
        if (outcome === "failed") process.status = "failed";
        else Object.assign(process, outcome, { status: "completed" });
      },
    );
    return process;
  }

  get(id: number): Process | undefined {
    return this.all.find((process) => process.id === id);
  }
}
