import { identifier, literal } from "../../plugin/relation.js";
import type { AttributeProgram, ExportProgram } from "../../model/plan/program.js";
import { doubtfulIdSql, idSql } from "./doubtful-ids.js";
import { withoutNullWordSql } from "../../engine/values/null-words.js";
import { oneOfSql } from "../../engine/values/one-of.js";
import { dateSql, numberSql } from "../../engine/values/value-grammar.js";
import { personHashSql } from "../people/person-hash.js";

/** Written into every input hash: a new way of hashing must not look like churn without being noticed. */
const CANONICAL_FORM = 1;

/** `WITH "a" AS (…), …` for a program's segments; empty when there are none. */
export function withSegmentsSql(program: Pick<ExportProgram, "views">): string {
  if (program.views.length === 0) return "";
  return `WITH ${program.views.map(({ name, sql }) => `${identifier(name)} AS (\n${sql}\n)`).join(",\n")}\n`;
}

/** Parts of a program that have SQL, as messages name them. */
export const ID_PART = "match.id";
export const CONSENT_PART = "consent";
export const attributePart = (name: string): string => `attribute ${name}`;

/** How the rows of a segment are read. */
export interface SegmentReading {
  /** SQL: the segment, as it is in FROM. */
  readonly from: string;
  /** SQL of what is meant by the SQL of a part: of one column, one attribute may mean the text, and another what it is. */
  sqlOf(part: string, sql: string): string;
}

/**
 * One row per profile of the export's segments:
 * `key`, `ok` (a valid address), `rank` (order of the segment), `ord` (place
 * within it, equal where its order ties), `person` and the `person_hash` that state keeps of it, `doubt` (why that id may
 * not be the one that was meant), `answer` (what is said of consent) and whether that is `consent`, `v0…` typed values, `k0…` countries of
 * phones, `b0…` values that do not fit (a number that has a value all the same may be another one), `input_hash`.
 * `commas`: places of numbers beside decimal commas.
 */
export function profilesSql(
  program: ExportProgram,
  mappingDigest: string,
  readings: ReadonlyMap<string, SegmentReading> = new Map(),
  commas: ReadonlySet<number> = new Set(),
): string {
  // Named from outside, so that people's SQL cannot mean these names by accident.
  const names = ["rank", "ord", "raw_address", "id", "id_type", "answer"];
  for (const [index, attribute] of program.attributes.entries())
    names.push(`r${index}`, ...(attribute.country === undefined ? [] : [`k${index}`]));
  const parts = program.segments.map(({ view, orderBy }, rank) => {
    const ord = orderBy === undefined ? "0" : `rank() OVER (ORDER BY ${orderBy}\n)`;
    const { from, sqlOf } = readings.get(view) ?? {
      from: identifier(view),
      sqlOf: (_: string, sql: string) => sql,
    };
    const answer =
      program.consent === undefined
        ? "'yes'"
        : consentAnswerSql(`(\n${sqlOf(CONSENT_PART, program.consent)}\n)`);
    const values = program.attributes.map(
      ({ name, sql, country }) =>
        `, ${sqlOf(attributePart(name), sql)}${country === undefined ? "" : `, ${country}`}`,
    );
    const id = program.person === undefined ? "NULL" : sqlOf(ID_PART, program.person);
    return `SELECT ${rank}, ${ord}, ${program.email}, CAST(${id} AS VARCHAR), typeof(${id}),
      ${answer}${values.join("")}
      FROM ${from}`;
  });
  // An export that only gets off its list has no segment.
  if (parts.length === 0)
    parts.push(
      `SELECT 0, 0, NULL::VARCHAR, NULL::VARCHAR, '', 'yes'${", NULL".repeat(names.length - 6)} WHERE false`,
    );
  const texts = program.attributes
    .map(
      ({ type }, index) =>
        `, ${type === "phone" ? printedSql(`r${index}`) : textSql(`r${index}`)} AS t${index}`,
    )
    .join("");
  const values = program.attributes
    .map((attribute, index) => `, ${typedValue(attribute, `r${index}`, `t${index}`)} AS v${index}`)
    .join("");
  const typed = program.attributes
    .map((attribute, index) => typedColumns(attribute, index, commas.has(index)))
    .join("");
  // Each segment for itself: in one column with another's, its values would have the type that fits both.
  const profiles = parts.map(
    (
      part,
    ) => `SELECT key_of_folded(folded) AS key, rank, ord, ${IDENTITY}, answer, answer = 'yes' AS consent${typed}
    FROM (SELECT *${values} FROM (SELECT *, folded_address(raw_address) AS folded${texts} FROM (${part}) AS profile(${names.join(", ")})))`,
  );
  return `${withSegmentsSql(program)}SELECT *, valid_address(key) AS ok, ${personHashSql(program)} AS person_hash, ${inputHash(program, mappingDigest)} AS input_hash FROM (
    ${profiles.join("\nUNION ALL\n")}
  ) AS typed`;
}

/** A missing number is not an id, and one that may stand for several integers says nothing about who somebody is. */
const IDENTITY = `${idSql("id", "id_type")} AS person, ${doubtfulIdSql("id", "id_type")} AS doubt`;

/** SQL: what a value says of consent. */
export function consentAnswerSql(value: string): string {
  return `consent_answer(CAST(${value} AS VARCHAR), typeof(${value}))`;
}

/** SQL: a value as text; none where it is empty. A column of decimals prints 42 as 42.0, which nobody wrote. */
export function textSql(raw: string): string {
  return `nullif(CASE WHEN typeof(${raw}) IN ('DOUBLE', 'FLOAT') THEN regexp_replace(CAST(${raw} AS VARCHAR), '\\.0$', '') ELSE CAST(${raw} AS VARCHAR) END, '')`;
}

/** SQL: a phone number that is a decimal stays one: it has lost what it began with. */
function printedSql(raw: string): string {
  return `nullif(CAST(${raw} AS VARCHAR), '')`;
}

/** SQL: a value as it is sent, before a phone number is looked at. */
export function valueSql(attribute: AttributeProgram, raw: string): string {
  return typedValue(attribute, raw, attribute.type === "phone" ? printedSql(raw) : textSql(raw));
}

/** SQL: whether there is a value, of something else than a phone number, which is not sent as it does not fit. */
export function misfitSql(attribute: AttributeProgram, raw: string): string {
  return `${textSql(raw)} IS NOT NULL AND ${valueSql(attribute, raw)} IS NULL`;
}

/** The typed value, whether the written one does not fit, and a phone's country. */
function typedColumns(attribute: AttributeProgram, index: number, besideCommas: boolean): string {
  const doubtful = besideCommas
    ? ` OR typeof(r${index}) = 'VARCHAR' AND may_be_thousands(trim(t${index}))`
    : "";
  const bad = canMisfit(attribute) ? `t${index} IS NOT NULL AND (v${index} IS NULL${doubtful})` : "false";
  const phone = attribute.country === undefined ? "" : `, k${index}`;
  return `, v${index}, ${bad} AS b${index}${phone}`;
}

/** A value of a column that has a type is of that type; any other is read by a grammar of ours, as the engine's casts guess. */
function typedValue(attribute: AttributeProgram, raw: string, text: string): string {
  const { type, choices, maxLength, format, decimal } = attribute;
  switch (type) {
    case "text": {
      const value = withoutNullWordSql(text);
      return maxLength === undefined ? value : `CASE WHEN length(${text}) <= ${maxLength} THEN ${value} END`;
    }
    case "choice":
      return choices.length === 0
        ? withoutNullWordSql(text)
        : `CASE WHEN ${oneOfSql(text, choices)} THEN ${text} END`;
    case "phone":
      return `nullif(trim(${text}), '')`;
    case "number":
      return `CASE WHEN typeof(${raw}) IN ('DOUBLE', 'FLOAT', 'BIGINT', 'INTEGER', 'SMALLINT', 'TINYINT', 'BOOLEAN')
        THEN finite_number(TRY_CAST(${raw} AS DOUBLE)) ELSE ${numberSql(`trim(${text})`, decimal)} END`;
    case "date":
      return `CASE WHEN typeof(${raw}) = 'DATE' OR starts_with(typeof(${raw}), 'TIMESTAMP') THEN TRY_CAST(${raw} AS DATE) ELSE ${dateSql(`trim(${text})`, format)} END`;
    case "boolean":
      return `CASE WHEN typeof(${raw}) = 'BOOLEAN' THEN TRY_CAST(${raw} AS BOOLEAN) ELSE truth_of(trim(${text})) END`;
  }
}

function canMisfit({ type }: AttributeProgram): boolean {
  return type !== "phone";
}

/** Hash of the typed values, so that the same data from CSV and from Parquet is the same. */
function inputHash(program: ExportProgram, mappingDigest: string): string {
  const parts = program.attributes.flatMap((attribute, index) => [
    `CASE WHEN b${index} THEN 'b' ELSE coalesce('v' || CAST(v${index} AS VARCHAR), 'n') END`,
    ...(attribute.country === undefined ? [] : [`coalesce(k${index}, '')`]),
  ]);
  return `hash16(concat_ws(chr(31), ${[literal(`${CANONICAL_FORM}:${mappingDigest}`), ...parts].join(", ")}))`;
}

/** Addresses of the program's suppressions, one column `key`. */
export function suppressedSql(program: ExportProgram): string | undefined {
  if (program.suppressions.length === 0) return undefined;
  const parts = program.suppressions.map(
    ({ view, email }) => `SELECT unnest(named_keys(${email})) AS key FROM ${identifier(view)}`,
  );
  return `${withSegmentsSql(program)}${parts.join(" UNION ")}`;
}

/**
 * The candidates' final values: `a0…` what is sent, `c0…` whether an empty value
 * clears. Phones are parsed here and nowhere else, because that is the only
 * costly normalisation.
 */
export function finalColumnsSql(program: ExportProgram, from: string): string[] {
  return program.attributes.flatMap((attribute, index) => {
    const value = `${from}.v${index}`;
    const final = finalValue(attribute, value, `${from}.b${index}`, `${from}.k${index}`);
    const clears = attribute.nulls === "clear" ? `${value} IS NULL AND NOT ${from}.b${index}` : "false";
    return [`${final} AS a${index}`, `${clears} AS c${index}`];
  });
}

function finalValue({ type }: AttributeProgram, value: string, misfits: string, country: string): string {
  if (type === "phone") return `e164(${value}, ${country})`;
  return type === "number" ? `CASE WHEN NOT ${misfits} THEN ${value} END` : value;
}

/** A small fingerprint per attribute, only to show which fields changed. */
export function fingerprintsSql(program: ExportProgram): string {
  if (program.attributes.length === 0) return "CAST([] AS USMALLINT[])";
  return `[${program.attributes.map((_, index) => `CAST(hash(a${index}) & 65535 AS USMALLINT)`).join(", ")}]`;
}
