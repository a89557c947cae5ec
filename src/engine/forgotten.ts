import type { ExportProgram } from "../model/program.js";
import { personHash } from "./person-hash.js";
import type { Engine } from "./engine.js";

/** What is hashed of an id, so that it is never taken for an address. */
export function forgottenPerson(person: string): string {
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
  among: (keys: string) => string,
): Promise<void> {
  await engine.run(`CREATE TABLE ${table} AS ${among(`SELECT key FROM ${profiles} WHERE ok`)}`);
  if (program.person === undefined) return;
  const ids = `SELECT key AS address, '${forgottenPerson("")}' || ${personHash(program)} AS key FROM ${profiles} WHERE ok AND person IS NOT NULL`;
  await engine.run(`CREATE TABLE ${table}_ids AS ${among(ids)}`);
  await engine.run(
    `INSERT INTO ${table} SELECT DISTINCT address FROM (${ids}) WHERE key IN (SELECT key FROM ${table}_ids) AND address NOT IN (SELECT key FROM ${table})`,
  );
}
