import { domainToASCII } from "node:url";
import { DuckDBScalarFunction, VARCHAR, type DuckDBConnection } from "@duckdb/node-api";
import { findAddressesInLine } from "../model/address-line.js";
import { SENDABLE } from "../model/written-address.js";
import { literal } from "../plugin/relation.js";
import { IDENTITY_MACROS } from "./values/identity.js";
import { phoneFault, phoneToE164 } from "./values/phone.js";
import { LOCAL_TIME, OFFSET, saysNoSql, saysYesSql, VALUE_MACROS } from "./values/value-grammar.js";

/** The functions in JavaScript. The rest is in `NeededMacros`. */
export function defineFunctions(connection: DuckDBConnection): void {
  connection.registerScalarFunction(textFunction("a_label", (domain) => domainToASCII(domain)));
  connection.registerScalarFunction(textFunction("written_keys", writtenKeys));
  connection.registerScalarFunction(
    textFunction("e164", (number, country) => phoneToE164(number, country ?? undefined)),
  );
  connection.registerScalarFunction(
    textFunction("phone_fault", (number, country) => String(phoneFault(number, country ?? undefined))),
  );
}

/** The key is version 1: trim, NFC, lower-case, domain to its A-label; nothing else. */
const MACROS = [
  `folded_address(x) AS lower(nfc_normalize(trim(CAST(x AS VARCHAR), ' ' || chr(9) || chr(10) || chr(13) || chr(160))))`,
  // The function call costs a hop into JavaScript, so only domains outside ASCII take it.
  `with_a_label(x) AS CASE
     WHEN regexp_matches(regexp_extract(x, '@([^@]*)$', 1), '[^\\x00-\\x7F]')
     THEN regexp_replace(x, '@[^@]*$', '') || '@' || a_label(regexp_extract(x, '@([^@]*)$', 1))
     ELSE x END`,
  `key_of_folded(x) AS CASE WHEN strlen(x) = length(x) THEN x ELSE with_a_label(x) END`,
  `address_key(x) AS key_of_folded(folded_address(x))`,
  // Local part up to 64 and the whole up to 254 characters (RFC 5321); both vendors refuse quoted local parts.
  `valid_address(k) AS k IS NOT NULL AND length(k) <= 254
     AND regexp_matches(k, ${literal(SENDABLE.source)})
     AND strpos(k, '@') <= 65
     AND NOT regexp_matches(k, '\\.[0-9]+$')`,
  // A number as people write it: a column of decimals prints 1 as 1.0.
  `plain_text(x, t) AS trim(CASE WHEN t IN ('DOUBLE', 'FLOAT') OR starts_with(t, 'DECIMAL') THEN regexp_replace(x, '\\.0+$', '') ELSE x END, ' ' || chr(9) || chr(10) || chr(13) || chr(160))`,
  // A value of consent in the form in which it is compared with those that mean yes: 1.0 is 1, whatever type its
  // neighbours gave the column, but 1.10 may be another version than 1.1. A time without an offset is not an instant.
  `consent_form_of_trimmed(x) AS CASE
     WHEN x = '' THEN NULL
     WHEN lower(x) IN ('true', 'false') THEN lower(x)
     WHEN contains(x, '.') AND regexp_full_match(x, '-?(0|[1-9][0-9]*)[.]0+') THEN regexp_replace(x, '[.]0+$', '')
     WHEN contains(x, ':') AND regexp_full_match(x, ${literal(LOCAL_TIME)})
       THEN coalesce(regexp_replace(CAST(TRY_CAST(x AS TIMESTAMP) AS VARCHAR), ' 00:00:00$', ''), x)
     WHEN contains(x, ':') AND regexp_full_match(x, ${literal(`${LOCAL_TIME}${OFFSET}`)})
       THEN coalesce(CAST(instant_of(x) AT TIME ZONE 'UTC' AS VARCHAR) || 'Z', x)
     ELSE x END`,
  `consent_form(x) AS consent_form_of_trimmed(trim(x, ' ' || chr(9) || chr(10) || chr(13) || chr(160)))`,
  // What a value says of consent. A number that is neither 1 nor 0 is a code, and nobody but its author knows what it means.
  `consent_answer(x, t) AS CASE
     WHEN x IS NULL OR plain_text(x, t) = '' THEN 'missing'
     WHEN ${saysYesSql("plain_text(x, t)")} THEN 'yes'
     WHEN ${saysNoSql("plain_text(x, t)")} THEN 'no'
     WHEN regexp_full_match(plain_text(x, t), '[-+]?[0-9]+([.,][0-9]+)?') THEN 'code'
     ELSE 'other' END`,
  // For what restrains: the keys of all whom a value may stand for; none where it is blank, NULL where nobody can tell.
  // The key is made once, in a list, because a macro repeats what it is given.
  `named_keys(x) AS CASE
     WHEN x IS NULL THEN CAST([] AS VARCHAR[])
     ELSE list_filter(string_split(coalesce(
       list_transform([address_key(x)], k -> CASE WHEN regexp_matches(k, '^[a-z0-9][a-z0-9._+-]*@') AND valid_address(k) THEN k END)[1],
       written_keys(CAST(x AS VARCHAR))), chr(10)), k -> k <> '') END`,
  `masked_address(k) AS left(k, 1) || '•••' || CASE WHEN strpos(k, '@') > 0 THEN left(right(k, length(k) - strpos(k, '@') + 1), 254) ELSE '' END`,
  `hash16(x) AS unhex(left(sha256(x), 32))`,
];

/** One a line; NULL when nobody can tell. */
function writtenKeys(text: string): string | null {
  const keys = findAddressesInLine(text);
  return keys === "unreadable" ? null : keys.join("\n");
}

/** What the engine's SQL has beyond DuckDB's: values and ids in one form, the address key, its validity, a masked form. Each uses none but earlier ones. */
const ALL_MACROS = [...VALUE_MACROS, ...IDENTITY_MACROS, ...MACROS].map((text) => ({
  name: text.slice(0, text.indexOf("(")),
  text,
}));
export const MACRO_NAMES: readonly string[] = ALL_MACROS.map(({ name }) => name);
const NAMES = new RegExp(`\\b(?:${MACRO_NAMES.join("|")})\\b`, "giu");
const ATTACHES = /\battach\b/iu;
/** SQL asks for the clock by functions, key words and macros of DuckDB's. A word too many costs a few macros, one too few a clock that runs. */
const ASKS_FOR_CLOCK = /\b(?:now|today|age|ago)\b|current|local|transaction_timestamp|pg_/iu;
const namesIn = (sql: string): string[] => (sql.match(NAMES) ?? []).map((name) => name.toLowerCase());

/**
 * The macros of one database. Creating all of them takes as long as opening it, and most runs use a few, so each is
 * created before the first statement in which its name is found.
 */
export class NeededMacros {
  readonly #missing = new Map(ALL_MACROS.map(({ name, text }) => [name, text]));
  #clock: readonly string[];

  /** `clock`: a clock that stands still for the whole run. */
  constructor(clock: Date) {
    this.#clock = clockMacros(clock);
  }

  /** Creates what a statement needs and is not there yet. */
  async createFor(sql: string, connection: DuckDBConnection): Promise<void> {
    if (this.#missing.size === 0 && this.#clock.length === 0) return;
    const wanted = new Set<string>();
    const attaches = ATTACHES.test(sql);
    // What a database brings along may use macros of its own by these names, and no statement says so.
    if (attaches) for (const name of this.#missing.keys()) wanted.add(name);
    else this.#want(sql, wanted);
    const clock = attaches || ASKS_FOR_CLOCK.test(sql) ? this.#clock : [];
    const texts = ALL_MACROS.flatMap(({ name, text }) => (wanted.has(name) ? [text] : []));
    if (texts.length === 0 && clock.length === 0) return;
    await connection.run(createMacros([...clock, ...texts]));
    // Only now: a statement that is interrupted may have created some of them.
    for (const name of wanted) this.#missing.delete(name);
    if (clock.length > 0) this.#clock = [];
  }

  #want(sql: string, wanted: Set<string>): void {
    for (const name of namesIn(sql)) {
      const text = this.#missing.get(name);
      if (text === undefined || wanted.has(name)) continue;
      wanted.add(name);
      this.#want(text, wanted);
    }
  }
}

/**
 * Temporary macros are found first, also while an attached database is the current one. All in one go, as each round
 * trip costs as much as a macro.
 */
function createMacros(macros: readonly string[]): string {
  return macros.map((macro) => `CREATE OR REPLACE TEMP MACRO ${macro};`).join("\n");
}

/** Functions that would make two evaluations differ; they all answer with the run's clock. */
function clockMacros(clock: Date): string[] {
  const instant = `CAST(${literal(clock.toISOString())} AS TIMESTAMPTZ)`;
  return [
    `now() AS ${instant}`,
    `get_current_timestamp() AS ${instant}`,
    `transaction_timestamp() AS ${instant}`,
    `today() AS CAST(${instant} AS DATE)`,
    `current_date() AS CAST(${instant} AS DATE)`,
    `get_current_time() AS CAST(CAST(${instant} AS TIMESTAMP) AS TIME)`,
    `current_localtimestamp() AS CAST(${instant} AS TIMESTAMP)`,
    `current_localtime() AS CAST(CAST(${instant} AS TIMESTAMP) AS TIME)`,
    // With one argument it counts up to today.
    `age(x) AS system.main.age(CAST(CAST(${instant} AS DATE) AS TIMESTAMP), CAST(x AS TIMESTAMP)), (x, y) AS system.main.age(x, y)`,
  ];
}

/** A function from text (and maybe a second text) to text or NULL; NULL in gives NULL out. */
function textFunction(
  name: string,
  compute: (first: string, second: string | null) => string | null,
): DuckDBScalarFunction {
  const parameters = compute.length;
  return DuckDBScalarFunction.create({
    name,
    returnType: VARCHAR,
    parameterTypes: Array.from({ length: parameters }, () => VARCHAR),
    specialHandling: true,
    mainFunction: (_info, input, output) => {
      const first = input.getColumnVector(0);
      const second = parameters > 1 ? input.getColumnVector(1) : undefined;
      for (let row = 0; row < input.rowCount; row++) {
        const text = first.getItem(row) as string | null;
        output.setItem(
          row,
          text === null ? null : compute(text, (second?.getItem(row) ?? null) as string | null),
        );
      }
      output.flush();
    },
  });
}
