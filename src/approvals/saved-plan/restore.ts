import type { FoundAgain } from "../../plan/checks/registry.js";
import { optOutListsOf } from "../../planner/opt-outs/opt-out-lists.js";
import { createHeldSince } from "../../reconcile/people/hold-back.js";
import { join } from "node:path";
import type { Restraint } from "../../reconcile/compile/compile-restraint.js";
import type { DesiredTables } from "../../reconcile/desired/desired.js";
import { writeChangeSet, type ChangeSetFile } from "../../reconcile/change-set/change-set.js";
import { countLeftOut, stillToSendSql, takeRebuiltValues } from "../../reconcile/change-set/since-plan.js";
import { unknownSql } from "../../reconcile/recorded.js";
import { restoreComparison } from "../../reconcile/saved-comparison.js";
import { Failure } from "../../model/failure.js";
import type { PlanRows } from "../../model/plan/plan-file.js";
import { readList } from "../../planner/rows/evaluate.js";
import { mustNotBringBack } from "../../planner/opt-outs/hand-removed.js";
import { writeChanges } from "../../planner/rows/change-set.js";
import type { AccountFindings, CompiledExport, EvaluatedExport } from "../../planner/prepared.js";
import type { AccountFacts } from "../../planner/rows/rows-from.js";
import type { Run } from "../../run/run.js";
import { noteWhoLeftBeforeAdding, createTakenOffTable } from "../../planner/opt-outs/taken-off.js";
import { leftToDoSql } from "./left-to-do.js";
import { findHeldByData, NO_DATA } from "./held-by-data.js";
import { describeHeldSincePlan } from "./held-since-plan.js";
import { explainMissingRows, type SavedExport } from "./saved-rows.js";

/** The tables of an export as the plan had them, and who is held back by now. `restraint`: to be asked once more. */
export async function restoreExport(
  run: Run,
  compiled: CompiledExport,
  saved: SavedExport,
  account: AccountFacts,
  { continues, restraint }: { readonly continues: boolean; readonly restraint: Restraint | undefined },
): Promise<EvaluatedExport> {
  const { engine } = run;
  const { prefix } = compiled;
  const tables: DesiredTables = {
    profiles: `${prefix}_profiles`,
    held: `${prefix}_held`,
    losers: `${prefix}_losers`,
    suppressed: undefined,
  };
  const changes = `${prefix}_changes`;
  const files = {
    profiles: await fetchRows(run, saved.profiles, tables.profiles),
    changes: await fetchRows(run, saved.changes, changes),
  };
  const unknown = unknownSql(account.claims, compiled.wanted.name);
  const observed = continues ? await observeUnknown(run, compiled, account, unknown) : undefined;
  const since = observed && { observed: observed.table, unknown };
  await restoreComparison(engine, files, { tables, changes }, compiled.program, since);
  const byData =
    restraint === undefined ? NO_DATA : await findHeldByData(run, compiled, restraint, { account, changes });
  await createHeldSince(engine, {
    program: compiled.program,
    tables,
    changes,
    prefix,
    optOuts: account.optOuts,
    lists: optOutListsOf(compiled),
    claims: account.claims,
    forgotten: run.forgotten,
    byData,
  });
  // The lists are looked at once more: there was time to take people off them.
  await mustNotBringBack(run, compiled, tables, account.optOuts);
  await noteWhoLeftBeforeAdding(run, compiled, tables, account);
  const takenOff = await createTakenOffTable(run, compiled, tables, account);
  const facts = { rows: 0, invalid: 0, desired: 0, emptySegments: [], unclearConsent: 0 };
  const { suppressed } = byData.tables ?? tables;
  const found: readonly FoundAgain[] = byData.checks;
  const restored = { tables: { ...tables, suppressed }, restraints: [], facts, changes, observed, takenOff };
  const formerIds = compiled.formerIds.filter((id) => saved.formerIds?.includes(id) !== false);
  return { ...compiled, ...restored, formerIds, found };
}

/** Those of whom the cut-off run does not know what became of them, as the destination shows them now. */
async function observeUnknown(
  run: Run,
  compiled: CompiledExport,
  account: AccountFacts,
  unknown: string,
): Promise<EvaluatedExport["observed"]> {
  if (compiled.list === undefined) return undefined;
  const people = await run.engine.count(`SELECT count(*) FROM (${unknown})`);
  return people === 0 ? undefined : readList(run, compiled, compiled.list.id, account);
}

/**
 * The rows to send, as a local file, without those who are held back by now.
 * Who withdrew is removed anyway. `continued`: a cut-off run has done some
 * of them; see `leftToDoSql`.
 */
export async function restoreChangeSet(
  run: Run,
  evaluated: EvaluatedExport,
  saved: SavedExport,
  continued: Parameters<typeof leftToDoSql>[3] | undefined,
): Promise<ChangeSetFile> {
  const { engine, emit } = run;
  const { tables, wanted, takenOff } = evaluated;
  const whole = { path: await fetchRows(run, saved.payloads, `${evaluated.prefix}-as-planned`) };
  const since = { held: tables.held, takenOff };
  const dropped = await countLeftOut(engine, whole, since);
  const rows = stillToSendSql(whole, since);
  const planned = plannedFile(run, evaluated);
  const sql = continued === undefined ? rows : await leftToDoSql(run, evaluated, rows, continued);
  await writeChangeSet(engine, planned, sql);
  for (const message of describeHeldSincePlan(dropped))
    emit({ type: "warning", export: wanted.name, message });
  return planned;
}

/**
 * Builds what is sent once more, for the people and with the actions of the
 * plan: fields may have got their ids, and of people whose outcome is not known
 * the destination may show that they need nothing.
 */
export async function rebuildChangeSet(
  run: Run,
  evaluated: EvaluatedExport,
  beside: Pick<AccountFindings, "sharedPhones">,
): Promise<ChangeSetFile> {
  const built = await writeChanges(run, evaluated, beside);
  const planned = plannedFile(run, evaluated);
  await takeRebuiltValues(run.engine, planned, built);
  return planned;
}

/** Where `restoreChangeSet` leaves it. */
function plannedFile({ scratch }: Run, { prefix }: CompiledExport): ChangeSetFile {
  return { path: join(scratch, `${prefix}-planned.parquet`) };
}

/** A local copy of a blob of the plan. */
export async function fetchRows(
  { state, scratch, signal }: Run,
  ref: PlanRows,
  name: string,
): Promise<string> {
  const path = join(scratch, `${name}-of-plan.parquet`);
  try {
    await state.fetchBlob(ref, path, signal);
  } catch (error) {
    throw error instanceof Failure ? explainMissingRows(error, state) : error;
  }
  return path;
}
