import type { ExportProgram } from "../model/program.js";

/** Begins every hash of an id in its one form; those of older versions are of what the engine printed for the column's type. */
const FORM = "2.";

/** SQL: the hash that state keeps of `match.id`. An empty id says nothing about who somebody is. */
export function personHash(program: Pick<ExportProgram, "person">): string {
  return program.person === undefined ? "CAST(NULL AS VARCHAR)" : hashOfId("person");
}

/** SQL: the same of any expression of text. */
export function hashOfId(id: string): string {
  return `'${FORM}' || left(sha256(identity_of(${id})), 32)`;
}

/**
 * SELECT `key`, `person`: the hashes of these profiles' ids, also those that an
 * id had before its form changed within this form's mark.
 */
export function personHashes(program: Pick<ExportProgram, "person">, profiles: string): string {
  const now = `SELECT key, person_hash AS person FROM ${profiles} WHERE ok`;
  if (program.person === undefined) return now;
  return `${now} UNION ALL SELECT key, '${FORM}' || left(sha256(form), 32) FROM (
      SELECT key, unnest([CASE WHEN regexp_full_match(id, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN id || ' 00:00:00' END, nullif(first, id)]) AS form
      FROM (SELECT key, identity_of_trimmed(written) AS id, first_identity_of(written) AS first
        FROM (SELECT key, trim(person) AS written FROM ${profiles}
          WHERE ok AND regexp_full_match(trim(person), '.*[.]|[0-9]{4}-[0-9]{2}-[0-9]{2}.*')))
    ) WHERE form IS NOT NULL`;
}

/** SQL: whether a hash was kept by an older version. */
export function isOlderHash(hash: string): string {
  return `NOT starts_with(${hash}, '${FORM}')`;
}

/**
 * SELECT `key`, `person`: every hash under which an older version may have kept
 * the ids of these profiles: as they are written now, and, of a number, with the
 * digits that a column of decimals adds. Costly.
 */
export function olderHashes(profiles: string): string {
  return `SELECT key, left(sha256(form), 32) AS person FROM (
      SELECT key, unnest(list_distinct(list_concat([written, id], CASE
        WHEN id = '0' THEN ['-0', '-0.0', '0.0', '0.00', '0.']
        WHEN regexp_full_match(id, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN [id || ' 00:00:00']
        WHEN regexp_full_match(id, '-?[0-9]+') THEN list_transform(${SCALES}, scale -> id || '.' || repeat('0', scale))
        WHEN regexp_full_match(id, '-?[0-9]+\\.[0-9]+') THEN list_transform(${SCALES}, scale -> id || repeat('0', scale))
        ELSE [] END))) AS form
      FROM (SELECT key, trim(person) AS written, identity_of(person) AS id FROM ${profiles} WHERE ok)
      WHERE id IS NOT NULL
    )`;
}

/** Digits after the point: of text (0), of DOUBLE (1) and of the usual DECIMALs. */
const SCALES = "[0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 18]";
