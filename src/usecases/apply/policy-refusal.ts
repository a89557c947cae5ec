import { counted } from "../../model/counted.js";
import { Failure } from "../../model/failure.js";
import type { Check, Plan } from "../../model/plan.js";
import type { PolicyResult } from "../../model/policy.js";
import type { ExportResult } from "../../model/run.js";
import { refuses } from "../../policy/refuses.js";
import type { Prepared } from "../prepare/prepare.js";
import { notSent } from "./result.js";

/** Verdicts over the whole plan that refuse it, as checks that each of its exports fails. */
export function policyChecks({ policies = [] }: Pick<Plan, "policies">): Check[] {
  return policies.filter(refuses).map((policy) => ({
    name: `policy:${policy.name}`,
    status: "failed",
    message: policy.message,
    ...hintOf(policy),
  }));
}

function hintOf({ error, needs }: PolicyResult): { hint?: string } {
  if (error !== undefined) return { hint: `It could not be evaluated: ${error}.` };
  if (needs === undefined) return {};
  const { group, count, have } = needs;
  return {
    hint: `It takes ${counted(count, "approval")} by ${group}; there ${have === 1 ? "is" : "are"} ${have}.`,
  };
}

/** What a refused plan may still change in the record: names, which let nobody go. */
export function onlyNames({ transition, accounts, ...rest }: Prepared): Prepared {
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
export function keptRecords({ transition }: Prepared, checks: readonly Check[]): ExportResult[] {
  const names = checks.map(({ name }) => name).join(", ");
  const reasons = checks.map(({ message }) => message).join(" ");
  return transition.dropped.map(({ name }) =>
    notSent(name, "refused", new Failure("refused", `The record of "${name}" stays (${names}): ${reasons}`)),
  );
}
