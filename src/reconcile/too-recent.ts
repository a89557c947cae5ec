import { literal } from "../plugin/relation.js";

/** Condition over ledger rows `alias`: we wrote about them so recently that a read which began at `readAt` need not show it. */
export function tooRecentSql(alias: string, readAt: Date, lagSeconds: number): string {
  const since = new Date(readAt.getTime() - lagSeconds * 1000).toISOString();
  return `${alias}.changed_at >= CAST(${literal(since)} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
}
