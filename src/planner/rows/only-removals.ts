import { actionInSql } from "../../reconcile/action.js";
import { keepChanges, countRowsOf } from "../../reconcile/change-set/change-set.js";
import type { Check } from "../../model/plan/plan.js";
import { isAboutAdditions } from "../../plan/checks/registry.js";
import { wasApplied } from "../../state/root/root.js";
import type { BuiltChangeSet, CompiledExport, EvaluatedExport } from "../prepared.js";
import type { RowsFrom } from "./rows-from.js";
import type { Run } from "../../run/run.js";

/** Whether a run that only takes people off has anything to do with an export: not before somebody was put on its list (a first run that was cut off may have), or its list was adopted. */
export function mayTakeOff({ firstRun, applied, relocation, list, after }: CompiledExport): boolean {
  const isBegun = applied !== undefined && !wasApplied(applied) && relocation === undefined;
  return (!firstRun || isBegun) && list !== undefined && after === undefined;
}

/** Of these rows, only who is taken off a list; no field is made for the others. */
export function onlyRemovals(rows: RowsFrom): RowsFrom {
  return {
    ...rows,
    evaluate: async (run, compiled, account, desired) =>
      withoutNewFields(await rows.evaluate(run, compiled, account, desired)),
    changeSet: async (run, evaluated, beside) => cut(run, await rows.changeSet(run, evaluated, beside)),
    rebuilt: async (run, evaluated, beside) => cut(run, await rows.rebuilt(run, evaluated, beside)),
  };
}

function withoutNewFields(one: EvaluatedExport): EvaluatedExport {
  return { ...one, bindings: one.bindings.filter(({ create }) => !create) };
}

async function cut({ engine }: Run, changeSet: BuiltChangeSet): Promise<BuiltChangeSet> {
  const removals = await keepChanges(engine, changeSet, actionInSql(["remove"]));
  return { ...changeSet, ...removals, addsLeftOut: countRowsOf(changeSet, ["add"]) };
}

/** Checks without those that are about people who come. */
export function checksOfRemovals<One extends Check>(
  { removalsOnly }: Pick<Run, "removalsOnly">,
  checks: readonly One[],
): One[] {
  return checks.filter(({ name }) => !removalsOnly || !isAboutAdditions(name));
}
