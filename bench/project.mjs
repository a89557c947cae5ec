// A project of one export with eight attributes, as a user would write it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const ATTRIBUTES = `
      firstName: first_name
      lastName: last_name
      phone: {column: phone, countryColumn: country}
      country: country
      city: city
      postalCode: postal_code
      SCORE: {column: score, type: number}
      SINCE: {column: since, type: date}`;

export async function writeProject(folder, { type, url, boolean = false, source = "profiles.csv" }) {
  const attributes = boolean
    ? ATTRIBUTES.replace("SINCE: {column: since, type: date}", "VIP: {column: vip, type: boolean}")
    : ATTRIBUTES;
  await writeFile(
    join(folder, "exports.config.yaml"),
    `version: 1
connections:
  destination:
    type: ${type}
    apiKey: {env: BENCH_KEY}
    baseUrl: ${url}
    rateLimits: none
    contract: {contacts: 5000000}
    dataPrivacy: {agreed: true, by: Benchmark, on: 2026-11-01}
sources:
  people: {type: files, path: ${source}}
segments:
  everyone: {source: people}
exports:
  everyone:
    connection: destination
    list: {name: Everyone, create: true}
    segments: [everyone]
    match: {email: email}
    createMissing: true
    attributes:${attributes}
`,
  );
}
