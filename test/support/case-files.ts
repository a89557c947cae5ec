import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { TestResult } from "../../src/model/reports/test-result.js";
import { test as runTests, type TestRun } from "../../src/usecases/test.js";

/** A config with two vendors whose keys and addresses lead nowhere, and sources whose files are not there. */
export const CONFIG = `version: 1
timezone: Europe/Berlin
connections:
  news: {type: brevo, apiKey: {env: NO_SUCH_KEY}, baseUrl: "http://127.0.0.1:9/v3"}
  shop: {type: sendgrid, apiKey: {file: no-such-file}}
  box: {type: file, path: lists}
state: {path: no-state}
sources:
  crm: {type: files, path: "no-such/*.csv", columns: {zip: text}, minimumRows: 100}
  events: {type: files, path: "no-such/*.jsonl"}
  orders: {type: duckdb, path: no-such.duckdb, table: orders}
suppressions: [blocked]
segments:
  dach: {source: crm, where: "country in ('DE', 'AT', 'CH')", orderBy: updated desc}
  blocked: {addresses: no-such.txt}
  recent: {sql: "select * from crm where cast(updated as date) > today() - 30"}
  buyers: {sql: "select email, sum(total) as spent from orders group by email having sum(total) > 100"}
exports:
  weekly:
    connection: news
    list: 7
    segments: [dach]
    match: {email: email, id: id}
    consent: consent
    mode: mirror
    attributes:
      firstName: first
      PHONE: {column: phone, type: phone, defaultCountry: DE}
      CITY: {column: city, nulls: clear}
      BORN: {column: born, type: date}
      VIP: {column: consent, type: boolean}
      TIER: {column: tier, type: choice, choices: [gold, silver]}
  letter:
    connection: shop
    list: {name: Buyers}
    segments: [buyers]
    match: {email: email}
    mode: upsert
    attributes: {SPENT: {column: spent, type: number}}
  copy: {connection: box, list: dach, segments: [dach], match: {email: email}, mode: add-only}
`;

export const ROWS = `now: 2026-11-28T08:00:00Z
sources:
  crm:
    - {id: 1, email: " Anna@Example.com ", first: Anna, country: DE, zip: "01067", phone: 030 901820, city: Dresden, born: 1990-02-03, tier: gold, consent: true, updated: 2026-11-01 10:00:00}
    - {id: 2, email: ben@example.com, first: Ben, country: AT, consent: false, updated: 2026-10-01 10:00:00}
    - {id: 3, email: carl@example.com, first: Carl, country: US, consent: true, updated: 2026-11-20 10:00:00}
    - {id: 4, email: not an address, first: Dora, country: CH, consent: true, updated: 2026-01-01 10:00:00}
`;

/** A folder with these files, gone after the test. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "rollcall-cases-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ "exports.config.yaml": CONFIG, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Runs the cases of one file beside a config. */
export async function runCases(text: string, config = CONFIG): Promise<TestRun> {
  const results: TestResult[] = [];
  const cwd = await folderWith({ "exports.config.yaml": config, "a.test.yaml": text });
  return runTests({ cwd, onResult: (result) => results.push(result), signal: new AbortController().signal });
}

/** What failed, as `case: message` and its lines. */
export function failuresOf({ results, diagnostics }: TestRun): string[] {
  if (results === undefined) return diagnostics.map(({ code, message }) => `${code}: ${message}`);
  return results.flatMap(({ name, failures }) =>
    failures.map(({ expectation, message, expected, got }) =>
      [
        `${name}: ${expectation}: ${message}`,
        ...expected.map((line) => `- ${line}`),
        ...got.map((line) => `+ ${line}`),
      ].join("\n"),
    ),
  );
}
