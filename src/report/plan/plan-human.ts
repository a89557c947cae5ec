import type { AccountPlan, Plan } from "../../model/plan/plan.js";
import { isIncomplete } from "../../plan/changes.js";
import { refusalsOf } from "../../plan/refusals.js";
import { totalsOf } from "../../plan/totals.js";
import { checksHuman } from "./checks-human.js";
import { configChangesHuman } from "./config-changes-human.js";
import { detachedHuman } from "./detached-human.js";
import { environmentHuman } from "../environment-human.js";
import type { Palette } from "../layout/palette.js";
import type { PlanCommands } from "./plan-commands.js";
import { exportHuman } from "./plan-export-human.js";
import { policiesHuman } from "./policies-human.js";
import { toOneLine } from "../layout/printable.js";
import { formatCount, counted, percent } from "../layout/quantity.js";
import { withdrawingSentence } from "./refused.js";
import { sourcesHuman } from "./sources-human.js";
import { planSentence } from "./summary.js";
import { wrap } from "../layout/text.js";

/** A plan as a person reads it: what changed in the configuration, a block per export, accounts, one last sentence. */
export function planHuman(plan: Plan, paint: Palette, commands: PlanCommands = {}): string {
  const lines = [
    ...environmentHuman(plan.environment, paint),
    ...configChangesHuman(plan.configChanges, paint),
  ];
  for (const item of plan.exports)
    if (item.detached === undefined) lines.push(...exportHuman(item, paint, plan.revealed));
  lines.push(...detachedHuman(plan.exports, paint));
  const read = sourcesHuman(plan, paint);
  if (read.length > 0) lines.push(paint.strong("Sources"), ...read);
  lines.push(...accountLines(plan.accounts, paint));
  lines.push(...policiesHuman(plan.policies ?? [], paint));
  for (const note of plan.notes ?? []) lines.push(...wrap("Note: ", note).map(paint.quiet));
  lines.push(...refusedHuman(plan, commands).map(paint.error));
  const sentence = planSentence(plan);
  lines.push(...wrap("", sentence).map(isIncomplete(plan) ? paint.error : paint.strong));
  return `${lines.join("\n")}\n`;
}

/** What apply would refuse, whom it removes all the same, and the words that would make it go on. */
function refusedHuman(plan: Plan, { override }: PlanCommands): string[] {
  const refused = refusalsOf(plan);
  const { exports } = refused;
  const { failedChecks } = totalsOf(plan);
  const text = `${counted(failedChecks, "check")} failed: apply refuses ${exports.join(", ")}.`;
  const withdrawing = withdrawingSentence(refused);
  return [
    ...(failedChecks === 0 ? [] : wrap("", text)),
    ...(withdrawing === undefined ? [] : wrap("", withdrawing)),
    ...(override === undefined ? [] : [`If all of this is meant: ${override}`]),
  ];
}

function accountLines(accounts: readonly AccountPlan[], paint: Palette): string[] {
  const lines: string[] = [];
  for (const account of accounts) {
    const checks = checksHuman(account.checks, paint);
    if (account.limit === undefined && account.unfinishedRun === undefined && checks.length === 0) continue;
    const label = `${account.type} ${toOneLine(account.label)}`;
    const room = roomWords(account);
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

/** How many more people an account takes. Ours are a part of what it stores, so that they alone say nothing of it. */
function roomWords({ addresses, limit, stored, added = 0 }: AccountPlan): string {
  const ours = counted(addresses, "address", "addresses");
  if (limit === undefined) return ours;
  if (stored === undefined)
    return `${ours} of ours, at most ${formatCount(limit)}; room in the account is not known without its \`contract.contacts\``;
  const more = added === 0 ? "" : `, up to ${formatCount(added)} more by this plan`;
  return `${formatCount(stored)} of ${counted(limit, "contact")} stored (${percent(stored, limit)}), room for ${formatCount(Math.max(0, limit - stored))}${more}`;
}
