import type { ExportProgram } from "../model/program.js";
import { onLists, type DesiredTables } from "./desired.js";
import { personHash } from "./person-hash.js";

/** Opted-out addresses of an account, and what is known of whose they were. */
export interface KnownOptOuts {
  /** Table `key`, `list_id` (NULL = everywhere), `reason`. */
  readonly table: string;
  /** Table `key`, `person`: addresses of people who opted out or left us, kept although no claim names them any more. */
  readonly addresses: string;
}

/**
 * SELECT `person` of everybody who opted out of one of these lists, or is
 * suppressed, with any address that was ever known to be theirs. A bounce says that an
 * address is dead and nothing about its owner's will.
 */
export function optedOutPersonsSql(
  optOuts: KnownOptOuts & { readonly lists: readonly string[] },
  { profiles, suppressed }: Pick<DesiredTables, "profiles" | "suppressed">,
  program: ExportProgram,
  claims: string,
): string {
  const unwilling = [
    `SELECT key FROM ${optOuts.table} WHERE reason <> 'bounced' AND ${onLists(optOuts.lists)}`,
    ...(suppressed === undefined ? [] : [`SELECT key FROM ${suppressed}`]),
  ].join(" UNION ");
  return `SELECT DISTINCT person FROM (
      SELECT key, person FROM ${optOuts.addresses}
      UNION ALL SELECT key, person FROM ${claims}
      UNION ALL SELECT key, ${personHash(program)} FROM ${profiles} WHERE ok
    ) SEMI JOIN (${unwilling}) AS u USING (key) WHERE person IS NOT NULL`;
}

/**
 * SELECT `key` of the addresses that have a profile of one of these people (a
 * table `person`), also where another profile wins.
 */
export function addressesOfSql(
  persons: string,
  { profiles }: Pick<DesiredTables, "profiles">,
  program: ExportProgram,
): string {
  return `SELECT DISTINCT key FROM ${profiles} WHERE ok AND ${personHash(program)} IN (SELECT person FROM ${persons})`;
}

/**
 * SELECT `key`, `person` of the addresses to remember from here on, because no
 * claim will name them: held back from the start, or about to be let go.
 */
export function addressesToKeepSql(
  optOuts: KnownOptOuts,
  claims: string,
  exports: readonly {
    readonly program: ExportProgram;
    readonly tables: DesiredTables;
    readonly changes: string;
  }[],
): string {
  const unwilling = [
    `SELECT key FROM ${optOuts.table}`,
    ...exports.flatMap(({ tables: { suppressed } }) =>
      suppressed === undefined ? [] : [`SELECT key FROM ${suppressed}`],
    ),
  ].join(" UNION ");
  const people = exports
    .filter(({ program }) => program.person !== undefined)
    .map(
      ({ program, tables }) =>
        `SELECT key, ${personHash(program)} AS person FROM ${tables.profiles} WHERE ok`,
    );
  const leaving = exports.map(
    ({ changes }) =>
      `SELECT key, old_person AS person FROM ${changes} WHERE claimed AND action IN ('remove', 'release', 'forget')`,
  );
  return `SELECT DISTINCT key, person FROM (
      SELECT * FROM (${[`SELECT key, person FROM ${claims}`, ...people].join(" UNION ALL ")}) SEMI JOIN (${unwilling}) AS u USING (key)
      UNION ALL ${leaving.join(" UNION ALL ")}
    ) WHERE person IS NOT NULL`;
}
