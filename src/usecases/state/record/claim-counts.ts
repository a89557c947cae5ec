import { ON_LIST } from "../../../reconcile/claim-status.js";
import { literal } from "../../../plugin/relation.js";
import type { ClaimCount } from "../../../model/reports/state-report.js";
import { maskAddresses } from "../../../platform/secrets/mask-addresses.js";
import { readRecordedClaims } from "../../../planner/rows/load-data.js";
import type { Run } from "../../../run/run.js";

/** The claims of an account, or of one of its exports, by what is said of them. */
export async function countClaims(run: Run, account: string, exportName?: string): Promise<ClaimCount[]> {
  const of = exportName === undefined ? "" : `WHERE export = ${literal(exportName)}`;
  const rows = await run.engine.rows<{
    status: string;
    origin: string;
    reason: string | null;
    people: number;
  }>(
    `SELECT status, origin, reason, count(*) AS people FROM (${await readRecordedClaims(run, account)}) ${of}
     GROUP BY ALL ORDER BY status, origin, reason`,
  );
  return rows.map(({ reason, people, ...claim }) => ({
    ...claim,
    reason: reason === null ? undefined : maskAddresses(reason),
    people: Number(people),
  }));
}

/** Of these, how many are claimed to be on the list. */
export function sumClaimed(counts: readonly ClaimCount[]): number {
  const onList: readonly string[] = ON_LIST;
  return counts.reduce((sum, { status, people }) => (onList.includes(status) ? sum + people : sum), 0);
}
