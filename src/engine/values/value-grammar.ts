import { oneOfSql } from "./one-of.js";
import { literal } from "../../plugin/relation.js";

/** Digits with a point at most, or as programs write a float: there an exponent has its sign. */
const NUMBER = "[-+]?(?:[0-9]+(?:[.][0-9]+)?|[.][0-9]+)(?:e[-+][0-9]+)?";
/** There is no year 0. */
const YEAR = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)";
export const DAY = `${YEAR}-[0-9]{2}-[0-9]{2}`;

/** Text that is a time of no zone, and what may follow it. */
export const LOCAL_TIME = `${DAY}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?`;
export const OFFSET = "(?:Z|[-+](?:0[0-9]|1[0-8])(?::?[0-5][0-9])?)";

/** SQL: whether a text says yes, or no; one list for values and for consent. */
export const saysYesSql = (text: string): string =>
  oneOfSql(`lower(${text})`, ["true", "yes", "y", "t", "1"]);
export const saysNoSql = (text: string): string => oneOfSql(`lower(${text})`, ["false", "no", "n", "f", "0"]);

/**
 * What a text is as a number, a time, a day or a truth value, and NULL where it
 * is none. The engine's casts guess: `1_000` and `11/1/16` pass there.
 */
export const VALUE_MACROS = [
  `finite_number(n) AS CASE WHEN isfinite(n) THEN n END`,
  `number_of(x) AS CASE WHEN regexp_full_match(x, ${literal(NUMBER)})
     THEN finite_number(TRY_CAST(x AS DOUBLE)) END`,
  `comma_number_of(x) AS CASE WHEN regexp_full_match(x, '[-+]?[0-9]+(?:,[0-9]+)?') THEN finite_number(TRY_CAST(replace(x, ',', '.') AS DOUBLE)) END`,
  // Groups of thousands may come before it, and a currency around it.
  `has_decimal_comma(x) AS regexp_full_match(x, '\\D*[0-9][0-9.'' \u00a0\u202f]*,[0-9]+\\D*')`,
  `may_be_thousands(x) AS regexp_full_match(x, '[-+]?[1-9][0-9]{0,2}[.][0-9]{3}')`,
  `instant_of(x) AS TRY_CAST(regexp_replace(x, '^(.{16})([-+Z])', '\\1:00\\2') AS TIMESTAMPTZ)`,
  `offset_instant(x) AS CASE WHEN regexp_full_match(x, ${literal(`${LOCAL_TIME}${OFFSET}`)}) THEN instant_of(x) END`,
  // An offset makes an instant, which is told in the time of the config's zone.
  `timestamp_of(x) AS CASE
     WHEN regexp_full_match(x, ${literal(LOCAL_TIME)}) THEN TRY_CAST(x AS TIMESTAMP)
     WHEN regexp_full_match(x, ${literal(`${LOCAL_TIME}${OFFSET}`)})
       THEN CAST(instant_of(x) AS TIMESTAMP) END`,
  `date_of(x) AS CASE WHEN regexp_full_match(x, ${literal(DAY)}) THEN TRY_CAST(x AS DATE) ELSE CAST(timestamp_of(x) AS DATE) END`,
  `truth_of(x) AS CASE
     WHEN ${saysYesSql("x")} THEN true
     WHEN ${saysNoSql("x")} THEN false END`,
];

const PARTS: Readonly<Record<string, string>> = {
  "%Y": YEAR,
  "%H": "[0-9]{1,2}",
  "%M": "[0-9]{2}",
  "%S": "[0-9]{2}",
};

/** SQL: the number that a text is. */
export function numberSql(text: string, decimal: "," | "." | undefined): string {
  return `${decimal === "," ? "comma_number_of" : "number_of"}(${text})`;
}

/** SQL: the day that a text is. */
export function dateSql(text: string, format: string | undefined): string {
  return format === undefined ? `date_of(${text})` : formatted(text, format, "DATE", `date_of(${text})`);
}

/** SQL: the time that a text is. */
export function timestampSql(text: string, format: string | undefined): string {
  return format === undefined
    ? `timestamp_of(${text})`
    : formatted(text, format, "TIMESTAMP", `timestamp_of(${text})`);
}

/** A text in a format, or as ISO 8601 says, which is the same day in any format that may be given. The engine's own reading takes two digits for a year. */
function formatted(text: string, format: string, type: "DATE" | "TIMESTAMP", iso: string): string {
  // Where nothing stands between them, each part has all of its digits.
  const fewest = /%m%d|%Y%m/.test(format) ? "{2}" : "{1,2}";
  const pattern = format
    .replaceAll(/[./-]/g, String.raw`[$&]`)
    .replaceAll(/%[dm]/g, `[0-9]${fewest}`)
    .replaceAll(/%[YHMS]/g, (part) => PARTS[part] ?? part);
  return `CASE WHEN regexp_full_match(${text}, ${literal(pattern)}) THEN CAST(try_strptime(${text}, ${literal(format)}) AS ${type}) ELSE ${iso} END`;
}
