import type { Engine } from "../../engine/engine.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { deliverableSql, type DesiredTables } from "../desired/desired.js";

/**
 * Numbers that more than one contact of the account has or would have. An
 * import that carries such a number as an identifier merges the contacts and
 * deletes one of them for good, so these numbers are not sent.
 */
export async function findSharedPhones(
  engine: Engine,
  exports: readonly { readonly program: ExportProgram; readonly tables: DesiredTables }[],
  stored: string | undefined,
  prefix: string,
): Promise<string | undefined> {
  const desired = exports.flatMap(({ program, tables }) =>
    program.attributes.flatMap(({ sms }, index) =>
      sms
        ? [
            `SELECT d.key, e164(p.v${index}, p.k${index}) AS phone FROM (${deliverableSql(tables)}) AS d JOIN ${tables.profiles} AS p ON p.row = d.profile`,
          ]
        : [],
    ),
  );
  if (desired.length === 0) return undefined;
  const all = [...desired, ...(stored === undefined ? [] : [`SELECT key, phone FROM ${stored}`])];
  const table = `${prefix}_shared_phones`;
  await engine.run(
    `CREATE TABLE ${table} AS SELECT phone FROM (${all.join(" UNION ALL ")}) WHERE phone IS NOT NULL GROUP BY phone HAVING count(DISTINCT key) > 1`,
  );
  return table;
}
