import type { Engine } from "../engine/engine.js";
import { literal } from "../plugin/relation.js";
import { actionInSql, JOINING, LET_GO } from "./action.js";
import { NOT_OURS, ON_LIST, statusInSql } from "./claim-status.js";
import { deliverableSql, type DesiredTables } from "./desired/desired.js";

/** An export as far as it adds to an account. */
export interface CountedExport {
  readonly name: string;
  readonly tables: DesiredTables;
  /** Table as `classifySql` gives it. */
  readonly changes: string;
}

/** Distinct addresses of an account once everything is applied, and how many of them are new to its record. */
export async function countAddresses(
  engine: Engine,
  exports: readonly CountedExport[],
  claims: string,
): Promise<{ readonly addresses: number; readonly added: number }> {
  const [one] = exports;
  // One export and an empty ledger is the common big case: nothing to unite.
  if (exports.length === 1 && one !== undefined) {
    const alone = await engine.count(`SELECT count(*) FROM ${claims}`);
    if (alone === 0) {
      const addresses = await engine.count(`SELECT count(*) FROM (${deliverableSql(one.tables)})`);
      return { addresses, added: addresses };
    }
  }
  const addresses = await engine.count(
    `SELECT count(DISTINCT key) FROM (${[
      ofOthersSql(exports, claims),
      ...exports.map((own) => stayingSql(own, claims)),
      ...exports.map(({ changes }) => `SELECT key FROM ${changes} WHERE ${actionInSql(JOINING)}`),
    ].join(" UNION ALL ")})`,
  );
  return { addresses, added: await countAdded(engine, exports, claims) };
}

/** Whom exports that are not compared may have on a list. */
function ofOthersSql(exports: readonly CountedExport[], claims: string): string {
  const names = exports.map(({ name }) => literal(name));
  const others = names.length === 0 ? "" : ` AND export NOT IN (${names.join(", ")})`;
  return `SELECT key FROM ${claims} WHERE ${statusInSql(ON_LIST)}${others}`;
}

function stayingSql({ name, changes }: CountedExport, claims: string): string {
  return `SELECT key FROM ${claims} AS c ANTI JOIN (SELECT key FROM ${changes} WHERE ${actionInSql(LET_GO)}) AS x USING (key)
    WHERE c.export = ${literal(name)} AND NOT ${statusInSql(NOT_OURS, "c")}`;
}

async function countAdded(
  engine: Engine,
  exports: readonly CountedExport[],
  claims: string,
): Promise<number> {
  if (exports.length === 0) return 0;
  const added = exports.map(({ changes }) => `SELECT key FROM ${changes} WHERE ${actionInSql(["add"])}`);
  return engine.count(
    `SELECT count(DISTINCT key) FROM (${added.join(" UNION ALL ")}) AS n ANTI JOIN (SELECT key FROM ${claims}) AS c USING (key)`,
  );
}
