import { Failure } from "../../model/failure.js";
import { holdsWithdrawals } from "../../plan/check-kinds.js";
import { overridingCommand } from "../../report/override-command.js";
import { withdrawnOf } from "../prepare/export-plan.js";
import type { PreparedAccount, PreparedExport } from "../prepare/prepared.js";

/** An export that may not be sent. */
export interface Refused {
  readonly export: PreparedExport;
  readonly failure: Failure;
  /** Whether those who withdrew are removed all the same. */
  readonly withdraws: boolean;
}

/** Why an export may not be sent; undefined when it may. */
export function refusalOf(one: PreparedExport, account: PreparedAccount): Refused | undefined {
  const failed = [...one.plan.checks, ...account.checks].filter(({ status }) => status === "failed");
  if (failed.length === 0) return undefined;
  const names = failed.map(({ name }) => name);
  const withdrawn = names.some(holdsWithdrawals) ? 0 : withdrawnOf(one.actions);
  const reasons = failed.map(({ message }) => message).join(" ");
  const command = overridingCommand(failed);
  const hints = [
    ...(withdrawn > 0 ? ["Those who withdrew are removed all the same."] : []),
    ...failed.flatMap(({ hint }) => hint ?? []),
    ...(command === undefined ? [] : [`If this is meant: ${command}`]),
  ];
  return {
    export: one,
    withdraws: withdrawn > 0,
    failure: new Failure(
      "refused",
      `Export "${one.wanted.name}" is refused (${names.join(", ")}): ${reasons}`,
      { hint: hints.join(" ") },
    ),
  };
}
