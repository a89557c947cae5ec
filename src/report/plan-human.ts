import type { AccountPlan, Check, Plan } from "../model/plan.js";
import { checksHuman } from "./checks-human.js";
import { configChangesHuman } from "./config-changes-human.js";
import { overridingCommand } from "./override-command.js";
import type { Palette } from "./palette.js";
import { exportHuman } from "./plan-export-human.js";
import { oneLine } from "./printable.js";
import { count, counted, percent } from "./quantity.js";
import { planSentence, totals } from "./summary.js";
import { wrap } from "./text.js";

/** A plan as a person reads it: what changed in the configuration, a block per export, accounts, one last sentence. */
export function planHuman(plan: Plan, paint: Palette): string {
  const lines = configChangesHuman(plan.configChanges, paint);
  for (const item of plan.exports) lines.push(...exportHuman(item, paint));
  lines.push(...accountLines(plan.accounts, paint));
  for (const note of plan.notes ?? []) lines.push(...wrap("Note: ", note).map(paint.quiet));
  const { failedChecks, errors } = totals(plan);
  if (failedChecks > 0) {
    lines.push(...unsafeHuman(plan, failedChecks).map(paint.error));
  }
  const sentence = planSentence(plan);
  lines.push(...wrap("", sentence).map(errors > 0 ? paint.error : paint.strong));
  return `${lines.join("\n")}\n`;
}

/** What apply would refuse, and the words that would make it go on. */
function unsafeHuman({ accounts, exports }: Plan, failedChecks: number): string[] {
  const failedOf = (checks: readonly Check[]): Check[] => checks.filter(({ status }) => status === "failed");
  const shared = new Set(
    accounts.filter(({ checks }) => failedOf(checks).length > 0).map(({ type, id }) => `${type}:${id}`),
  );
  const refused = exports.filter(({ checks, account }) => failedOf(checks).length > 0 || shared.has(account));
  const names = refused.map(({ name }) => name).join(", ");
  const text = `${counted(failedChecks, "check")} failed: apply refuses ${names}.`;
  const command =
    shared.size > 0 ? undefined : overridingCommand(refused.flatMap(({ checks }) => failedOf(checks)));
  return [
    ...wrap("", text),
    ...(command === undefined ? [] : wrap("", `If all of this is meant: ${command}`)),
  ];
}

function accountLines(accounts: readonly AccountPlan[], paint: Palette): string[] {
  const lines: string[] = [];
  for (const account of accounts) {
    const checks = checksHuman(account.checks, paint);
    if (account.limit === undefined && account.unfinishedRun === undefined && checks.length === 0) continue;
    const label = `${account.type} ${oneLine(account.label)}`;
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
