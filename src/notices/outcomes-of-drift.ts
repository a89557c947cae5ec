import type { Drift, ExportDrift } from "../model/reports/drift.js";
import { driftOutcome, failureOutcome, successOutcome, type Outcome } from "./outcome.js";

/** What a look at the lists means for each export. */
export function outcomesOfDrift({ drift }: { readonly drift: Drift | undefined }): Outcome[] {
  if (drift === undefined) return [];
  const outcomes = drift.exports
    .filter(({ neverApplied }) => !neverApplied)
    .map((one) => outcomeOf(one, drift.recorded));
  return [successOutcome(undefined, "The lists were read."), ...outcomes];
}

function outcomeOf({ name, counts, error }: ExportDrift, recorded: boolean): Outcome {
  if (error !== undefined) return failureOutcome(name, error);
  const { strangers, gone, returned, changed, optedOut } = counts;
  // People who opt out do as they please; that is not a condition that somebody has to fix.
  const kinds = Object.entries({ strangers, gone, returned, changed }).filter(([, n]) => n > 0);
  if (kinds.length === 0) return successOutcome(name, "The list is as it is recorded.");
  return driftOutcome(name, {
    kinds: kinds.map(([kind]) => kind),
    message: "Somebody else changed the list since it was last applied.",
    hint: recorded
      ? "It was taken into state; the next plan acts on it."
      : "Look at `rollcall drift`; `rollcall drift --record` takes it into state, so that the next plan acts on it.",
    counts: { strangers, gone, returned, changed, optedOut },
  });
}
