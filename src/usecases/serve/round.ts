import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import type { Plan } from "../../model/plan/plan.js";
import type { RunResult } from "../../model/run/run.js";
import type { ExportStatusReport } from "../../model/reports/status.js";
import type { ApplyOptions } from "../apply.js";
import { applyDue } from "../apply-due.js";
import { readStatus } from "../status.js";

/** Whether a round could do its work, and why not. */
export interface Readiness {
  readonly ready: boolean;
  readonly configValid: boolean;
  readonly reason: string | undefined;
}

export interface Round {
  readonly readiness: Readiness;
  /** Undefined when nothing was due. */
  readonly applied: { readonly plan: Plan | undefined; readonly run: RunResult } | undefined;
  /** How the exports stand after it; undefined when that could not be read. */
  readonly exports: readonly ExportStatusReport[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const READY: Readiness = { ready: true, configValid: true, reason: undefined };

/**
 * Reads the config again and applies what is due. With an invalid config nothing
 * is run: an older one may say what somebody has just taken back. Never throws
 * what another round may fix.
 */
export async function runRound(options: Omit<ApplyOptions, "approve" | "targets">): Promise<Round> {
  try {
    const { schedule, plan, run, diagnostics } = await applyDue({
      ...options,
      approve: () => Promise.resolve(true),
    });
    const applied = run && { plan, run };
    if (schedule === undefined)
      return { readiness: invalid(diagnostics), applied, exports: undefined, diagnostics };
    const { exports } = await readStatus(options);
    return { readiness: READY, applied, exports, diagnostics };
  } catch (error) {
    const reason = error instanceof Failure ? error.message : `something unexpected (${nameOf(error)})`;
    const readiness = { ready: false, configValid: true, reason };
    return { readiness, applied: undefined, exports: undefined, diagnostics: [] };
  }
}

function invalid(diagnostics: readonly Diagnostic[]): Readiness {
  const first = diagnostics.find(({ severity }) => severity === "error");
  return { ready: false, configValid: false, reason: first?.message ?? "the config is invalid" };
}

/** Its message might quote data. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
