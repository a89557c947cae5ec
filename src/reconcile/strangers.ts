import type { StrangerPolicy, SyncMode } from "../model/config/export.js";
import { literal } from "../plugin/relation.js";
import { deliverableSql, type DesiredTables } from "./desired/desired.js";

export interface StrangersInput {
  readonly listId: string;
  readonly desired: DesiredTables;
  /** The account's ledger. */
  readonly claims: string;
  /** The whole list as read just now (`key`, `contact_id`, `opted_out`). */
  readonly observed: string;
  /** Picks those among `keys` (a SELECT with `key`) who were forgotten; they are reported and nothing else. */
  readonly forgotten?: ((keys: string) => string) | undefined;
}

/** Members of a list whom nobody claims and the export does not want: `key`, `contact_id`, `opted_out`. */
export function strangersSql({ listId, desired, claims, observed }: StrangersInput): string {
  return `SELECT o.key, o.contact_id, o.opted_out FROM ${observed} AS o
    ANTI JOIN (${deliverableSql(desired)}) AS d ON d.key = o.key
    ANTI JOIN (SELECT key FROM ${claims} WHERE list_id = ${literal(listId)} AND status <> 'stranger') AS c ON c.key = o.key`;
}

/**
 * What a policy does with the strangers of a list that was read, as rows like
 * those of `classifySql`; undefined when it does nothing. Who opted out is left
 * alone.
 */
export function strangerChangesSql(
  input: StrangersInput,
  { strangers, mode }: { readonly strangers: StrangerPolicy; readonly mode: SyncMode },
): string | undefined {
  if (strangers === "report" || (strangers === "remove" && mode !== "mirror")) return undefined;
  const all = strangersSql(input);
  const forgotten =
    input.forgotten === undefined
      ? ""
      : `ANTI JOIN (${input.forgotten(`SELECT key FROM (${all})`)}) AS f ON f.key = s.key`;
  return `SELECT s.key, s.contact_id, '${strangers}' AS action, 'drift' AS cause, false AS withdrawn, false AS drifted,
      'adopted' AS origin, 'stranger' AS status, false AS claimed, true AS on_list
    FROM (${all}) AS s ${forgotten}
    ANTI JOIN (SELECT key FROM ${input.desired.held} WHERE reason = 'opted out') AS h ON h.key = s.key
    ANTI JOIN (SELECT key FROM ${input.claims} WHERE list_id = ${literal(input.listId)}) AS c ON c.key = s.key
    WHERE s.opted_out IS NULL`;
}
