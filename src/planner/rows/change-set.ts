import { join } from "node:path";
import {
  countChanges,
  countRowsOf,
  writeChangeSet,
  type ChangeSetFile,
} from "../../reconcile/change-set/change-set.js";
import { changeSetSql } from "../../reconcile/change-set/build.js";
import { countTakenOff, createMissing, holdBackWhoLeft } from "../../reconcile/change-set/who-left.js";
import { readMembers } from "./evaluate.js";
import type { AccountFindings, BuiltChangeSet, EvaluatedExport } from "../prepared.js";
import type { Run } from "../../run/run.js";

/** Builds what would be sent, without people who left the list behind our back. */
export async function buildChangeSet(
  run: Run,
  evaluated: EvaluatedExport,
  beside: AccountFindings,
): Promise<BuiltChangeSet> {
  const file = await writeChanges(run, evaluated, beside);
  return leaveOutThoseWhoLeft(run, evaluated, beside.claims, file);
}

/** Builds what would be sent as a local file. */
export async function writeChanges(
  { engine, scratch }: Run,
  evaluated: EvaluatedExport,
  { sharedPhones }: Pick<AccountFindings, "sharedPhones">,
): Promise<ChangeSetFile> {
  const { prefix, wanted, program, codec } = evaluated;
  const file = { path: join(scratch, `${prefix}-change-set.parquet`) };
  const sql = changeSetSql(wanted.name, program, codec, {
    changes: evaluated.changes,
    profiles: evaluated.tables.profiles,
    sharedPhones,
    observed: evaluated.observed?.table,
  });
  await writeChangeSet(engine, file, sql);
  return file;
}

/** Takes people out of a change set who left the list behind our back, where the route needs to know. */
export async function leaveOutThoseWhoLeft(
  run: Run,
  evaluated: EvaluatedExport,
  claims: string,
  file: ChangeSetFile,
): Promise<BuiltChangeSet> {
  const { engine } = run;
  const { wanted, codec, list, prefix, tables, open } = evaluated;
  const changeSet = await countChanges(engine, file);
  const updates = countRowsOf(changeSet, ["update"]);
  if (updates === 0 || list === undefined || !codec.route("update", updates).needsMembers)
    return { ...changeSet, drifted: undefined };
  // A first run's list was read a moment ago, and what it claims is not recorded yet.
  const readAt = evaluated.observed?.whole === true ? run.clock : new Date();
  const observed =
    evaluated.observed?.whole === true
      ? evaluated.observed.table
      : await readMembers(run, evaluated, list.id, false);
  const missing = `${prefix}_missing`;
  const { lagSeconds } = open.plugin.capabilities;
  const own = { exportName: wanted.name, claims, held: tables.held };
  await createMissing(engine, missing, own, { observed, readAt, lagSeconds });
  const drifted = await countTakenOff(engine, missing);
  const restores = wanted.drift.removed === "restore";
  const isChanged = await holdBackWhoLeft(engine, file, { missing, observed, restores });
  return { ...(isChanged ? await countChanges(engine, file) : changeSet), drifted };
}
