import type { ExportProgram } from "../../model/plan/program.js";
import { hashesOfUuidsSql, olderHashesSql, personHashesSql } from "./person-hash.js";
import type { Engine } from "../../engine/engine.js";

/** SQL that picks those among `keys` (a SELECT with `key`) who were forgotten. For one statement, never for a view: it holds the key of the hash. */
export interface ForgottenAmong {
  (keys: string): string;
  /** How many ids were forgotten. */
  readonly ids?: number;
  /** Some of them by a hash of an older version. */
  readonly olderIds?: boolean;
}

/** What is hashed of an id, so that it is never taken for an address. */
export function textOfForgottenId(person: string): string {
  return `person ${person}`;
}

/**
 * Profiles' addresses that were forgotten, and those of ids that were forgotten
 * as opted out, as a table `key`. `among` picks the forgotten ones of a SELECT
 * with `key`.
 */
export async function createForgotten(
  engine: Engine,
  table: string,
  profiles: string,
  program: ExportProgram,
  among: ForgottenAmong,
): Promise<void> {
  await engine.run(`CREATE TABLE ${table} AS ${among(`SELECT key FROM ${profiles} WHERE ok`)}`);
  if (program.person === undefined) return;
  if (among.ids === 0) return;
  const older = among.olderIds === true ? ` UNION ALL ${olderHashesSql(profiles)}` : "";
  const ids = `SELECT key AS address, '${textOfForgottenId("")}' || person AS key FROM
    (${personHashesSql(program, profiles)} UNION ALL ${hashesOfUuidsSql(profiles)}${older}) WHERE person IS NOT NULL`;
  await engine.run(`CREATE TABLE ${table}_ids AS ${among(ids)}`);
  await engine.run(
    `INSERT INTO ${table} SELECT DISTINCT address FROM (${ids}) WHERE key IN (SELECT key FROM ${table}_ids) AND address NOT IN (SELECT key FROM ${table})`,
  );
}
