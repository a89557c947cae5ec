import type { Check, ExportPlan, Plan } from "../model/plan/plan.js";
import { changesList } from "./changes.js";
import { countChanged } from "./counts.js";

const RANKS: readonly Check["status"][] = ["failed", "overridden", "warning"];

/** The check that most needs a look; undefined when all hold. */
export function findWorstCheck(checks: readonly Check[]): Check | undefined {
  return RANKS.map((rank) => checks.find(({ status }) => status === rank)).find(
    (check) => check !== undefined,
  );
}

/** Exports that want something done or looked at, the most dangerous first. */
export function sortByDanger(plan: Pick<Plan, "configChanges" | "exports">): ExportPlan[] {
  const named = new Set(plan.configChanges.map((change) => change.export));
  return plan.exports
    .filter((item) => isNews(item, named))
    .map((item) => ({ item, rank: rankOf(item) }))
    .sort((a, b) => a.rank - b.rank || removals(b.item) - removals(a.item) || size(b.item) - size(a.item))
    .map(({ item }) => item);
}

function isNews(item: ExportPlan, named: ReadonlySet<string>): boolean {
  return (
    item.error !== undefined ||
    item.detached !== undefined ||
    changesList(item) ||
    named.has(item.name) ||
    findWorstCheck(item.checks) !== undefined
  );
}

function rankOf(item: ExportPlan): number {
  if (item.error !== undefined) return -1;
  const worst = findWorstCheck(item.checks);
  return worst === undefined ? RANKS.length : RANKS.indexOf(worst.status);
}

function removals({ error, counts }: ExportPlan): number {
  return error === undefined ? counts.remove : 0;
}

function size({ error, counts }: ExportPlan): number {
  return error === undefined ? countChanged(counts) : 0;
}
