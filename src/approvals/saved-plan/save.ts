import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { writeChangeSet } from "../../reconcile/change-set/change-set.js";
import { savedProfilesSql } from "../../reconcile/saved-comparison.js";
import { digestRows } from "../../reconcile/change-set/rows-digest.js";
import type { Plan } from "../../model/plan/plan.js";
import { PLAN_FILE_FORMAT, type PlanBase, type PlanFile, type PlanRows } from "../../model/plan/plan-file.js";
import { literal } from "../../plugin/relation.js";
import { digestOf, digestWithoutRows } from "../../plan/plan-digest.js";
import type { PreparedAccount, PreparedExport } from "../../planner/prepared.js";
import type { Prepared } from "../../planner/prepare.js";
import type { Run } from "../../run/run.js";
import { computeBase } from "./plan-base.js";
import type { SavedAccount, SavedExport, SavedRows } from "./saved-rows.js";

/**
 * Stores the rows of a plan among the change sets of the state, and returns the
 * small file that names them. Touches neither the root nor a lock.
 */
export async function savePlan(
  run: Run,
  { accounts }: Prepared,
  plan: Plan,
  authors: readonly string[],
): Promise<PlanFile> {
  const { config, engine, state, clock, signal } = run;
  const bases: Record<string, PlanBase> = {};
  for (const { exports, claims } of accounts)
    for (const one of exports) bases[one.wanted.name] = await computeBase(run, one, claims);
  const changeSets = accounts.flatMap(({ exports }) => exports.map(({ changeSet }) => changeSet));
  const rows = await digestRows(engine, changeSets);
  const file: Omit<PlanFile, "rows"> = {
    kind: "rollcall-plan",
    formatVersion: PLAN_FILE_FORMAT,
    id: randomUUID(),
    plan: { ...plan, digest: { ...plan.digest, rows } },
    authors,
    expiresAt: new Date(clock.getTime() + config.approvals.maxPlanAgeSeconds * 1000).toISOString(),
    blocks: digestOf([config.moved, config.removed]),
    bases,
  };
  const saved: SavedRows = {
    formatVersion: 1,
    plan: digestWithoutRows(file),
    exports: await inTurn(
      accounts.flatMap(({ exports }) => exports),
      (one) => saveExport(run, one),
    ),
    accounts: await inTurn(accounts, (account) => saveAccount(run, account)),
  };
  return {
    ...file,
    rows: await state.putBlobBytes("changesets", Buffer.from(JSON.stringify(saved)), signal),
  };
}

async function saveExport(run: Run, one: PreparedExport): Promise<SavedExport> {
  const { state, signal } = run;
  const { changes, tables, wanted, prefix, changeSet } = one;
  return {
    name: wanted.name,
    formerIds: one.formerIds,
    payloads: await state.putBlobFile("changesets", changeSet.path, signal),
    changes: await store(run, `${prefix}-changes`, `SELECT * FROM ${changes}`),
    profiles: await store(run, `${prefix}-profiles`, savedProfilesSql(changes, tables)),
  };
}

async function saveAccount(
  run: Run,
  { key, optOuts, sharedPhones, exports }: PreparedAccount,
): Promise<SavedAccount> {
  const prefix = exports[0]?.prefix ?? digestOf(key);
  const found = `SELECT key, person FROM ${optOuts.addresses} WHERE seen_at = CAST(${literal(run.clock.toISOString())} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
  return {
    key,
    addresses: await store(run, `${prefix}-addresses`, found),
    sharedPhones:
      sharedPhones === undefined
        ? null
        : await store(run, `${prefix}-shared-phones`, `SELECT phone FROM ${sharedPhones}`),
  };
}

async function store({ engine, state, scratch, signal }: Run, name: string, sql: string): Promise<PlanRows> {
  const path = join(scratch, `${name}-saved.parquet`);
  await writeChangeSet(engine, { path }, sql);
  return state.putBlobFile("changesets", path, signal);
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
