import { keepsColumn } from "../../engine/user-sql/kept-column.js";
import { KnownNames, findNames, tellableNames } from "../../engine/user-sql/names.js";
import { typeName } from "../../engine/user-sql/type-names.js";
import { parseSelect } from "../../engine/user-sql/user-sql.js";
import type { PreviewColumn, SourcePreview } from "../../model/reports/source-report.js";
import { keepsInSource } from "../../planner/describe/shown-address.js";
import type { SourcesRun } from "../../planner/rows/read-sources.js";
import { literal } from "../../plugin/relation.js";
import type { DescribedColumn } from "./columns.js";

export interface SampleQuery {
  /** One SELECT that was checked, over sources that were read. */
  readonly sql: string;
  /** What its failures are told of. */
  readonly what: string;
  readonly limit: number;
  readonly reveal: boolean;
}

/**
 * The columns of a query, in how many of its rows they are empty, and its first
 * rows. Of values nothing is shown but addresses, masked, in columns of
 * addresses that the query takes over from a source as they are there: it could
 * compute anything into others.
 */
export async function sampleOf(
  run: SourcesRun,
  { sql, what, limit, reveal }: SampleQuery,
): Promise<Omit<SourcePreview, "source">> {
  const { engine } = run;
  const { outer } = engine;
  const described = await outer.underLimits(what, () => outer.rows<DescribedColumn>(`DESCRIBE ${sql}\n`));
  const path = engine.outerPath("preview.parquet");
  const rows = await outer.underLimits(what, () => outer.writeParquet(`${sql}\n`, path, { inOrder: true }));
  const columns = described.map((column, at) => ({ ...column, sql: `c${at}` }));
  const from = `FROM read_parquet(${literal(path)}, file_row_number = true) AS rows(${[...columns.map((column) => column.sql), "n"].join(", ")})`;
  const counts = await engine.row<Record<string, number>>(
    `SELECT ${columns.flatMap((column, at) => [`count(*) FILTER (${isEmpty(column.sql)}) AS e${at}`, `count(*) FILTER (${isAddress(column)}) AS a${at}`]).join(", ")} ${from}`,
  );
  const masks: string[] = [];
  for (const [at, column] of columns.entries()) {
    const filled = rows - (counts[`e${at}`] ?? 0);
    const mostlyAddresses = (counts[`a${at}`] ?? 0) * 2 > filled;
    const shows = !reveal && mostlyAddresses && (await isKept(run, sql, column.column_name));
    masks.push(reveal ? `CAST(${column.sql} AS VARCHAR)` : maskSql(column, shows));
  }
  const shown = await engine.rows<Record<string, string | null>>(
    `SELECT ${masks.map((mask, at) => `${mask} AS v${at}`).join(", ")} ${from} ORDER BY n LIMIT ${limit}`,
  );
  const told = reveal
    ? described.map(({ column_name }) => column_name)
    : await toldNames(run, sql, described);
  return {
    revealed: reveal,
    rows,
    columns: described.map(({ column_type }, at): PreviewColumn => ({
      ...(told[at] === undefined ? {} : { name: told[at] }),
      type: typeName(column_type),
      empty: counts[`e${at}`] ?? 0,
    })),
    sample: shown.map((row) => masks.map((_, at) => row[`v${at}`] ?? null)),
  };
}

function isEmpty(column: string): string {
  return `${column} IS NULL OR CAST(${column} AS VARCHAR) = ''`;
}

function isAddress({ sql, column_type }: DescribedColumn & { readonly sql: string }): string {
  return column_type === "VARCHAR" ? `coalesce(valid_address(address_key(${sql})), false)` : "false";
}

function maskSql(column: DescribedColumn & { readonly sql: string }, showsAddress: boolean): string {
  const { sql } = column;
  const address = showsAddress ? ` WHEN ${isAddress(column)} THEN masked_address(address_key(${sql}))` : "";
  return `CASE WHEN ${sql} IS NULL THEN NULL WHEN CAST(${sql} AS VARCHAR) = '' THEN ''${address} ELSE '•••' END`;
}

async function isKept(run: SourcesRun, sql: string, column: string): Promise<boolean> {
  return keepsColumn(await parseSelect(run.engine, sql), column, (table, name) =>
    keepsInSource(run, table, name),
  );
}

/** By their places, names that sources or the SQL itself have. PIVOT makes names of values. */
async function toldNames(
  { engine }: SourcesRun,
  sql: string,
  described: readonly DescribedColumn[],
): Promise<(string | undefined)[]> {
  const ofSources = [...engine.typedSources.values()].flatMap(({ name, columns }) =>
    engine.outer.told(
      columns.map((column) => column.name),
      name,
    ),
  );
  const known = new KnownNames([...ofSources, ...findNames(sql)]);
  const names = described.map(({ column_name }) => known.known(column_name));
  return tellableNames(names.filter((name) => name !== undefined)).length === 0 ? [] : names;
}
