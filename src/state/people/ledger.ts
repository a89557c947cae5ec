import { identifier, literal } from "../../plugin/relation.js";

/** Version of the columns and of the canonical forms that the hashes are taken of; stored in every file. */
export const LEDGER_FORMAT = 1;

/**
 * One row per claim: an export says that an address belongs on its list.
 *
 * - `person`: hash of `match.id`, or NULL
 * - `input_hash`, `delivered_hash`: 16 bytes each; `delivered_hash` NULL = never confirmed
 * - `attempted_hash`: what was sent when the outcome is unknown or a rejection
 * - `fields`: a fingerprint per attribute, in the order of the definition
 * - `origin`: added | found | adopted
 * - `status`: member | left | unknown | rejected | gone (taken off the list by somebody else) | stranger (on
 *   the list, claimed by nobody)
 * - `reason`: why it was rejected or is unknown; `drift` on a member = holds other values than we sent
 */
const COLUMNS = {
  export: "VARCHAR",
  list_id: "VARCHAR",
  key: "VARCHAR",
  person: "VARCHAR",
  input_hash: "BLOB",
  delivered_hash: "BLOB",
  attempted_hash: "BLOB",
  fields: "USMALLINT[]",
  contact_id: "VARCHAR",
  origin: "VARCHAR",
  status: "VARCHAR",
  reason: "VARCHAR",
  first_at: "TIMESTAMP",
  changed_at: "TIMESTAMP",
} as const;

const names = Object.keys(COLUMNS);
const columns = names.map(identifier).join(", ");
const typed = Object.entries(COLUMNS)
  .map(([name, type]) => `${identifier(name)}::${type} AS ${identifier(name)}`)
  .join(", ");

/** Columns of the ledger with their DuckDB types, in order. A delta has `deleted BOOLEAN` as well. */
export const LEDGER_COLUMNS: Readonly<Record<keyof typeof COLUMNS, string>> = COLUMNS;

/** Local copies of an account's ledger files; deltas oldest first, as in the root. */
export interface LedgerFiles {
  readonly base: string | undefined;
  readonly deltas: readonly string[];
}

/** The current claims: the base, with the newest delta winning by (export, key). One SELECT. */
export function ledgerViewSql({ base, deltas }: LedgerFiles): string {
  if (deltas.length === 0) {
    return base === undefined ? emptySql() : `SELECT ${columns} FROM read_parquet(${literal(base)})`;
  }
  const parts = deltas.map(
    (path, part) => `SELECT ${columns}, deleted, ${part} AS part FROM read_parquet(${literal(path)})`,
  );
  const newest =
    deltas.length === 1
      ? parts[0]
      : `SELECT * FROM (${parts.join(" UNION ALL ")}) QUALIFY row_number() OVER (PARTITION BY "export", "key" ORDER BY part DESC) = 1`;
  const kept =
    base === undefined
      ? ""
      : `SELECT ${columns} FROM read_parquet(${literal(base)}) ANTI JOIN newest USING ("export", "key") UNION ALL `;
  return `WITH newest AS MATERIALIZED (${newest}) ${kept}SELECT ${columns} FROM newest WHERE NOT deleted`;
}

/** A ledger without rows; one SELECT. */
function emptySql(): string {
  const nulls = Object.entries(COLUMNS).map(([name, type]) => `NULL::${type} AS ${identifier(name)}`);
  return `SELECT ${nulls.join(", ")} WHERE false`;
}

/** Writes a base file from a SELECT that yields the ledger's columns; one statement. */
export function writeBaseSql(select: string, path: string): string {
  return copySql(`SELECT ${typed} FROM (${select}) ORDER BY "export", "key"`, path);
}

/**
 * Writes a delta file from a SELECT that yields the ledger's columns and
 * `deleted`, one row for each (export, key). It is not sorted: it is read
 * whole, and compaction sorts it.
 */
export function writeDeltaSql(select: string, path: string): string {
  return copySql(`SELECT ${typed}, deleted::BOOLEAN AS deleted FROM (${select})`, path);
}

/** Folds everything into one new base file; one statement. */
export function compactSql(files: LedgerFiles, path: string): string {
  return writeBaseSql(ledgerViewSql(files), path);
}

/** Whether the deltas are worth folding: no base yet, past a fifth of its rows, or fifty files. */
export function isCompactionDue(ledger: {
  readonly base?: { readonly rows: number };
  readonly deltas: readonly { readonly rows: number }[];
}): boolean {
  if (ledger.deltas.length === 0) return false;
  const changed = ledger.deltas.reduce((sum, delta) => sum + delta.rows, 0);
  return ledger.base === undefined || ledger.deltas.length >= 50 || changed * 5 > ledger.base.rows;
}

/** Yields `format` VARCHAR (NULL when unmarked) for each file, in order; anything but `LEDGER_FORMAT` cannot be compared with. */
export function formatsSql(paths: readonly string[]): string {
  const list = paths.map(literal).join(", ");
  return (
    `SELECT max(decode(value)) FILTER (WHERE decode(key) = 'rollcall_ledger') AS format ` +
    `FROM parquet_kv_metadata([${list}]) GROUP BY file_name ORDER BY file_name`
  );
}

function copySql(select: string, path: string): string {
  return (
    `COPY (${select}) TO ${literal(path)} ` +
    // Hashes do not compress: a higher level costs time and gains nothing.
    `(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {rollcall_ledger: '${LEDGER_FORMAT}'})`
  );
}
