import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { type Contexts, fillIn, runs, type Sofar } from "./expression.js";
import { Machine } from "./machine.js";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What stands for an action of the marketplace on this machine. */
export type Action = (inputs: Readonly<Record<string, string>>, machine: Machine) => Promise<void>;

export interface JobOptions {
  readonly contexts: Contexts;
  /** By name without its version; one that is missing is an error. */
  readonly actions: Readonly<Record<string, Action>>;
  /** What the system sets in every step. */
  readonly env: Readonly<Record<string, string>>;
  /** What npm may be asked for. */
  readonly npm: readonly string[];
}

export interface JobResult {
  readonly result: "success" | "failure" | "skipped";
  readonly log: string;
  readonly summary: string;
  /** Code of the step that failed. */
  readonly code: number | null;
}

export const readWorkflow = async (path: string): Promise<Workflow> =>
  parse(await readFile(path, "utf8")) as Workflow;

/** Runs a job of a GitHub workflow on a machine of its own, step by step. */
export async function runJob(job: Job, needed: Sofar, options: JobOptions): Promise<JobResult> {
  if (!runs(job.if, options.contexts, needed)) return { result: "skipped", log: "", summary: "", code: 0 };
  const machine = await Machine.start(options.npm);
  const contexts = { ...options.contexts, runner: { temp: machine.temp } };
  const summaryFile = join(machine.temp, "summary.md");
  const pathFile = join(machine.temp, "path");
  await writeFile(summaryFile, "");
  let sofar: Sofar = "success";
  let code: number | null = 0;
  let log = "";
  try {
    for (const step of job.steps) {
      if (!runs(step.if, contexts, sofar)) continue;
      if (step.uses !== undefined) {
        const action = options.actions[step.uses.split("@")[0]!];
        if (action === undefined) throw new Error(`there is no ${step.uses} here`);
        await action(filled(step.with ?? {}, contexts), machine);
        continue;
      }
      await writeFile(pathFile, "");
      const outcome = await machine.bash(fillIn(step.run ?? "", contexts), {
        GITHUB_ACTIONS: "true",
        RUNNER_TEMP: machine.temp,
        GITHUB_STEP_SUMMARY: summaryFile,
        GITHUB_PATH: pathFile,
        ...options.env,
        ...filled(step.env ?? {}, contexts),
      });
      log += outcome.log;
      for (const folder of (await readFile(pathFile, "utf8")).split("\n").filter(Boolean))
        machine.prepend(folder);
      if (outcome.code !== 0 && sofar === "success") [sofar, code] = ["failure", outcome.code];
    }
    return { result: sofar, log, summary: await readFile(summaryFile, "utf8"), code };
  } finally {
    await machine.stop();
  }
}

function filled(texts: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, fillIn(String(value), contexts)]),
  );
}
