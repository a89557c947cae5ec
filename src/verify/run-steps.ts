import type { Belief, Finding } from "../model/connections/belief.js";
import type { TriedBelief } from "../model/connections/verification.js";
import { keptFailure } from "../platform/defects.js";
import type { TrialStep, TrialSubject } from "../plugin/trial.js";
import type { Run } from "../run/run.js";

export interface StepsEnd {
  readonly findings: readonly Finding[];
  readonly errors: readonly string[];
}

/** Runs steps one after the other; one that fails does not keep the others from what they can still tell. */
export async function runSteps(
  run: Run,
  steps: readonly TrialStep[],
  subject: TrialSubject,
): Promise<StepsEnd> {
  const findings: Finding[] = [];
  const errors: string[] = [];
  for (const { does, beliefs, run: tryStep } of steps) {
    run.emit({ type: "stage", export: undefined, stage: does });
    try {
      findings.push(...(await tryStep(subject, run.signal)));
    } catch (error) {
      const { kind, message } = keptFailure(error);
      if (kind === "interrupted") throw error;
      errors.push(message);
      for (const belief of beliefs)
        findings.push({ belief, verdict: "untried", saw: `the step failed: ${message}` });
    }
  }
  return { findings, errors };
}

/** Every belief with what was found of it; of one that no step tried: how it could be. */
export function joinFindings(
  beliefs: readonly Belief[],
  findings: readonly Finding[],
): readonly TriedBelief[] {
  return beliefs.map(({ id, says, either, trial }) => {
    const found = findings.find(({ belief }) => belief === id);
    const { verdict, saw } = found ?? { verdict: "untried" as const, saw: trial };
    return { id, says, either, verdict, saw };
  });
}
