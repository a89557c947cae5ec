import type { Plan } from "../model/plan/plan.js";
import { changesRecord } from "./changes.js";
import { countHeldBack } from "./counts.js";
import { refusingChecks } from "./refusals.js";

/** All exports of a plan together; exports that could not be planned do not count. */
export interface Totals {
  readonly add: number;
  readonly update: number;
  readonly remove: number;
  readonly unchanged: number;
  readonly heldBack: number;
  readonly failedChecks: number;
  readonly errors: number;
  /** Lists and fields that apply creates. */
  readonly creates: number;
  /** Exports whose record is renamed, moved, let go, protected or not any more. */
  readonly records: number;
}

export function totalsOf({
  configChanges,
  accounts,
  exports,
}: Pick<Plan, "configChanges" | "accounts" | "exports">): Totals {
  const planned = exports.filter(({ error }) => error === undefined);
  const sum = (count: (item: (typeof planned)[number]) => number): number =>
    planned.reduce((all, item) => all + count(item), 0);
  return {
    add: sum(({ counts }) => counts.add),
    update: sum(({ counts }) => counts.update),
    remove: sum(({ counts }) => counts.remove),
    unchanged: sum(({ counts }) => counts.unchanged),
    heldBack: sum(({ counts }) => countHeldBack(counts)),
    failedChecks: [...accounts, ...exports].flatMap(({ checks }) => refusingChecks(checks)).length,
    errors: exports.length - planned.length,
    creates: sum(({ fieldsToCreate, list }) => fieldsToCreate.length + (list.create ? 1 : 0)),
    records: configChanges.filter(changesRecord).length,
  };
}
