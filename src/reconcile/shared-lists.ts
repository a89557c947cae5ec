import type { Engine } from "../engine/engine.js";
import { literal } from "../plugin/relation.js";
import { actionInSql, JOINING, NOT_KEPT } from "./action.js";
import { STANDING, statusInSql } from "./claim-status.js";

/** An export of an account whose people were compared. */
export interface ComparedExport {
  readonly name: string;
  /** Undefined when the list is yet to be made. */
  readonly listId: string | undefined;
  /** Table as `classifySql` gives it. */
  readonly changes: string;
}

/** Two exports may claim one address on one list; it leaves only when the last of them lets go. */
export async function releaseSharedClaims(
  engine: Engine,
  exports: readonly ComparedExport[],
  claims: string,
): Promise<void> {
  for (const own of exports) {
    if (own.listId === undefined) continue;
    const stay = wantedByOthersSql(own, own.listId, exports, claims);
    const removed = actionInSql(["remove"]);
    const shared = `SELECT count(*) FROM ${own.changes} SEMI JOIN (${stay}) AS s USING (key) WHERE ${removed}`;
    if ((await engine.count(shared)) === 0) continue;
    await engine.keep(
      own.changes,
      `SELECT c.* EXCLUDE (row) REPLACE (CASE WHEN ${removed} AND key IN (${stay}) THEN 'release' ELSE action END AS action) FROM ${own.changes} AS c`,
    );
  }
}

/** SELECT `key` of the people whom other exports than `own` keep on its list, or put there in this run. */
export function wantedByOthersSql(
  own: Pick<ComparedExport, "name">,
  listId: string,
  exports: readonly ComparedExport[],
  claims: string,
): string {
  const others = exports.filter((other) => other.name !== own.name && other.listId === listId);
  const leaving = others.map(
    ({ name, changes }) =>
      `SELECT ${literal(name)} AS export, key FROM ${changes} WHERE ${actionInSql(NOT_KEPT)}`,
  );
  const joining = others.map(({ changes }) => `SELECT key FROM ${changes} WHERE ${actionInSql(JOINING)}`);
  const anti =
    leaving.length === 0 ? "" : `ANTI JOIN (${leaving.join(" UNION ALL ")}) AS leaving USING (export, key)`;
  const held = `SELECT key FROM (SELECT export, key FROM ${claims} WHERE list_id = ${literal(listId)}
      AND export <> ${literal(own.name)} AND ${statusInSql(STANDING)}) ${anti}`;
  return [held, ...joining].join(" UNION ");
}
