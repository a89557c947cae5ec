import { Failure } from "../model/failure.js";
import type { Check } from "../model/plan/plan.js";
import type { ExportResult } from "../model/run/run.js";
import type { Prepared } from "../planner/prepare.js";
import type { LeavingExport } from "../records/transition.js";
import { notSentResult } from "./result.js";

/** What a refused plan may still change in the record: names, which let nobody go. */
export function keepOnlyRenames({ transition, accounts, ...rest }: Prepared): Prepared {
  return {
    ...rest,
    transition: { ...transition, dropped: [] },
    accounts: accounts.map((account) => ({
      ...account,
      evaluated: account.evaluated.map((one) => ({ ...one, wanted: { ...one.wanted, protect: undefined } })),
    })),
  };
}

/** Records that would have gone. */
export function resultsOfKeptRecords(
  { transition }: { readonly transition: { readonly dropped: readonly Pick<LeavingExport, "name">[] } },
  checks: readonly Pick<Check, "name" | "message">[],
): ExportResult[] {
  const names = checks.map(({ name }) => name).join(", ");
  const reasons = checks.map(({ message }) => message).join(" ");
  return transition.dropped.map(({ name }) =>
    notSentResult(
      name,
      "refused",
      new Failure("refused", `The record of "${name}" stays (${names}): ${reasons}`),
    ),
  );
}
