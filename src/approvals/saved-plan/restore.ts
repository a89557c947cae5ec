import { join } from "node:path";
import type { Restraint } from "../../reconcile/compile/compile-restraint.js";
import type { DesiredTables } from "../../reconcile/desired/desired.js";
import { CHANGE_SET_FILE } from "../../engine/engine.js";
import { personHash } from "../../reconcile/people/person-hash.js";
import { Failure } from "../../model/failure.js";
import type { PlanRows } from "../../model/plan-file.js";
import { literal } from "../../plugin/relation.js";
import { observe } from "../../planner/evaluate.js";
import { mustNotBringBack } from "../../planner/opt-outs/hand-removed.js";
import { writePayloads } from "../../planner/payloads.js";
import type { Beside, CompiledExport, EvaluatedExport } from "../../planner/prepared.js";
import type { AccountFacts } from "../../planner/rows-from.js";
import { rewritePayloads } from "../../planner/rewrite-payloads.js";
import type { Session } from "../../run/run.js";
import { noteWhoLeftBeforeAdding, takenOffOf } from "../../planner/opt-outs/taken-off.js";
import { leftToDoSql } from "./continued.js";
import { heldByData, NO_DATA } from "./held-by-data.js";
import { heldSincePlan } from "./held-since-plan.js";
import { holdBack } from "./hold-back.js";
import { staleIfGone, type SavedExport } from "./saved-rows.js";

/** The tables of an export as the plan had them, and who is held back by now. `restraint`: to be asked once more. */
export async function restore(
  session: Session,
  compiled: CompiledExport,
  saved: SavedExport,
  account: AccountFacts,
  { continues, restraint }: { readonly continues: boolean; readonly restraint: Restraint | undefined },
): Promise<EvaluatedExport> {
  const { engine } = session;
  const { prefix } = compiled;
  const tables: DesiredTables = {
    profiles: `${prefix}_profiles`,
    held: `${prefix}_held`,
    losers: `${prefix}_losers`,
    suppressed: undefined,
  };
  const changes = `${prefix}_changes`;
  const profiles = await fetched(session, saved.profiles, tables.profiles);
  await engine.run(
    `CREATE OR REPLACE VIEW ${tables.profiles} AS SELECT *, ${personHash(compiled.program)} AS person_hash FROM read_parquet(${literal(profiles)})`,
  );
  const path = await fetched(session, saved.changes, changes);
  const observed = continues ? await observeUnknown(session, compiled, account) : undefined;
  const rows = `SELECT * FROM read_parquet(${literal(path)})`;
  await engine.run(
    `CREATE OR REPLACE VIEW ${changes} AS ${observed === undefined ? rows : withObserved(rows, observed.table, unknownSql(compiled, account.claims))}`,
  );
  const winners = `SELECT profile FROM ${changes} WHERE action IN ('add', 'update')`;
  await engine.run(
    `CREATE TABLE ${tables.losers} AS SELECT row FROM ${tables.profiles} WHERE row NOT IN (${winners})`,
  );
  const byData =
    restraint === undefined ? NO_DATA : await heldByData(session, compiled, restraint, { account, changes });
  await holdBack(session, compiled, { changes, tables }, { account, byData });
  // The lists are looked at once more: there was time to take people off them.
  await mustNotBringBack(session, compiled, tables, account.optOuts);
  await noteWhoLeftBeforeAdding(session, compiled, tables, account);
  const takenOff = await takenOffOf(session, compiled, tables, account);
  const facts = { rows: 0, invalid: 0, desired: 0, emptySegments: [], unclearConsent: 0 };
  const { suppressed } = byData.tables ?? tables;
  const checks = [...compiled.checks, ...byData.checks];
  const restored = { tables: { ...tables, suppressed }, restraints: [], facts, changes, observed, takenOff };
  const formerIds = compiled.formerIds.filter((id) => saved.formerIds?.includes(id) !== false);
  return { ...compiled, ...restored, formerIds, checks };
}

/** Those of whom the cut-off run does not know what became of them, as the destination shows them now. */
async function observeUnknown(
  session: Session,
  compiled: CompiledExport,
  account: AccountFacts,
): Promise<EvaluatedExport["observed"]> {
  if (compiled.list === undefined) return undefined;
  const unknown = await session.engine.count(
    `SELECT count(*) FROM (${unknownSql(compiled, account.claims)})`,
  );
  return unknown === 0 ? undefined : observe(session, compiled, compiled.list.id, account);
}

function unknownSql({ wanted }: CompiledExport, claims: string): string {
  return `SELECT key, origin, first_at FROM ${claims} WHERE export = ${literal(wanted.name)} AND status = 'unknown'`;
}

/** The changes of the plan, with what is known by now of people whose outcome is not. Whom the cut-off run added is ours. */
function withObserved(rows: string, observed: string, unknown: string): string {
  return `SELECT c.* REPLACE (CASE WHEN u.key IS NULL THEN c.on_list ELSE o.key IS NOT NULL END AS on_list,
      CASE WHEN u.key IS NULL THEN c.status ELSE 'unknown' END AS status,
      coalesce(u.origin, c.origin) AS origin, coalesce(u.first_at, c.first_at) AS first_at)
    FROM (${rows}) AS c LEFT JOIN (${unknown}) AS u USING (key) LEFT JOIN (SELECT key FROM ${observed}) AS o USING (key)`;
}

/** Whom the user's own data holds back may still leave a list. */
const OWN_DATA = "('suppressed', 'no consent', 'not found')";

/**
 * The rows to send, as a local file, without those who are held back by now.
 * Who withdrew is removed all the same. `continued`: a cut-off run has done some
 * of them; see `leftToDoSql`.
 */
export async function restorePayloads(
  session: Session,
  evaluated: EvaluatedExport,
  saved: SavedExport,
  continued: Parameters<typeof leftToDoSql>[3] | undefined,
): Promise<string> {
  const { engine, emit } = session;
  const { tables, wanted, takenOff } = evaluated;
  const whole = await fetched(session, saved.payloads, `${evaluated.prefix}-as-planned`);
  const path = plannedPayloads(session, evaluated);
  const because = `SELECT key FROM ${tables.held} WHERE reason`;
  const held = `NOT coalesce(withdrawn, false) AND (key IN (${because} NOT IN ${OWN_DATA})
    OR (action NOT IN ('remove', 'release', 'left', 'forget') AND key IN (${because} IN ${OWN_DATA})))`;
  const since =
    takenOff === undefined ? held : `(${held} OR (action = 'add' AND key IN (SELECT key FROM ${takenOff})))`;
  const dropped = await engine.rows<{ reason: string; people: number }>(
    `SELECT coalesce(h.reason, 'taken off') AS reason, count(*) AS people
     FROM read_parquet(${literal(whole)}) LEFT JOIN ${tables.held} AS h USING (key)
     WHERE action IN ('add', 'update', 'remove') AND ${since} GROUP BY 1`,
  );
  const rows = `SELECT * FROM read_parquet(${literal(whole)}) WHERE NOT (${since})`;
  await engine.writeParquet(
    continued === undefined ? rows : await leftToDoSql(session, evaluated, rows, continued),
    path,
    CHANGE_SET_FILE,
  );
  for (const message of heldSincePlan(new Map(dropped.map(({ reason, people }) => [reason, people]))))
    emit({ type: "warning", export: wanted.name, message });
  return path;
}

/**
 * Builds what is sent once more, for the people and with the actions of the
 * plan: fields may have got their ids, and of people whose outcome is not known
 * the destination may show that they need nothing.
 */
export async function rebuildPayloads(
  session: Session,
  evaluated: EvaluatedExport,
  beside: Pick<Beside, "sharedPhones">,
): Promise<string> {
  const built = await writePayloads(session, evaluated, beside);
  const planned = plannedPayloads(session, evaluated);
  await rewritePayloads(
    session.engine,
    planned,
    `SELECT b.* REPLACE (CASE WHEN b.action = 'refresh' THEN b.action ELSE p.action END AS action, p.cause AS cause)
     FROM read_parquet(${literal(built)}) AS b JOIN read_parquet(${literal(planned)}) AS p USING (key)`,
  );
  return planned;
}

/** Where `restorePayloads` leaves them. */
function plannedPayloads({ scratch }: Session, { prefix }: CompiledExport): string {
  return join(scratch, `${prefix}-planned.parquet`);
}

/** A local copy of a blob of the plan. */
export async function fetched(
  { state, scratch, signal }: Session,
  ref: PlanRows,
  name: string,
): Promise<string> {
  const path = join(scratch, `${name}-of-plan.parquet`);
  try {
    await state.fetchBlob(ref, path, signal);
  } catch (error) {
    throw error instanceof Failure ? staleIfGone(error, state) : error;
  }
  return path;
}
