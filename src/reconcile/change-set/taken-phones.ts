/**
 * SELECT `row`, `phone` of the rows of a change set (FROM and WHERE, with
 * `file_row_number`) that carry a number which another contact has. `number`:
 * see `Codec.recognisedBy`; `stored`: table `key`, `phone`.
 */
export function takenPhonesSql(rows: string, number: string, stored: string): string {
  return `SELECT r.row, r.phone FROM (SELECT file_row_number AS row, key, ${number} AS phone FROM ${rows}) AS r
    SEMI JOIN ${stored} AS s ON s.phone = r.phone AND s.key <> r.key`;
}
