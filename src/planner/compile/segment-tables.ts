import { addPlaceToFailure } from "./failure-place.js";
import { isPlainName } from "../../reconcile/compile/expression.js";
import { checkExpression, checkOrder, checkSelect } from "../../engine/user-sql/user-sql.js";
import type { Export } from "../../model/config/export.js";
import { Failure } from "../../model/failure.js";
import type { Segment } from "../../model/config/segment.js";
import type { Run } from "../../run/run.js";

/** Tables that the segments and suppressions of an export select from, by segment. */
export async function findTablesOfSegments(
  { config, engine }: Run,
  wanted: Pick<Export, "connection" | "segments">,
): Promise<Map<string, readonly string[]>> {
  const tables = new Map<string, readonly string[]>();
  const suppressions = [
    ...config.suppressions,
    ...(config.connections.get(wanted.connection)?.suppressions ?? []),
  ];
  const open = [...wanted.segments, ...suppressions];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const segment = config.segments.get(name);
    if (segment === undefined || tables.has(name)) continue;
    const named = await inSegment(name, () => tablesOf(engine, segment));
    tables.set(name, named);
    open.push(...segment.exclude, ...named);
  }
  return tables;
}

async function tablesOf(engine: Run["engine"], segment: Segment): Promise<readonly string[]> {
  const { from } = segment;
  if (from.kind === "sql") return (await checkSelect(engine, from.sql, from.file)).tables;
  if (from.kind === "addresses") return [];
  const inner = from.where === undefined ? [] : (await checkExpression(engine, from.where)).tables;
  return [from.source, ...inner];
}

/** Checks what a segment says of its rows; what is the name of a column has to be SQL by now. */
export function checkRowTexts({ engine }: Run, { name, orderBy, email }: Segment): Promise<void> {
  return inSegment(name, async () => {
    if (orderBy !== undefined) await addPlaceToFailure("orderBy", () => checkOrder(engine, orderBy));
    if (email !== undefined) await addPlaceToFailure("email", () => checkColumnOrValue(engine, email));
  });
}

/** The same where a plain name is a column, be it a word of SQL. */
export async function checkColumnOrValue(engine: Run["engine"], text: string): Promise<void> {
  if (!isPlainName(text)) await checkValue(engine, text);
}

/** Checks an expression of the columns of one row. */
export async function checkValue(engine: Run["engine"], sql: string): Promise<void> {
  const { tables } = await checkExpression(engine, sql);
  if (tables.length > 0) throw new Failure("invalid", "the SQL may not select from tables.");
}

function inSegment<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return addPlaceToFailure(`Segment "${name}"`, work);
}
