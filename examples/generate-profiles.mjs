// Writes customer profiles that look like real ones: many countries, names in their own scripts,
// broken addresses and phones, several profiles with one address. The same arguments give the same
// rows on every machine. Nobody in it exists: all domains are reserved for examples (RFC 2606).
//
//   node examples/generate-profiles.mjs --rows 1000000 --out data [--seed 1] [--churn 0.01] [--format csv|parquet] [--files 4]
//
// With --churn, that share of people has left, as many have changed, and as many are new, compared
// with the same call without it.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { COUNTRIES, DOMAINS } from "./people.mjs";

/**
 * @param {object} options
 * @param {number} options.rows people before churn
 * @param {string} options.folder where `profiles-1.csv` … are written; made when missing
 * @param {number} [options.seed]
 * @param {number} [options.churn] share of people who left, changed, and joined
 * @param {"csv" | "parquet"} [options.format]
 * @param {number} [options.files]
 */
export async function generateProfiles({ rows, folder, seed = 1, churn = 0, format = "csv", files = 2 }) {
  await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  try {
    for (const statement of vocabulary()) await connection.run(statement);
    await connection.run(`create table profiles as ${profilesQuery({ rows, seed, churn })}`);
    const options = format === "csv" ? "(format csv, header)" : "(format parquet, compression zstd)";
    for (let file = 1; file <= files; file++) {
      const target = literal(join(folder, `profiles-${file}.${format}`));
      const part = `select * exclude (i) from profiles where i % ${files} = ${file - 1} order by i`;
      await connection.run(`copy (${part}) to ${target} ${options}`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const list = (texts) => `[${texts.map(literal).join(", ")}]`;
/**
 * A number that looks random but is always the same for a profile (or person)
 * and a purpose. One argument to hash(): several are combined too simply to be
 * independent of each other.
 */
const draw = (who, purpose) => `hash(${who}::bigint * 4294967296 + seed::bigint * 65536 + ${fnv(purpose)})`;
/** FNV-1a, folded to 16 bits. */
const fnv = (text) => {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return (value ^ (value >>> 16)) & 0xffff;
};
/** One number in 0 … size-1 for each profile and purpose, from the profile's number alone. */
const pick = (purpose, size) => `(${draw("i", purpose)} % ${size})::integer`;
/** The same for each person: several profiles may be one person's. */
const pickWho = (purpose, size) => `(${draw("who", purpose)} % ${size})::integer`;
const one = (purpose, texts) => `${list(texts)}[1 + ${pick(purpose, texts.length)}]`;
/** True for about so many of a thousand profiles. */
const perMille = (purpose, share) => `(${pick(purpose, 100000)} < ${Math.round(share * 100)})`;
/** `#` in a pattern becomes a digit. */
const TEMPLATE_DIGITS = 10;
const template = (pattern) => pattern.replaceAll("#", "{}");
const filled = (purpose, column) => {
  const number = `lpad((${draw("i", purpose)} % 10000000000)::varchar, ${TEMPLATE_DIGITS}, '0')`;
  const digits = Array.from({ length: TEMPLATE_DIGITS }, (_, k) => `substr(${number}, ${k + 1}, 1)`);
  return `format(${column}, ${digits.join(", ")})`;
};

/** Small tables that profiles are joined from: a row a country, and a row a name, place and phone pattern. */
function vocabulary() {
  const table = (name, columns, rows) =>
    `create table ${name} as select * from (values ${rows.map((row) => `(${row.join(", ")})`).join(",\n")}) as t(${columns})`;
  const each = (row) => COUNTRIES.flatMap((country, n) => row(country).map((values, k) => [n, k, ...values]));
  return [
    table(
      "countries",
      "n, code, firsts, lasts, places, phones",
      COUNTRIES.map((c, n) => [
        n,
        literal(c.code),
        c.first.length,
        c.last.length,
        c.places.length,
        c.phones.length,
      ]),
    ),
    table(
      "firsts",
      "n, k, native, roman",
      each((c) => c.first.map((name, k) => [literal(name), literal((c.romanFirst ?? c.first)[k])])),
    ),
    table(
      "lasts",
      "n, k, native, roman",
      each((c) => c.last.map((name, k) => [literal(name), literal((c.romanLast ?? c.last)[k])])),
    ),
    table(
      "places",
      "n, k, city, state, post",
      each((c) =>
        c.places.map(([city, state, post]) => [literal(city), literal(state), literal(template(post))]),
      ),
    ),
    table(
      "phones",
      "n, k, pattern",
      each((c) => c.phones.map((pattern) => [literal(template(pattern))])),
    ),
  ];
}

function profilesQuery({ rows, seed, churn }) {
  const share = churn * 1000;
  const total = Math.round(rows * (1 + churn));
  const old = (purpose) => (churn === 0 ? "false" : `(i < ${rows} and ${perMille(purpose, share)})`);
  const ascii = (column) =>
    `regexp_replace(lower(strip_accents(translate(replace(${column}, 'ß', 'ss'), 'łŁıøØđ', 'lLioOd'))), '[^a-z0-9]', '', 'g')`;
  return `
  with people as (
    select *, ${pickWho("country", COUNTRIES.length)} as country_n from (
      select i, seed, ${old("moved")} as moved,
        -- Three of a hundred profiles are another profile of the person before them.
        case when ${perMille("double", 30)} and i > 0 then i - 1 else i end as who
      from (select range as i, ${seed} as seed from range(${total})) where not ${old("left")}
    )
  ),
  drawn as (
    select p.*, c.n, c.code,
      ${pickWho("first", "c.firsts")} as first_k,
      ${pickWho("last", "c.lasts")} as last_k,
      (case when moved then ${pick("moved to", "c.places")} else ${pickWho("place", "c.places")} end) as place_k,
      ${pick("phone form", "c.phones")} as phone_k
    from people p join countries c on c.n = country_n
  ),
  written as (
    select d.*, f.native as first_native, l.native as last_native, place.city, place.state, place.post, phone.pattern,
      ${ascii("f.roman")} || '.' || ${ascii("l.roman")} || who || '@' || ${list(DOMAINS)}[1 + ${pickWho("domain", DOMAINS.length)}] as address
    from drawn d
    join firsts f on f.n = d.n and f.k = first_k
    join lasts l on l.n = d.n and l.k = last_k
    join places place on place.n = d.n and place.k = place_k
    join phones phone on phone.n = d.n and phone.k = phone_k
  )
  select i,
    printf('C%08d', i) as customer_id,
    case
      when ${perMille("no address", 4)} then null
      when ${perMille("broken address", 6)} then
        case ${pick("breakage", 5)}
          when 0 then replace(address, '@', ' at ')
          when 1 then replace(address, '@', '@@')
          when 2 then split_part(address, '@', 1)
          when 3 then replace(address, '.', '..')
          else address || '.' end
      when ${perMille("shouted", 20)} then upper(address)
      when ${perMille("spaced", 10)} then ' ' || address || ' '
      else address
    end as email,
    case when ${perMille("no name", 15)} then null else first_native end as first_name,
    case when ${perMille("no name", 15)} then null else last_native end as last_name,
    code as country,
    nullif(state, '') as state,
    city,
    ${filled("post", "post")} as postal_code,
    case
      when ${perMille("no phone", 250)} then null
      when ${perMille("broken phone", 12)} then ${one("phone breakage", ["n/a", "0", "12345", "ask for extension", "+00 000 000", "555-CALL-NOW"])}
      else ${filled("phone", "pattern")}
    end as phone,
    (date '1940-01-01' + ${pick("birthday", 24000)}) as birthday,
    round(${pick("score", 10000)} / 100.0 + case when moved then 1 else 0 end, 2) as score,
    ${one("tier", ["bronze", "bronze", "bronze", "silver", "silver", "gold"])} as tier,
    case when ${perMille("odd spend", 2)} then 'unknown'
      else (${pick("spend", 500000)} / 100.0)::decimal(10, 2)::varchar end as spend,
    ${pick("vip", 20)} = 0 as vip,
    ${perMille("consent", 920)} as newsletter_consent,
    case when moved then timestamp '2026-11-21 09:00:00'
      else timestamp '2024-01-01 00:00:00' + to_seconds(${pick("updated", 80000000)}) end as updated_at
  from written`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "10000" },
      out: { type: "string", default: "data" },
      seed: { type: "string", default: "1" },
      churn: { type: "string", default: "0" },
      format: { type: "string", default: "csv" },
      files: { type: "string", default: "2" },
    },
  });
  await generateProfiles({
    rows: Number(values.rows),
    folder: values.out,
    seed: Number(values.seed),
    churn: Number(values.churn),
    format: values.format === "parquet" ? "parquet" : "csv",
    files: Number(values.files),
  });
}
