import type { Engine } from "../engine/engine.js";
import type { ExportProgram } from "../model/plan/program.js";
import { literal } from "../plugin/relation.js";
import { actionInSql, DELIVERED } from "./action.js";
import type { DesiredTables } from "./desired/desired.js";
import { personHashSql } from "./people/person-hash.js";

/** Parquet files in which a saved plan holds what an export was compared to. */
export interface SavedComparison {
  /** See `classifySql`. */
  readonly changes: string;
  /** See `savedProfilesSql`. */
  readonly profiles: string;
}

/** SELECT of the profiles of addresses that are delivered, also those that another one wins over. */
export function savedProfilesSql(changes: string, { profiles }: Pick<DesiredTables, "profiles">): string {
  return `SELECT * EXCLUDE (person_hash) FROM ${profiles} WHERE key IN (SELECT key FROM ${changes} WHERE ${actionInSql(DELIVERED)})`;
}

/** What is known by now of people whose outcome was not. */
export interface ObservedSince {
  /** Table of those of them who are on the list: `key`. */
  readonly observed: string;
  /** See `unknownSql`. */
  readonly unknown: string;
}

/** Makes the tables of profiles and losers and the view of changes as the plan had them. */
export async function restoreComparison(
  engine: Engine,
  saved: SavedComparison,
  {
    tables,
    changes,
  }: { readonly tables: Pick<DesiredTables, "profiles" | "losers">; readonly changes: string },
  program: Pick<ExportProgram, "person">,
  since: ObservedSince | undefined,
): Promise<void> {
  const { profiles, losers } = tables;
  await engine.run(
    `CREATE OR REPLACE VIEW ${profiles} AS SELECT *, ${personHashSql(program)} AS person_hash FROM read_parquet(${literal(saved.profiles)})`,
  );
  const rows = `SELECT * FROM read_parquet(${literal(saved.changes)})`;
  await engine.run(
    `CREATE OR REPLACE VIEW ${changes} AS ${since === undefined ? rows : withObserved(rows, since)}`,
  );
  const winners = `SELECT profile FROM ${changes} WHERE ${actionInSql(DELIVERED)}`;
  await engine.run(`CREATE TABLE ${losers} AS SELECT row FROM ${profiles} WHERE row NOT IN (${winners})`);
}

/** Whom the cut-off run added is ours. */
function withObserved(rows: string, { observed, unknown }: ObservedSince): string {
  return `SELECT c.* REPLACE (CASE WHEN u.key IS NULL THEN c.on_list ELSE o.key IS NOT NULL END AS on_list,
      CASE WHEN u.key IS NULL THEN c.status ELSE 'unknown' END AS status,
      coalesce(u.origin, c.origin) AS origin, coalesce(u.first_at, c.first_at) AS first_at)
    FROM (${rows}) AS c LEFT JOIN (${unknown}) AS u USING (key) LEFT JOIN (SELECT key FROM ${observed}) AS o USING (key)`;
}
