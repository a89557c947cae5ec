import { literal } from "../../plugin/relation.js";

const HYPHENATED = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
/** What else databases and programs write for a UUID. Digits alone may be a number. */
const OTHER_UUID = `[{]${HYPHENATED}[}]|[0-9]*[a-fA-F][0-9a-fA-F]*`;
/** The same as a name of the net (RFC 9562). */
const URN = `[uU][rR][nN]:[uU][uU][iI][dD]:${HYPHENATED}`;

/**
 * One form of an id, whatever format, type or neighbours gave it another one:
 * 1, 1. and 1.00 are one, a UUID is one in capitals too, a day is one at
 * midnight too, and 007 is as it is written. It is compared, and never sent.
 */
export const IDENTITY_MACROS = [
  `is_uuid(x) AS strlen(x) = 36 AND regexp_full_match(x, ${literal(HYPHENATED)})`,
  `identity_of_bare(x) AS CASE
     WHEN x = '' THEN NULL
     WHEN x = '-0' THEN '0'
     WHEN strlen(x) IN (32, 38) AND regexp_full_match(x, ${literal(OTHER_UUID)}) THEN CAST(CAST(x AS UUID) AS VARCHAR)
     WHEN strlen(x) = 45 AND regexp_full_match(x, ${literal(URN)}) THEN lower(right(x, 36))
     WHEN contains(x, '.') AND regexp_full_match(x, '-?(0|[1-9][0-9]*)[.][0-9]*')
       THEN regexp_replace(rtrim(rtrim(x, '0'), '.'), '^-0$', '0')
     WHEN contains(x, ':') AND regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?')
       THEN coalesce(regexp_replace(CAST(CASE WHEN regexp_matches(x, ':[0-9.]+[+-][0-9:]+$')
         THEN TRY_CAST(x AS TIMESTAMPTZ) AT TIME ZONE 'UTC' ELSE TRY_CAST(rtrim(x, 'Z') AS TIMESTAMP) END AS VARCHAR), ' 00:00:00$', ''), x)
     WHEN lower(x) IN ('true', 'false') THEN lower(x)
     WHEN is_uuid(x) THEN lower(x)
     ELSE x END`,
  // Nearly every id is in ASCII, with nothing around it.
  `is_bare(x) AS strlen(x) = length(x) AND x >= '(' AND NOT starts_with(x, '=') AND right(x, 1) BETWEEN '!' AND '~'`,
  // Without what nobody sees, and without the quotes that JSON and spreadsheets put around a text.
  `bare(x) AS regexp_replace(regexp_replace(
     regexp_replace(regexp_replace(nfc_normalize(x), '\\p{Cf}', '', 'g'), '\\p{Z}', ' ', 'g'),
     '^[\\x00-\\x20\\x7f\\x{85}]+|[\\x00-\\x20\\x7f\\x{85}]+$', '', 'g'),
     '^(?:=?"\\s*([^"]*?)\\s*"|''\\s*([^'']*?)\\s*''?)$', '\\1\\2')`,
  // Bound once, in a list, because a macro repeats what it is given.
  `identity_of(x) AS CASE WHEN is_uuid(x) THEN lower(x) WHEN is_bare(x) THEN identity_of_bare(x)
     ELSE list_transform([bare(x)], id -> identity_of_bare(id))[1] END`,
  // The form that a trimmed id had before, and the one that it had first.
  `former_identity_of(x) AS CASE
     WHEN x = '-0' THEN '0'
     WHEN contains(x, '.') AND regexp_full_match(x, '-?(0|[1-9][0-9]*)[.][0-9]*')
       THEN regexp_replace(rtrim(rtrim(x, '0'), '.'), '^-0$', '0')
     WHEN lower(x) IN ('true', 'false') THEN lower(x)
     ELSE x END`,
  `first_identity_of(x) AS CASE
     WHEN contains(x, '.') AND regexp_full_match(x, '-?(0|[1-9][0-9]*)[.][0-9]+') THEN rtrim(rtrim(x, '0'), '.')
     WHEN contains(x, ':') AND regexp_full_match(x, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9.]+)?Z?')
       THEN coalesce(CAST(TRY_CAST(x AS TIMESTAMP) AS VARCHAR), x)
     WHEN lower(x) IN ('true', 'false') THEN lower(x)
     ELSE x END`,
];
