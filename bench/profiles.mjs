// Deterministic profiles for the benchmarks: the same rows on every machine.
import { DuckDBInstance } from "@duckdb/node-api";

const FIRST = ["Anna", "José", "Łukasz", "Zoë", "Jürgen", "Mary", "Søren", "Chloé", "Ivan", "Aiko"];
const LAST = [
  "Müller",
  "García",
  "Nowak",
  "Smith",
  "Dubois",
  "Rossi",
  "Jensen",
  "Novák",
  "Tanaka",
  "O'Neill",
];
const CITY = [
  "Berlin",
  "Madrid",
  "Kraków",
  "London",
  "Paris",
  "Roma",
  "København",
  "Praha",
  "Tokyo",
  "Dublin",
];
const COUNTRY = ["DE", "ES", "PL", "GB", "FR", "IT", "DK", "CZ", "JP", "IE"];

const pick = (list, n) =>
  `(ARRAY[${list.map((text) => `'${text.replaceAll("'", "''")}'`).join(",")}])[1 + ${n}]`;

/**
 * One row per person of `from..to`. `version` changes the score of every
 * person whose number ends in `changed`, so that churn is a chosen share.
 */
export function profilesSql({ from, to, changedEvery = 0 }) {
  const bump = changedEvery === 0 ? "0" : `CASE WHEN i % ${changedEvery} = 0 THEN 1 ELSE 0 END`;
  return `SELECT
      'p' || lower(hex(hash(i)))[1:14] || i || '@mail' || (i % 500) || '.example.com' AS email,
      ${pick(FIRST, "i % 10")} AS first_name,
      ${pick(LAST, "(i // 10) % 10")} || CASE WHEN i % 7 = 0 THEN '-' || (i % 97) ELSE '' END AS last_name,
      '+49 30 ' || (1000000 + (i * 7919) % 8999999) AS phone,
      ${pick(COUNTRY, "(i // 100) % 10")} AS country,
      ${pick(CITY, "(i // 100) % 10")} AS city,
      lpad(CAST(i % 99999 AS VARCHAR), 5, '0') AS postal_code,
      CAST((i * 37) % 1000 + ${bump} AS DOUBLE) / 10 AS score,
      CAST(DATE '2015-01-01' + CAST(i % 3650 AS INTEGER) AS DATE) AS since,
      i % 3 = 0 AS vip
    FROM range(${from}, ${to}) AS people(i)`;
}

/** Writes a CSV or Parquet file of profiles; returns its rows. */
export async function writeProfiles(path, options) {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "2GB" });
  const connection = await instance.connect();
  const format = path.endsWith(".parquet") ? "FORMAT parquet, COMPRESSION zstd" : "FORMAT csv, HEADER true";
  await connection.run(`COPY (${profilesSql(options)}) TO '${path.replaceAll("'", "''")}' (${format})`);
  connection.closeSync();
  instance.closeSync();
  return options.to - options.from;
}
