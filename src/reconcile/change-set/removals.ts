import type { Engine } from "../../engine/engine.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql, IDLE } from "../action.js";
import { tooRecentSql } from "../too-recent.js";
import { wasOnListSql } from "../people/hand-removals.js";
import {
  changesSql,
  countChanges,
  rewriteChangeSet,
  type ChangeSet,
  type ChangeSetFile,
} from "./change-set.js";

/** Addresses of those who are removed. */
export async function readRemovedAddresses(engine: Engine, file: ChangeSetFile): Promise<string[]> {
  const rows = await engine.rows<{ key: string }>(
    `SELECT key FROM ${changesSql(file)} WHERE ${actionInSql(["remove"])}`,
  );
  return rows.map(({ key }) => key);
}

/** An export that removes people. */
export interface Removal extends ChangeSetFile {
  readonly exportName: string;
  /** Undefined when the list is yet to be made. */
  readonly listId: string | undefined;
  /** The export leaves its list as a whole. */
  readonly leaving: boolean;
  readonly lagSeconds: number;
}

/**
 * Table `export`, `key` of those to be removed of whom the record says that
 * they are on the list. Whoever is not was taken off by somebody else, which is
 * remembered: of nobody who was `forgotten`, not where a whole list is left, and
 * not where two of these exports take a person off one list.
 */
export async function createWereOnList(
  engine: Engine,
  prefix: string,
  exports: readonly Removal[],
  {
    claims,
    clock,
    forgotten,
  }: {
    readonly claims: string;
    readonly clock: Date;
    readonly forgotten: ((keys: string) => string) | undefined;
  },
): Promise<string> {
  const table = `${prefix}_were_on_list`;
  const removals = exports.map(
    ({ exportName, leaving, listId, path, lagSeconds }) =>
      `SELECT p.key, ${literal(listId ?? "")} AS list_id, ${literal(exportName)} AS export,
         ${leaving ? "false" : `coalesce(${wasOnListSql("c", clock, lagSeconds)}, false)`} AS was_on_list
       FROM ${changesSql({ path })} AS p
       LEFT JOIN ${claims} AS c ON c.key = p.key AND c.export = ${literal(exportName)} WHERE ${actionInSql(["remove"], "p")}`,
  );
  await engine.run(
    `CREATE OR REPLACE TABLE ${table} AS SELECT any_value(export) AS export, key FROM (${removals.join(" UNION ALL ")})
     GROUP BY key, list_id HAVING count(*) = 1 AND bool_and(was_on_list)`,
  );
  if (forgotten !== undefined)
    await engine.run(`DELETE FROM ${table} WHERE key IN (${forgotten(`SELECT key FROM ${table}`)})`);
  return table;
}

/**
 * Takes the destination's own ids into the removals. Somebody who is not on the
 * list is `absent` (or `gone`, when it was somebody else who took the person
 * off) and needs no request, unless we wrote about them so recently that the
 * destination may not show it yet: then nothing is concluded and the next run
 * looks again.
 */
export async function resolveRemovals(
  engine: Engine,
  { path, exportName, lagSeconds }: Removal,
  {
    ids,
    wereOnList,
    claims,
  }: {
    /** Table `key`, `contact_id`, `on_list`. */
    readonly ids: string;
    /** See `createWereOnList`. */
    readonly wereOnList: string;
    readonly claims: string;
  },
): Promise<ChangeSet> {
  await rewriteChangeSet(
    engine,
    { path },
    `SELECT p.* REPLACE (coalesce(i.contact_id, p.contact_id) AS contact_id,
       CASE WHEN NOT ${actionInSql(["remove"], "p")} OR i.on_list THEN p.action
            WHEN r.key IS NOT NULL THEN 'unresolved' WHEN w.key IS NOT NULL THEN 'gone' ELSE 'absent' END AS action)
     FROM ${changesSql({ path })} AS p
     LEFT JOIN ${ids} AS i ON i.key = p.key
     LEFT JOIN ${wereOnList} AS w ON w.key = p.key
     LEFT JOIN (SELECT key FROM ${claims} AS c WHERE export = ${literal(exportName)} AND ${tooRecentSql("c", new Date(), lagSeconds)}) AS r ON r.key = p.key`,
  );
  return countChanges(engine, { path });
}

/**
 * Keeps a claim on a shared list where letting go of it counted on what an
 * export does that is not sent after all: that one would have taken the person
 * over, or let go as well. Nothing is concluded; the next run decides again.
 * Withdrawals wait for nobody. `notSent`: tables of the changes of those.
 */
export async function keepSharedLeavers(
  engine: Engine,
  file: ChangeSetFile,
  notSent: readonly string[],
): Promise<ChangeSet> {
  const theirs = notSent
    .map((changes) => `SELECT key FROM ${changes} WHERE NOT ${actionInSql(IDLE)}`)
    .join(" UNION ALL ");
  await rewriteChangeSet(
    engine,
    file,
    `SELECT p.* REPLACE (CASE WHEN (${actionInSql(["release"])} OR ${actionInSql(["remove"])} AND NOT withdrawn)
       AND key IN (${theirs}) THEN 'waiting' ELSE action END AS action)
     FROM ${changesSql(file)} AS p`,
  );
  return countChanges(engine, file);
}
