import type { Diagnostic } from "../model/diagnostic.js";
import type { Plan } from "../model/plan/plan.js";
import { plan as planUseCase } from "../usecases/plan.js";
import { planningOf, type ExportsOptions, type Wishes } from "./options.js";

export interface PlanOptions extends ExportsOptions, Wishes {}

export interface PlanResult {
  /** The document of `schemas/plan.schema.json`; undefined when the config is not sound. Addresses in it are masked. */
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What an apply would do now: who would be added, changed and removed, and what stands against it. Changes nothing.
 * Throws `Failure` when a source, the state or a destination cannot be asked.
 */
export async function plan(options: PlanOptions = {}): Promise<PlanResult> {
  const { plan: planned, diagnostics } = await planUseCase(planningOf(options));
  return { plan: planned, diagnostics };
}
