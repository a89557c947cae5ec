import type { Metric, MetricValue } from "../../model/reports/metric.js";
import type { Plan } from "../../model/plan/plan.js";
import type { RunResult } from "../../model/run/run.js";
import type { ExportStatusReport } from "../../model/reports/status.js";
import { countHeldBack } from "../../plan/counts.js";
import { dueTimeOf } from "../../schedule/dueness.js";
import type { Readiness } from "./round.js";

const COUNTED = ["added", "updated", "removed", "rejected", "unknown"] as const;

/** Counts what happens while a process serves. Names of exports and connections are its only labels. */
export class Meters {
  readonly #counters = new Map<string, { readonly metric: string; readonly value: MetricValue }>();
  readonly #heldBack = new Map<string, number>();

  /** Takes in one run that has ended. */
  take({ plan, run }: { readonly plan: Plan | undefined; readonly run: RunResult }): void {
    const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
    this.#add("rollcall_run_seconds_total", {}, seconds);
    for (const result of run.exports) {
      const name = { export: result.name };
      this.#add("rollcall_runs_total", { ...name, status: result.status }, 1);
      for (const operation of COUNTED)
        this.#add("rollcall_contacts_total", { ...name, outcome: operation }, result[operation]);
      this.#add("rollcall_requests_total", name, result.requests);
    }
    for (const { name, counts, error } of plan?.exports ?? []) {
      if (error === undefined) this.#heldBack.set(name, countHeldBack(counts));
    }
  }

  /** Everything as it is at an instant; `exports` as they were looked at last. */
  metrics(readiness: Readiness, exports: readonly ExportStatusReport[], now: Date): Metric[] {
    const gauge = (name: string, help: string, values: readonly MetricValue[]): Metric => ({
      name,
      type: "gauge",
      help,
      values,
    });
    const each = (valueOf: (one: ExportStatusReport) => number | undefined): MetricValue[] =>
      exports.flatMap((one) => {
        const value = valueOf(one);
        const labels = { export: one.name, connection: one.connection };
        return value === undefined ? [] : [{ labels, value }];
      });
    const seconds = (iso: string | undefined): number | undefined =>
      iso === undefined ? undefined : Date.parse(iso) / 1000;
    const flag = (on: boolean): MetricValue[] => [{ labels: {}, value: on ? 1 : 0 }];
    const held = [...this.#heldBack].map(([name, value]) => ({ labels: { export: name }, value }));
    return [
      gauge(
        "rollcall_ready",
        "1 when the config is valid and the state can be reached.",
        flag(readiness.ready),
      ),
      gauge(
        "rollcall_config_valid",
        "1 when the config was valid when it was last read.",
        flag(readiness.configValid),
      ),
      gauge(
        "rollcall_export_last_success_timestamp_seconds",
        "When the last run began that sent everything.",
        each(({ lastSuccessAt }) => seconds(lastSuccessAt)),
      ),
      gauge(
        "rollcall_export_due_lag_seconds",
        "How long ago the last scheduled time was, unless a run has served it: then 0.",
        each(({ dueness }) => (dueness.state === "manual" ? undefined : lagOf(dueness, now))),
      ),
      gauge(
        "rollcall_export_status",
        "1 for the status that the export has.",
        exports.map((one) => ({
          labels: { export: one.name, connection: one.connection, status: one.status },
          value: 1,
        })),
      ),
      gauge("rollcall_held_back", "People whom the last plan did not deliver.", held),
      ...COUNTERS.map(({ name, help }): Metric => ({
        name,
        type: "counter",
        help,
        values: this.#valuesOf(name),
      })),
    ];
  }

  #add(metric: string, labels: MetricValue["labels"], by: number): void {
    const key = JSON.stringify([metric, labels]);
    const before = this.#counters.get(key)?.value.value ?? 0;
    this.#counters.set(key, { metric, value: { labels, value: before + by } });
  }

  #valuesOf(name: string): MetricValue[] {
    return [...this.#counters.values()].filter(({ metric }) => metric === name).map(({ value }) => value);
  }
}

/** Of this process, since its start. */
const COUNTERS = [
  { name: "rollcall_runs_total", help: "Runs of an export that ended, by how." },
  {
    name: "rollcall_contacts_total",
    help: "People added, updated, removed, rejected or with an unknown outcome.",
  },
  { name: "rollcall_requests_total", help: "Write requests sent." },
  { name: "rollcall_run_seconds_total", help: "How long all runs took together." },
] as const;

/** Also from a time on that came after the last look, such as while the state cannot be reached. */
function lagOf(dueness: ExportStatusReport["dueness"], now: Date): number {
  const due = "due" in dueness ? dueness.due : dueTimeOf(dueness);
  return due === undefined ? 0 : Math.max(0, (now.getTime() - due.getTime()) / 1000);
}
