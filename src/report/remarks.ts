import type { Check, Plan } from "../model/plan.js";
import { byDanger } from "./danger.js";

/** Something of a plan that a reviewer must not miss. */
export interface Remark {
  readonly status: "failed" | "overridden" | "warning";
  /** The account that it is about; undefined: the export. */
  readonly account?: string;
  readonly where: string;
  /** The check, or what happened. */
  readonly name: string;
  readonly message: string;
  readonly hint: string | undefined;
}

const RANKS: readonly Check["status"][] = ["failed", "overridden", "warning"];

/** What cannot be planned, checks that do not hold, and unfinished runs: the worst first. */
export function remarks(plan: Plan): Remark[] {
  const found = [
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
    ...byDanger(plan).flatMap(({ name, checks }) => checks.flatMap((check) => ofCheck(check, name))),
    ...plan.accounts.flatMap(({ type, label, unfinishedRun }): Remark[] =>
      unfinishedRun === undefined
        ? []
        : [
            {
              status: "warning",
              account: `${type} account`,
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

function ofCheck({ status, name, message, hint }: Check, where: string, account?: string): Remark[] {
  if (status === "ok") return [];
  return [
    {
      status,
      ...(account === undefined ? {} : { account }),
      where,
      name,
      message,
      hint: status === "overridden" ? undefined : hint,
    },
  ];
}
