import type { ExportProgram } from "../model/program.js";
import { identifier } from "../plugin/relation.js";
import { idSql, withSegments } from "./desired-sql.js";
import type { Engine } from "./engine.js";
import { hashOfId, isOlderHash, olderHashes, personHashes } from "./person-hash.js";
import { userQuery } from "./user-query.js";

/**
 * SELECT `key`, `person` of addresses that are known (a SELECT of the same) by
 * the ids that people had under another `match.id` (`former`, SQL), by those of
 * today. `table` becomes a view of both ids of each profile.
 */
export async function addressesUnderFormerIds(
  engine: Engine,
  {
    program,
    former,
    profiles,
  }: { readonly program: ExportProgram; readonly former: string; readonly profiles: string },
  known: string,
  table: string,
): Promise<string> {
  const views = program.segments.map(({ view }) => view);
  await userQuery(engine, { ...program, person: former }, views, () =>
    engine.keepOuter(table, bothIdsSql(program, former)),
  );
  // In the place of an address stands today's id.
  const people = `(SELECT ${hashOfId("id")} AS key, former AS person, ${hashOfId("former")} AS person_hash, true AS ok FROM ${table}) AS people`;
  const older = await engine.count(`SELECT count(*) FROM (${known}) WHERE ${isOlderHash("person")}`);
  const ids = `${personHashes({ person: former }, people)}${older === 0 ? "" : ` UNION ALL ${olderHashes(people)}`}`;
  return `SELECT DISTINCT k.key, i.key AS person FROM (${known}) AS k
    JOIN (SELECT DISTINCT key, person FROM (${ids})) AS i ON i.person = k.person
    ANTI JOIN (SELECT key, person_hash AS person FROM ${profiles} WHERE ok) AS o ON o.key = k.key AND o.person = i.key
    WHERE i.key IS NOT NULL`;
}

function bothIdsSql(program: ExportProgram, former: string): string {
  const parts = program.segments.map(({ view }) => {
    const id = program.person ?? "NULL";
    return `SELECT CAST(${former} AS VARCHAR), typeof(${former}), CAST(${id} AS VARCHAR), typeof(${id}) FROM ${identifier(view)}`;
  });
  return `${withSegments(program)}SELECT DISTINCT ${idSql("former", "former_type")} AS former, ${idSql("id", "id_type")} AS id
    FROM (${parts.join("\nUNION ALL\n")}) AS ids(former, former_type, id, id_type) WHERE former IS NOT NULL AND id IS NOT NULL`;
}
