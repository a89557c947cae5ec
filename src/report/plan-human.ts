import type { AccountPlan, Plan } from "../model/plan.js";
import { checksHuman } from "./checks-human.js";
import { configChangesHuman } from "./config-changes-human.js";
import type { Palette } from "./palette.js";
import { exportHuman } from "./plan-export-human.js";
import { count, counted, percent } from "./quantity.js";
import { planSentence, totals } from "./summary.js";
import { wrap } from "./text.js";

/** A plan as a person reads it: what changed in the configuration, a block per export, accounts, one last sentence. */
export function planHuman(plan: Plan, paint: Palette): string {
  const lines = configChangesHuman(plan.configChanges, paint);
  for (const item of plan.exports) lines.push(...exportHuman(item, paint));
  lines.push(...accountLines(plan.accounts, paint));
  const { failedChecks, errors } = totals(plan);
  if (failedChecks > 0) {
    const text = `${counted(failedChecks, "check")} failed: apply refuses what they concern.`;
    lines.push(paint.error(text));
  }
  const sentence = planSentence(plan);
  lines.push(errors > 0 ? paint.error(sentence) : paint.strong(sentence));
  return `${lines.join("\n")}\n`;
}

function accountLines(accounts: readonly AccountPlan[], paint: Palette): string[] {
  const lines: string[] = [];
  for (const account of accounts) {
    const checks = checksHuman(account.checks, paint);
    if (account.limit === undefined && account.unfinishedRun === undefined && checks.length === 0) continue;
    const label = `${account.type} ${account.label}`;
    const room =
      account.limit === undefined
        ? counted(account.addresses, "address", "addresses")
        : `${count(account.addresses)} of ${counted(account.limit, "contact")} ` +
          `(${percent(account.addresses, account.limit)}), room for ${count(Math.max(0, account.limit - account.addresses))}`;
    lines.push(
      ...wrap(`${label}  `, room).map((line, index) =>
        index === 0 ? line.replace(label, paint.strong(label)) : line,
      ),
    );
    if (account.unfinishedRun !== undefined) {
      lines.push(
        ...wrap("    ! ", `Run ${account.unfinishedRun} did not finish; apply settles it first.`).map(
          paint.warn,
        ),
      );
    }
    lines.push(...checks);
  }
  return lines.length === 0 ? [] : [...lines, ""];
}
