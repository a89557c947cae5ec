import type { Engine } from "../../engine/engine.js";
import { actionInSql, ALLOWED_AFTER_NO, DELIVERED, SENT } from "../action.js";
import type { DesiredTables } from "../desired/desired.js";
import { changesSql, rewriteChangeSet, type ChangeSetFile } from "./change-set.js";

/** Leaves out those who would be added and are in a table (`key`); says how many. */
export async function dropAdditions(engine: Engine, file: ChangeSetFile, takenOff: string): Promise<number> {
  const dropped = `${actionInSql(["add"])} AND key IN (SELECT key FROM ${takenOff})`;
  const people = await engine.count(`SELECT count(*) FROM ${changesSql(file)} WHERE ${dropped}`);
  if (people > 0)
    await rewriteChangeSet(engine, file, `SELECT * FROM ${changesSql(file)} WHERE NOT (${dropped})`);
  return people;
}

/** What came to be known of the people of a plan after it was made. */
export interface SincePlan {
  /** Table `key`, `reason` of those who may not be sent any more. */
  readonly held: string;
  /** Table `key` of those whom others took off the list; undefined when there is nobody. */
  readonly takenOff: string | undefined;
}

/** Whom the user's own data holds back may still leave a list. */
const OWN_DATA = "('suppressed', 'no consent', 'not found')";

/** Condition over the rows of a planned change set: they are not sent any more. Who withdrew is removed anyway. */
function leftOutSql({ held, takenOff }: SincePlan): string {
  const because = `SELECT key FROM ${held} WHERE reason`;
  const restrained = `NOT coalesce(withdrawn, false) AND (key IN (${because} NOT IN ${OWN_DATA})
    OR (NOT ${actionInSql(ALLOWED_AFTER_NO)} AND key IN (${because} IN ${OWN_DATA})))`;
  if (takenOff === undefined) return restrained;
  return `(${restrained} OR (${actionInSql(["add"])} AND key IN (SELECT key FROM ${takenOff})))`;
}

/** SELECT of the rows of a planned change set that may be sent still. */
export function stillToSendSql(planned: ChangeSetFile, since: SincePlan): string {
  return `SELECT * FROM ${changesSql(planned)} WHERE NOT (${leftOutSql(since)})`;
}

/** How many people are not sent any more, by reason. */
export async function countLeftOut(
  engine: Engine,
  planned: ChangeSetFile,
  since: SincePlan,
): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.rows<{ reason: string; people: number }>(
    `SELECT coalesce(h.reason, 'taken off') AS reason, count(*) AS people
     FROM ${changesSql(planned)} LEFT JOIN ${since.held} AS h USING (key)
     WHERE ${actionInSql(SENT)} AND ${leftOutSql(since)} GROUP BY 1`,
  );
  return new Map(rows.map(({ reason, people }) => [reason, people]));
}

/**
 * Gives a planned change set the values that were built once more: `fields` may
 * have got their ids. Actions and causes stay those of the plan, but that of
 * people whose outcome is not known the destination may show that they need
 * nothing.
 */
export function takeRebuiltValues(
  engine: Engine,
  planned: ChangeSetFile,
  built: ChangeSetFile,
): Promise<void> {
  return rewriteChangeSet(
    engine,
    planned,
    `SELECT b.* REPLACE (CASE WHEN ${actionInSql(["refresh"], "b")} THEN b.action ELSE p.action END AS action, p.cause AS cause)
     FROM ${changesSql(built)} AS b JOIN ${changesSql(planned)} AS p USING (key)`,
  );
}

/** SELECT `key`, `reason` of whom today's profiles, suppressions and consent hold back of those who are to be delivered. */
export function heldByDataSql(
  changes: string,
  { profiles, suppressed }: Pick<DesiredTables, "profiles" | "suppressed">,
  { mustBeFound }: { readonly mustBeFound: boolean },
): string {
  const parts = [
    ...(suppressed === undefined ? [] : [`SELECT key, 'suppressed' AS reason FROM ${suppressed}`]),
    `SELECT key, 'no consent' AS reason FROM ${profiles} WHERE ok AND NOT consent`,
    ...(mustBeFound
      ? [
          `SELECT key, 'not found' AS reason FROM ${changes} WHERE ${actionInSql(DELIVERED)} AND key NOT IN (SELECT key FROM ${profiles} WHERE ok)`,
        ]
      : []),
  ];
  return parts.join(" UNION ALL ");
}
