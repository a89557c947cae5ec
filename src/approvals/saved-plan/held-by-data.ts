import { heldByDataSql } from "../../reconcile/change-set/since-plan.js";
import type { Restraint } from "../../reconcile/compile/compile-restraint.js";
import { evaluateProgram, type DesiredTables } from "../../reconcile/desired/desired.js";
import { Failure } from "../../model/failure.js";
import { askCheck } from "../../plan/checks/check.js";
import type { FoundAgain } from "../../plan/checks/registry.js";
import { restraintsUnread } from "../../plan/checks/restraints-unread.js";
import { readRestraints } from "../../planner/rows/named-checks.js";
import type { CompiledExport } from "../../planner/prepared.js";
import type { AccountFacts } from "../../planner/rows/rows-from.js";
import type { Run } from "../../run/run.js";

/** What the user's own data says by now about people of a plan that was made earlier. */
export interface HeldByData {
  /** Tables of today's profiles and suppressions; undefined where they were not read. */
  readonly tables: DesiredTables | undefined;
  /** SELECT of `key`, `reason`: planned people who may not be added or updated any more. */
  readonly held: string | undefined;
  readonly checks: readonly FoundAgain[];
}

export const NO_DATA: HeldByData = { tables: undefined, held: undefined, checks: [] };

/**
 * Evaluates suppressions, consent and exclusions once more: between a plan and
 * its apply lie days, and whoever said no in them is not sent. What cannot be
 * read refuses the export, because nobody can tell whom it would hold back.
 */
export async function findHeldByData(
  run: Run,
  { prefix, list, formerLists }: CompiledExport,
  { program, mustBeFound }: Restraint,
  {
    account: { optOuts, missingSources },
    changes,
  }: { readonly account: AccountFacts; readonly changes: string },
): Promise<HeldByData> {
  try {
    const missing = program.sources.flatMap((name) => missingSources.get(name) ?? [])[0];
    if (missing !== undefined) throw missing;
    const optedOut = { table: optOuts.table, list: list?.id, formerLists };
    const { tables } = await evaluateProgram(run.engine, program, `${prefix}_now`, optedOut);
    const { checks } = await readRestraints(run, program);
    return { tables, held: heldByDataSql(changes, tables, { mustBeFound }), checks };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return { ...NO_DATA, checks: askCheck(restraintsUnread, error) };
  }
}
