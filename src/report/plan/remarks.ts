import type { Check, Plan } from "../../model/plan/plan.js";
import type { PolicyResult } from "../../model/config/policy.js";
import { sortByDanger } from "../../plan/danger.js";
import { isRefusing } from "../../plan/policies.js";
import { policyDetail } from "./policies-human.js";

/** Something of a plan that a reviewer must not miss. */
export interface Remark {
  readonly status: "failed" | "overridden" | "warning";
  /** What `where` names; undefined: an export. */
  readonly kind?: string;
  readonly where: string;
  /** The check, or what happened. */
  readonly name: string;
  readonly message: string;
  readonly hint: string | undefined;
}

const RANKS: readonly Check["status"][] = ["failed", "overridden", "warning"];

/** Violated policies, what cannot be planned, checks that do not hold, unfinished runs: the worst first. */
export function remarks(plan: Plan): Remark[] {
  const found = [
    ...(plan.policies ?? []).flatMap(ofPolicy),
    ...plan.exports.flatMap(({ name, error }): Remark[] =>
      error === undefined
        ? []
        : [
            {
              status: "failed",
              where: name,
              name: "cannot be planned",
              message: error.message,
              hint: error.hint,
            },
          ],
    ),
    ...plan.accounts.flatMap(({ checks, type, label }) =>
      checks.flatMap((check) => ofCheck(check, label, `${type} account`)),
    ),
    ...sortByDanger(plan).flatMap(({ name, checks }) => checks.flatMap((check) => ofCheck(check, name))),
    ...plan.accounts.flatMap(({ type, label, unfinishedRun }): Remark[] =>
      unfinishedRun === undefined
        ? []
        : [
            {
              status: "warning",
              kind: `${type} account`,
              where: label,
              name: "unfinished run",
              message: `Run \`${unfinishedRun}\` did not finish; apply settles it first.`,
              hint: undefined,
            },
          ],
    ),
  ];
  return found
    .map((remark, place) => ({ remark, rank: RANKS.indexOf(remark.status), place }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ remark }) => remark);
}

/** A policy is about the whole plan. */
function ofPolicy(policy: PolicyResult): Remark[] {
  const { name, level, status, message } = policy;
  if (status === "ok") return [];
  return [
    {
      status: isRefusing(policy) ? "failed" : status === "approved" ? "overridden" : "warning",
      kind: "policy",
      where: name,
      name: status === "approved" ? "approved" : level,
      message,
      hint: policyDetail(policy),
    },
  ];
}

function ofCheck({ status, name, message, hint }: Check, where: string, kind?: string): Remark[] {
  if (status === "ok") return [];
  return [
    {
      status,
      ...(kind === undefined ? {} : { kind }),
      where,
      name,
      message,
      hint: status === "overridden" ? undefined : hint,
    },
  ];
}
