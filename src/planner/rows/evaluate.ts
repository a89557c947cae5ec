import { classifySql } from "../../reconcile/classify.js";
import type { KnownOptOuts } from "../../reconcile/people/earlier-addresses.js";
import { createOptedOutKeys } from "../../reconcile/people/of-opted-out.js";
import { keepObserved } from "../../reconcile/observed.js";
import { findTextOrders } from "../../reconcile/written/text-order.js";
import { findLists, unknownSql } from "../../reconcile/recorded.js";
import type { ComparedExport } from "../../reconcile/shared-lists.js";
import { strangerChangesSql } from "../../reconcile/strangers.js";
import { deliverableSql, evaluateProgram, type OptedOut } from "../../reconcile/desired/desired.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { Failure } from "../../model/failure.js";
import { askCheck } from "../../plan/checks/check.js";
import { textOrder } from "../../plan/checks/warnings/text-order.js";
import type { Relation } from "../../plugin/relation.js";
import { bridgeFormerIds } from "../opt-outs/former-ids.js";
import { mustNotBringBack } from "../opt-outs/hand-removed.js";
import { optOutListsOf } from "../opt-outs/opt-out-lists.js";
import { lookUpFew } from "../opt-outs/look-up-few.js";
import { readRestraints } from "./named-checks.js";
import { checkOtherLists } from "../opt-outs/warnings.js";
import type { CompiledExport, DesiredPeople, EvaluatedExport } from "../prepared.js";
import type { AccountFacts } from "./rows-from.js";
import { compareHandRemovals, noteWhoLeftBeforeAdding, createTakenOffTable } from "../opt-outs/taken-off.js";
import type { Run } from "../../run/run.js";

/** Finds out who is desired. */
export async function findDesired(
  run: Run,
  compiled: CompiledExport,
  account: AccountFacts,
): Promise<DesiredPeople> {
  const { engine, emit } = run;
  const { prefix, program, wanted, list, formerLists } = compiled;
  const missing = program.sources
    .map((name) => account.missingSources.get(name))
    .find((failure) => failure !== undefined);
  if (missing !== undefined) throw missing;
  if (compiled.firstRun) await mustBeSameList(run, compiled, account.claims);
  emit({ type: "stage", export: wanted.name, stage: "evaluating segments" });
  const optedOut = { table: account.optOuts.table, list: list?.id, formerLists };
  const { tables, facts } = await evaluateProgram(engine, program, prefix, optedOut, run.forgotten);
  const bridged = await bridgeFormerIds(run, compiled, tables, account);
  return { facts, ...bridged, observed: undefined };
}

/**
 * Looks at the list before anybody is compared. What an export finds out of hand
 * removals counts for all of the account, so that every one looks first.
 */
export async function lookAtList(
  run: Run,
  compiled: CompiledExport,
  account: AccountFacts,
  desired: DesiredPeople,
): Promise<DesiredPeople> {
  const { list } = compiled;
  await mustNotBringBack(run, compiled, desired.tables, account.optOuts);
  const readAt = new Date();
  const observed = list === undefined ? undefined : await readList(run, compiled, list.id, account);
  await compareHandRemovals(run, compiled, observed, readAt, account.optOuts);
  if (observed?.whole !== true) await noteWhoLeftBeforeAdding(run, compiled, desired.tables, account);
  return { ...desired, observed };
}

/** Finds out what differs from the record (and, at the first run, from the list). */
export async function evaluateExport(
  run: Run,
  compiled: CompiledExport,
  account: AccountFacts,
  { tables, facts, checks: bridged, lostIds, observed }: DesiredPeople,
): Promise<EvaluatedExport> {
  const { engine, emit } = run;
  const { prefix, program, wanted, list, formerLists } = compiled;
  const optedOut = { table: account.optOuts.table, list: list?.id, formerLists };
  // Who only leaves a list is let in nowhere.
  const restraints = compiled.leaving ? { read: [], checks: [] } : await readRestraints(run, program);
  const old = await evaluatePrevious(run, compiled, account, optedOut);
  emit({ type: "stage", export: wanted.name, stage: "comparing" });
  const changes = `${prefix}_changes`;
  const takenOff = await createTakenOffTable(run, compiled, tables, account);
  const classified = classifySql({
    exportName: wanted.name,
    listId: list?.id,
    mode: wanted.mode,
    drift: wanted.drift,
    retryRejected: run.retryRejected,
    strangers: wanted.strangers,
    desired: tables,
    claims: account.claims,
    ofOptedOut: await createOptedOutKeys(
      engine,
      { program, tables, prefix },
      account,
      optOutListsOf(compiled),
    ),
    takenOff,
    returned: account.optOuts.handRemovals.returned,
    observed: observed?.table,
    previous: {
      table: old.table,
      changed: compiled.changed,
      reread: compiled.reread,
      firstRun: compiled.firstRun || compiled.leaving,
    },
  });
  const strange = strangersOf(run, compiled, tables, account.claims, observed);
  await engine.keep(
    changes,
    strange === undefined ? classified : `SELECT * FROM (${classified}) UNION ALL BY NAME ${strange}`,
  );
  const textOrders = compiled.leaving ? [] : await findTextOrders(engine, program);
  const found = [
    ...askCheck(textOrder, textOrders),
    ...bridged,
    ...restraints.checks,
    ...(await checkOtherLists(run, compiled, account.optOuts, changes)),
  ];
  const { read } = restraints;
  const evaluated = { tables, facts, restraints: read, changes, observed, takenOff };
  const formerIds = compiled.formerIds.filter((id) => !lostIds.includes(id));
  return { ...compiled, ...evaluated, formerIds, found, causeNote: old.note };
}

/** Only the first run acts on strangers without their having been recorded: it is the one that reads the list for itself. */
function strangersOf(
  { forgotten }: Run,
  { firstRun, list, wanted }: CompiledExport,
  desired: EvaluatedExport["tables"],
  claims: string,
  observed: EvaluatedExport["observed"],
): string | undefined {
  if (!firstRun || list === undefined || observed === undefined) return undefined;
  const strangers = { listId: list.id, desired, claims, observed: observed.table, forgotten };
  return strangerChangesSql(strangers, wanted);
}

/** People are tied to a list by a first run that was cut off, or `adopt`, although older versions did not record the export then. */
async function mustBeSameList(
  { engine }: Run,
  { wanted, list }: CompiledExport,
  claims: string,
): Promise<void> {
  const begun = await findLists(engine, claims, wanted.name);
  const other = begun.find((id) => id !== list?.id);
  if (other === undefined) return;
  throw new Failure(
    "refused",
    `Export "${wanted.name}" has people on list ${other}, of a first run that was cut off or by \`adopt\`.`,
    {
      hint: `Point the export at list ${other} and apply, so that this is finished; then it can move to another one. If that list is gone, give the export a new name.`,
    },
  );
}

/**
 * What a plan has to see of the list itself: all of it at the first run, to
 * tell found people from added ones; later only people whose last outcome is
 * not known, singly when they are few.
 */
export async function readList(
  run: Run,
  compiled: CompiledExport,
  listId: string,
  { claims, optOuts }: { readonly claims: string; readonly optOuts: KnownOptOuts },
): Promise<EvaluatedExport["observed"]> {
  if (compiled.firstRun) return { table: await readMembers(run, compiled, listId, true), whole: true };
  const unknown = `SELECT key FROM (${unknownSql(claims, compiled.wanted.name)})`;
  if ((await run.engine.count(`SELECT count(*) FROM (${unknown})`)) === 0) return undefined;
  const found = await lookUpFew(run, compiled, listId, unknown, optOuts);
  if (found === undefined) return { table: await readMembers(run, compiled, listId, true), whole: true };
  return { table: await membersTable(run, compiled, found), whole: false };
}

/** Members of the list now, and who is off it because they opted out, as the table `<prefix>_observed`: `key`, `contact_id`, `opted_out`, `observed`. */
export async function readMembers(
  run: Run,
  compiled: CompiledExport,
  listId: string,
  attributes: boolean,
): Promise<string> {
  run.emit({ type: "stage", export: compiled.wanted.name, stage: "reading the list" });
  return membersTable(
    run,
    compiled,
    await compiled.open.destination.members(listId, { attributes }, run.signal),
  );
}

async function membersTable({ engine }: Run, { prefix }: CompiledExport, members: Relation): Promise<string> {
  const table = `${prefix}_observed`;
  await keepObserved(engine, table, members);
  return table;
}

/** Who was desired under the definition last applied, on today's data; nothing when that cannot be known any more. */
async function evaluatePrevious(
  run: Run,
  { previous, changed, prefix }: CompiledExport,
  account: { readonly missingSources: ReadonlyMap<string, Failure> },
  optedOut: OptedOut,
): Promise<{ table: string | undefined; note: string | undefined }> {
  if (!changed) return { table: undefined, note: undefined };
  const note =
    "The definition last applied cannot be evaluated any more, so every change counts as caused by the config.";
  if (previous === undefined || previous.sources.some((name) => account.missingSources.has(name)))
    return { table: undefined, note };
  const table = `${prefix}_previous`;
  try {
    const { tables } = await evaluateProgram(run.engine, previous, `${prefix}_old`, optedOut, run.forgotten);
    await run.engine.run(`CREATE TABLE ${table} AS SELECT key, input_hash FROM (${deliverableSql(tables)})`);
    return { table, note: undefined };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    return { table: undefined, note };
  }
}

/** An export as exports that share its list see it. */
export function comparedExportOf({ wanted, list, changes }: EvaluatedExport): ComparedExport {
  return { name: wanted.name, listId: list?.id, changes };
}

export function hasSmsIdentifier(program: ExportProgram): boolean {
  return program.attributes.some(({ sms }) => sms);
}
