import { rename, rm } from "node:fs/promises";
import type { ParquetOptions } from "../../engine/database.js";
import type { Engine } from "../../engine/engine.js";
import type { Cause } from "../../model/plan/change.js";
import { literal } from "../../plugin/relation.js";
import { actionInSql, type Action } from "../action.js";

/**
 * Where the change set of an export is: a Parquet file on this machine with a
 * row for each person of whom something is to be sent or recorded. Its columns
 * are those of `changeSetSql`. A row is known by its number in the file.
 */
export interface ChangeSetFile {
  readonly path: string;
}

/** The same with what is in it. */
export interface ChangeSet extends ChangeSetFile {
  readonly counts: readonly ChangeCount[];
}

/** How many rows of a change set there are of one kind. */
export interface ChangeCount {
  readonly action: Action;
  readonly cause: Cause;
  readonly withdrawn: boolean;
  /** Null treatment and the like; see `Codec.group`. */
  readonly group: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of these, people who were on the list already at the first run. */
  readonly found: number;
  /** Of these, members whom no export claims. */
  readonly strangers: number;
}

/** A change set is read a batch at a time, so its row groups are about as large as a batch; the lightest zstd halves the writing. */
const FORMAT: ParquetOptions = { compression: "COMPRESSION zstd, COMPRESSION_LEVEL 1", rowGroup: 30_720 };

/** FROM item of the rows. */
export function changesSql({ path }: ChangeSetFile): string {
  return `read_parquet(${literal(path)})`;
}

/** FROM item of the rows with their `file_row_number`. */
export function numberedChangesSql({ path }: ChangeSetFile): string {
  return `read_parquet(${literal(path)}, file_row_number = true)`;
}

/** Writes the rows of a SELECT. */
export async function writeChangeSet(engine: Engine, { path }: ChangeSetFile, sql: string): Promise<void> {
  await engine.writeParquet(sql, path, FORMAT);
}

/** Puts the rows of a SELECT, which may read the change set itself, in the place of what it held. */
export async function rewriteChangeSet(engine: Engine, file: ChangeSetFile, sql: string): Promise<void> {
  const next = `${file.path}.next`;
  await writeChangeSet(engine, { path: next }, sql);
  await rm(file.path);
  await rename(next, file.path);
}

/** Leaves out every row but those of which a condition is true. */
export async function keepChanges(
  engine: Engine,
  file: ChangeSetFile,
  condition: string,
): Promise<ChangeSet> {
  await rewriteChangeSet(engine, file, `SELECT * FROM ${changesSql(file)} WHERE ${condition}`);
  return countChanges(engine, file);
}

/** How many rows there are of each kind. */
export async function countChanges(engine: Engine, { path }: ChangeSetFile): Promise<ChangeSet> {
  const counts = await engine.rows<ChangeCount>(
    `SELECT action, cause, withdrawn, grp AS "group", count(*) AS rows, coalesce(sum(strlen(payload)), 0)::DOUBLE AS bytes,
       count(*) FILTER (origin IN ('found', 'adopted') AND status IS NULL) AS found,
       count(*) FILTER (status = 'stranger' AND NOT withdrawn) AS strangers
     FROM ${changesSql({ path })} GROUP BY ALL ORDER BY ALL`,
  );
  return { path, counts };
}

/** SELECT `key` of those who are added in one of these groups. */
export function addedInGroupsSql(file: ChangeSetFile, groups: readonly string[]): string {
  return `SELECT key FROM ${changesSql(file)} WHERE ${actionInSql(["add"])} AND grp IN (${["NULL", ...groups.map(literal)].join(", ")})`;
}

/** How many rows have one of these actions. */
export function countRowsOf({ counts }: Pick<ChangeSet, "counts">, actions: readonly Action[]): number {
  return sumRows(counts.filter(({ action }) => actions.includes(action)));
}

/** How many people are removed because of consent, suppression or an opt-out. */
export function countWithdrawn({ counts }: Pick<ChangeSet, "counts">): number {
  return sumRows(counts.filter(({ action, withdrawn }) => action === "remove" && withdrawn));
}

export function sumRows(counts: readonly Pick<ChangeCount, "rows">[]): number {
  return counts.reduce((sum, { rows }) => sum + rows, 0);
}
