import { ON_LIST, statusInSql } from "../../reconcile/claim-status.js";
import { identifier, literal } from "../../plugin/relation.js";
import { LEDGER_COLUMNS } from "./ledger.js";

/** What becomes of the claims of an export: another export's, or nobody's. */
export interface ClaimsMove {
  readonly export: string;
  /** Only claims on this list. */
  readonly listId: string | undefined;
  /** Undefined: they are dropped. */
  readonly becomes: string | undefined;
}

const columns = Object.keys(LEDGER_COLUMNS).map(identifier).join(", ");

/**
 * The claims as they are once moved; the first move that fits a claim counts.
 * A claim that the other export has already stays as it is there, but for whose the person is: whoever was put
 * on the list, or adopted, by the one is nobody that the other found there. One SELECT.
 */
export function movedClaimsSql(claims: string, moves: readonly ClaimsMove[]): string {
  if (moves.length === 0) return claims;
  return `SELECT ${columns} FROM (${judgedSql(claims, moves)})`;
}

/** SELECT `key`, `person` of the claims that nobody has after the moves, where it is known whose they were. */
export function droppedPeopleSql(claims: string, moves: readonly ClaimsMove[]): string | undefined {
  const drops = moves.filter(({ becomes }) => becomes === undefined);
  if (drops.length === 0) return undefined;
  return `SELECT DISTINCT "key", person FROM (${claims}) WHERE person IS NOT NULL AND ${fits(drops)}`;
}

/** SELECT `key`, `list_id`, `seen_at` of those whom somebody else took off a list, whose claims nobody has after the moves. */
export function droppedHandRemovalsSql(claims: string, moves: readonly ClaimsMove[]): string | undefined {
  const drops = moves.filter(({ becomes }) => becomes === undefined);
  if (drops.length === 0) return undefined;
  return `SELECT "key", list_id, max(changed_at) AS seen_at FROM (${claims}) WHERE ${statusInSql(["gone"])} AND ${fits(drops)} GROUP BY ALL`;
}

/** What differs after the move, as rows of a ledger delta. One SELECT. */
export function movedDeltaSql(claims: string, moves: readonly ClaimsMove[]): string {
  return (
    `WITH claims AS MATERIALIZED (${claims}) ` +
    `SELECT ${columns}, false AS deleted FROM (${judgedSql("SELECT * FROM claims", moves)}) WHERE moved ` +
    `UNION ALL BY NAME SELECT *, true AS deleted FROM claims WHERE ${fits(moves)}`
  );
}

/** The claims that are left, with `moved`. */
function judgedSql(claims: string, moves: readonly ClaimsMove[]): string {
  const cases = moves.map(
    (move) => `WHEN ${fit(move)} THEN ${move.becomes === undefined ? "NULL" : literal(move.becomes)}`,
  );
  const ours = `max(origin) FILTER (arrives AND origin <> 'found' AND ${statusInSql(ON_LIST)})`;
  return (
    `SELECT * EXCLUDE ("export", becomes, arrives, ours) REPLACE (CASE WHEN origin = 'found' THEN coalesce(ours, origin) ELSE origin END AS origin), ` +
    `becomes AS "export", arrives OR (origin = 'found' AND ours IS NOT NULL) AS moved FROM ` +
    `(SELECT *, ${ours} OVER (PARTITION BY becomes, "key") AS ours FROM ` +
    `(SELECT *, CASE ${cases.join(" ")} ELSE "export" END AS becomes, ${fits(moves)} AS arrives FROM (${claims}))) ` +
    `WHERE becomes IS NOT NULL QUALIFY row_number() OVER (PARTITION BY becomes, "key" ORDER BY arrives) = 1`
  );
}

function fits(moves: readonly ClaimsMove[]): string {
  return `(${moves.map((move) => `(${fit(move)})`).join(" OR ")})`;
}

function fit({ export: name, listId }: ClaimsMove): string {
  return `"export" = ${literal(name)}${listId === undefined ? "" : ` AND list_id = ${literal(listId)}`}`;
}
