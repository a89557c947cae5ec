import { actionIn } from "../../reconcile/action.js";
import { counted } from "../../model/counted.js";
import type { Check } from "../../model/plan.js";
import { literal } from "../../plugin/relation.js";
import { wasApplied } from "../../state/root.js";
import { heededLists } from "./heeded-lists.js";
import type { CompiledExport, PreparedAccount } from "../prepared.js";
import type { Session } from "../../run/run.js";

/** Who is held back only by a place that was not read, because no connection names it any more. */
export async function unnamedPlaces(
  { engine }: Session,
  { table, whole }: PreparedAccount["optOuts"],
): Promise<Check[]> {
  if (whole.length === 0) return [];
  const read = whole.map(({ reason }) => literal(reason)).join(", ");
  const rows = await engine.rows<{ reason: string; people: number }>(
    `SELECT reason, count(DISTINCT key) AS people FROM ${table}
     ANTI JOIN (SELECT key FROM ${table} WHERE list_id IS NULL AND reason IN (${read})) AS named USING (key)
     WHERE list_id IS NULL GROUP BY reason ORDER BY reason`,
  );
  return rows.map(({ reason, people }) => ({
    name: "opt-out-place",
    status: "warning",
    message: `${counted(people, "person stays", "people stay")} held back who once ${reason}, which no connection names any more.`,
    hint: "Name it again to let those return who are not in it any more.",
  }));
}

/**
 * Whom an export would add to a list that is new to it who unsubscribed from
 * another one of the account. A new list is a new topic unless `moved` says
 * where it came from, and a person may know better.
 */
export async function unsubscribedElsewhere(
  { engine }: Session,
  compiled: CompiledExport,
  { table }: { readonly table: string },
  changes: string,
): Promise<Check[]> {
  const { applied, leaving } = compiled;
  if (leaving || (applied !== undefined && wasApplied(applied))) return [];
  const heeded = heededLists(compiled).map(literal);
  const elsewhere = heeded.length === 0 ? "" : ` AND list_id NOT IN (${heeded.join(", ")})`;
  const people = await engine.count(
    `SELECT count(*) FROM ${changes} WHERE ${actionIn(["add"])}
       AND key IN (SELECT key FROM ${table} WHERE list_id IS NOT NULL${elsewhere})`,
  );
  if (people === 0) return [];
  return [
    {
      name: "unsubscribed-elsewhere",
      status: "warning",
      message: `${counted(people, "person", "people")} to be added unsubscribed from another list of this account.`,
      hint: "If the export takes the place of one on that list, keep its name and write a `moved` block: then they are held back. Or name them in a suppression.",
    },
  ];
}
