import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ExportDrift } from "../../src/model/reports/drift.js";
import type { RunEvent } from "../../src/model/run/event.js";
import type { ExportPlan, Plan } from "../../src/model/plan/plan.js";
import type { ExportResult, RunResult } from "../../src/model/run/run.js";
import { startSandbox, type Exchange, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { apply, type ApplyOptions, type ApplyResult } from "../../src/usecases/apply.js";
import { drift, type DriftOptions } from "../../src/usecases/drift.js";
import { plan, type PlanOptions } from "../../src/usecases/plan.js";

/** A source row; an absent or null value is an empty cell. */
export type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

export type Behaviour = "documented" | "pessimistic";

/** An object of the YAML, as people would write it. */
export type Yaml = Readonly<Record<string, unknown>>;

export interface ProjectOptions {
  readonly behaviour?: Behaviour;
  readonly sandbox?: Partial<SandboxOptions>;
  /** Addresses that both vendors refuse without naming them. */
  readonly refuses?: readonly string[];
}

export const BREVO_KEY = "canary-xkeysib-4711";
export const SENDGRID_KEY = "SG.canary-4711";
const AGREED = { agreed: true, by: "Anna Example", on: "2026-11-01" };

/** A folder with a config, data and state of its own, and a sandbox to send to. */
export async function openProject(options: ProjectOptions = {}): Promise<Project> {
  const project = await openFolder(await mkdtemp(join(tmpdir(), "rollcall-e2e-")), options);
  await project.write("brevo.key", BREVO_KEY);
  await project.write("sendgrid.key", SENDGRID_KEY);
  await mkdir(join(project.folder, "lists"));
  return project;
}

/** The same in a folder that has its files already. */
export async function openFolder(folder: string, options: ProjectOptions): Promise<Project> {
  const exchanges: Exchange[] = [];
  const sandbox = await startSandbox({
    accounts: [
      { vendor: "brevo", key: BREVO_KEY, refuses: options.refuses ?? [] },
      { vendor: "sendgrid", key: SENDGRID_KEY, refuses: options.refuses ?? [] },
    ],
    behaviour: options.behaviour ?? "documented",
    limits: "none",
    delays: "none",
    // Looked up each time, so that the sandbox follows a clock that a test sets ahead.
    clock: () => Date.now(),
    onExchange: (exchange) => exchanges.push(exchange),
    ...options.sandbox,
  });
  return new Project(folder, sandbox, exchanges);
}

export interface CarriedOut {
  readonly plan: Plan;
  readonly planned: ExportPlan;
  readonly run: RunResult;
  readonly result: ExportResult;
}

export class Project {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly exchanges: Exchange[];
  readonly events: RunEvent[] = [];

  constructor(folder: string, sandbox: Sandbox, exchanges: Exchange[]) {
    this.folder = folder;
    this.sandbox = sandbox;
    this.exchanges = exchanges;
  }

  /** How the YAML names the three destinations; `extra` is added to each of them. */
  connections(extra: Yaml = {}): Record<string, Yaml> {
    const shared = { dataPrivacy: AGREED, rateLimits: "none", ...extra };
    const { dataPrivacy } = shared;
    return {
      brevo: {
        type: "brevo",
        apiKey: { file: "brevo.key" },
        baseUrl: this.sandbox.brevoUrl,
        ...shared,
      },
      sendgrid: {
        type: "sendgrid",
        apiKey: { file: "sendgrid.key" },
        baseUrl: this.sandbox.sendgridUrl,
        ...shared,
      },
      file: { type: "file", path: "lists", dataPrivacy },
    };
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    const absolute = join(this.folder, path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, content, { mode: 0o600 });
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  /** Writes the config; JSON is YAML. `connections`, the source `crm` and everybody in it as the segment `all` are there unless given. */
  async config(yaml: Yaml): Promise<void> {
    const whole = {
      version: 1,
      connections: this.connections(),
      sources: { crm: { type: "files", path: "profiles.csv" } },
      segments: { all: { source: "crm" } },
      ...yaml,
    };
    await this.write("exports.config.yaml", JSON.stringify(whole, undefined, 2));
  }

  /** The columns of all rows, and those of `columns` even when there is no row. */
  async profiles(
    rows: readonly Row[],
    path = "profiles.csv",
    columns: readonly string[] = [],
  ): Promise<void> {
    await this.write(path, csvOf(rows, columns));
  }

  async plan(options: Partial<PlanOptions> = {}): Promise<Plan> {
    const result = await plan({
      cwd: this.folder,
      emit: (event) => this.events.push(event),
      signal: new AbortController().signal,
      ...options,
    });
    if (result.plan === undefined) throw new Error(`no plan: ${JSON.stringify(result.diagnostics)}`);
    return result.plan;
  }

  /** The plan of one export. */
  async planOf(name: string, options: Partial<PlanOptions> = {}): Promise<ExportPlan> {
    return exportOf(await this.plan(options), name);
  }

  /** How each list differs from the record, by export. */
  async drift(options: Partial<DriftOptions> = {}): Promise<Map<string, ExportDrift>> {
    const result = await drift({
      cwd: this.folder,
      emit: (event) => this.events.push(event),
      signal: new AbortController().signal,
      actor: "tester",
      ...options,
    });
    if (result.drift === undefined) throw new Error(`no drift: ${JSON.stringify(result.diagnostics)}`);
    return new Map(result.drift.exports.map((one) => [one.name, one]));
  }

  async applyResult(options: Partial<ApplyOptions> = {}): Promise<ApplyResult> {
    const never = new AbortController().signal;
    return apply({
      cwd: this.folder,
      emit: (event) => this.events.push(event),
      signal: never,
      stop: never,
      approve: () => Promise.resolve(true),
      actor: "tester",
      ...options,
    });
  }

  async apply(options: Partial<ApplyOptions> = {}): Promise<RunResult> {
    const { run, diagnostics } = await this.applyResult(options);
    if (run === undefined) throw new Error(`no run: ${JSON.stringify(diagnostics)}`);
    return run;
  }

  /** The result of one export. */
  async applyOf(name: string, options: Partial<ApplyOptions> = {}): Promise<ExportResult> {
    const result = (await this.apply(options)).exports.find((one) => one.name === name);
    if (result === undefined) throw new Error(`no result of ${name}`);
    return result;
  }

  /** What one run plans for an export, and what comes of it; `plan` and `run` are those of all. */
  async planAndApply(name: string): Promise<CarriedOut> {
    const { plan, run, diagnostics } = await this.applyResult();
    const result = run?.exports.find((one) => one.name === name);
    if (plan === undefined || run === undefined || result === undefined)
      throw new Error(`no result of ${name}: ${JSON.stringify(diagnostics)}`);
    return { plan, planned: exportOf(plan, name), run, result };
  }

  /** Every file of the state folder with its content. */
  async stateFiles(): Promise<Map<string, Buffer>> {
    const root = join(this.folder, ".rollcall");
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = new Map<string, Buffer>();
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(path.slice(root.length + 1), await readFile(path));
    }
    return files;
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function exportOf(document: Plan, name: string): ExportPlan {
  const found = document.exports.find((one) => one.name === name);
  if (found === undefined) throw new Error(`the plan has no export ${name}`);
  return found;
}

export function csvOf(rows: readonly Row[], always: readonly string[] = [], delimiter = ","): string {
  const columns = [...new Set([...always, ...rows.flatMap((row) => Object.keys(row))])];
  const cell = (value: Row[string]): string => {
    const text = value === null || value === undefined ? "" : String(value);
    return /["\r\n]|^\s|\s$/.test(text) || text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(delimiter));
  return `${[columns.join(delimiter), ...lines].join("\n")}\n`;
}
