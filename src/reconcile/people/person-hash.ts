import type { ExportProgram } from "../../model/plan/program.js";
import type { Engine } from "../../engine/engine.js";

/** Begins every hash of an id in its one form; those of older versions are of what the engine printed for the column's type. */
const FORM = "2.";

/** SQL: the hash that state keeps of `match.id`. An empty id says nothing about who somebody is. */
export function personHashSql(program: Pick<ExportProgram, "person">): string {
  return program.person === undefined ? "CAST(NULL AS VARCHAR)" : hashOfIdSql("person");
}

/** SQL: the same of any expression of text. */
export function hashOfIdSql(id: string): string {
  return `'${FORM}' || left(sha256(identity_of(${id})), 32)`;
}

/**
 * SELECT `key`, `person`: the hashes of these profiles' ids, also those that an
 * id had before its form changed within this form's mark. A UUID that is printed
 * in small letters today may have been written in capitals, and text in bytes was
 * as the engine prints bytes.
 */
export function personHashesSql(program: Pick<ExportProgram, "person">, profiles: string): string {
  const now = `SELECT key, person_hash AS person FROM ${profiles} WHERE ok`;
  return program.person === undefined ? now : `${now} UNION ALL ${formerHashesSql(profiles)}`;
}

/** SELECT `key`, `person`: every hash of these profiles' ids under which one of the people who are known (a SELECT with `person`) may be kept. */
export async function hashesAmongSql(
  engine: Pick<Engine, "count">,
  program: Pick<ExportProgram, "person">,
  profiles: string,
  known: string,
): Promise<string> {
  const hashes = personHashesSql(program, profiles);
  const older = await engine.count(`SELECT count(*) FROM (${known}) WHERE ${isOlderHashSql("person")}`);
  return older === 0 ? hashes : `${hashes} UNION ALL ${olderHashesSql(profiles)}`;
}

/** SELECT `key`, `person`: those of `personHashesSql` that are of forms of before. */
export function formerHashesSql(profiles: string): string {
  return `SELECT key, '${FORM}' || left(sha256(form), 32) AS person FROM (
      SELECT key, upper(person) AS form FROM ${profiles} WHERE ok AND is_uuid(person)
      UNION ALL SELECT key, unnest(list_distinct([
        nullif(former, id), nullif(first, id), nullif(printed, id), CASE WHEN is_uuid(id) THEN upper(id) END,
        CASE WHEN regexp_full_match(id, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN id || ' 00:00:00' END])) AS form
      FROM (SELECT key, identity_of(person) AS id, former_identity_of(trim(person)) AS former, first_identity_of(trim(person)) AS first,
          CAST(encode(person) AS VARCHAR) AS printed
        FROM ${profiles} WHERE ok AND ${MAY_HAVE_HAD_ANOTHER_FORM})
    ) WHERE form <> ''`;
}

const MAY_HAVE_HAD_ANOTHER_FORM = `CASE WHEN is_uuid(person) THEN person NOT IN (upper(person), lower(person))
    ELSE NOT is_bare(person) OR strlen(person) IN (32, 38, 45) OR regexp_full_match(person, '.*[.]|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|.*["''\\\\].*') END`;

/** SELECT `key`, `person`: what else a UUID of these profiles may have been kept under. Costly. */
export function hashesOfUuidsSql(profiles: string): string {
  return `SELECT key, '${FORM}' || left(sha256(form), 32) AS person FROM (
      SELECT key, unnest([${otherUuids("id")}]) AS form
      FROM (SELECT key, identity_of(person) AS id FROM ${profiles} WHERE ok) WHERE is_uuid(id))`;
}

/** SQL: what programs write for a UUID in small letters. */
function otherUuids(id: string): string {
  const bare = `replace(${id}, '-', '')`;
  return [bare, `upper(${bare})`, `'{' || ${id} || '}'`, `'{' || upper(${id}) || '}'`].join(", ");
}

/** SQL: whether a hash was kept by an older version. */
export function isOlderHashSql(hash: string): string {
  return `NOT starts_with(${hash}, '${FORM}')`;
}

/**
 * SELECT `key`, `person`: every hash under which an older version may have kept
 * the ids of these profiles: as they are written now, and, of a number, with the
 * digits that a column of decimals adds. Costly.
 */
export function olderHashesSql(profiles: string): string {
  return `SELECT key, left(sha256(form), 32) AS person FROM (
      SELECT key, unnest(list_distinct(list_concat([written, id], CASE
        WHEN id = '0' THEN ['-0', '-0.0', '0.0', '0.00', '0.']
        WHEN regexp_full_match(id, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN [id || ' 00:00:00']
        WHEN regexp_full_match(id, '-?[0-9]+') THEN list_transform(${SCALES}, scale -> id || '.' || repeat('0', scale))
        WHEN regexp_full_match(id, '-?[0-9]+\\.[0-9]+') THEN list_transform(${SCALES}, scale -> id || repeat('0', scale))
        WHEN is_uuid(id) THEN [upper(id), ${otherUuids("id")}]
        ELSE [] END))) AS form
      FROM (SELECT key, trim(person) AS written, identity_of(person) AS id FROM ${profiles} WHERE ok)
      WHERE id IS NOT NULL
    )`;
}

/** Digits after the point: of text (0), of DOUBLE (1) and of the usual DECIMALs. */
const SCALES = "[0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 18]";
