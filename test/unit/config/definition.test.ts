import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { definitionOf } from "../../../src/config/definition.js";
import { configOfText } from "./support.js";

const text = `version: 1
connections:
  mail:
    type: brevo
    apiKey: {env: TOP_SECRET_VARIABLE}
    dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}
    suppressions: [staff]
sources:
  crm: {type: files, path: data/*.csv, columns: {zip: text, age: number}}
  other: {type: duckdb, path: other.duckdb, table: people}
segments:
  all: {sql: "select * from Germans join vip using (id)", exclude: [gone]}
  germans: {source: crm, where: "country = 'DE'"}
  vip: {sql: select * from crm where vip}
  gone: {addresses: gone.csv}
  staff: {addresses: staff.csv}
  unrelated: {source: other}
suppressions: [gone]
exports:
  weekly:
    displayName: Weekly
    connection: mail
    list: 12
    segments: [all]
    match: {email: email}
    attributes: {firstName: first, phone: {column: tel, defaultCountry: DE}}
    schedule: {cron: 0 6 * * *}
  other: {connection: mail, list: 13, segments: [unrelated], match: {email: email}}
`;

async function weekly(source: string): Promise<{ text: string; digest: string; folder: string }> {
  const config = await configOfText(source);
  const item = config.exports.get("weekly");
  if (item === undefined) throw new Error("no export");
  return { ...definitionOf(item, config), folder: config.folder };
}

interface Shown {
  readonly definitions: { readonly segments: object; readonly sources: Record<string, { paths: string[] }> };
}

describe("the definition of an export", () => {
  test("holds everything that it depends on and nothing else", async () => {
    const { text: shown } = await weekly(text);
    const { definitions } = parse(shown) as Shown;
    expect(Object.keys(definitions.segments)).toEqual(["all", "germans", "gone", "staff", "vip"]);
    expect(Object.keys(definitions.sources)).toEqual(["crm"]);
    expect(definitions.sources["crm"]?.paths).toEqual(["data/*.csv"]);
  });

  test("is the same for both forms of a declared column, and another for how it is written", async () => {
    const short = await weekly(text);
    expect(short.text).toContain("age: number\n");
    const written = (zip: string, age: string): string =>
      text.replace("columns: {zip: text, age: number}", `columns: {zip: ${zip}, age: ${age}}`);
    expect(await weekly(written("{type: text}", "{type: number}"))).toMatchObject({ digest: short.digest });
    const { digest } = await weekly(written("text", '{type: number, decimal: ","}'));
    expect(digest).not.toBe(short.digest);
  });

  test("holds no secret reference and no absolute path", async () => {
    const { text: shown, folder } = await weekly(text);
    expect(shown).not.toContain("TOP_SECRET_VARIABLE");
    expect(shown).not.toContain(folder);
    expect(shown).not.toMatch(/(^|\s)\//m);
  });

  test("is the same wherever the config lies and however it is written", async () => {
    const reordered = text
      .replace("{column: tel, defaultCountry: DE}", "{defaultCountry: DE,   column: tel}")
      .replace("columns: {zip: text, age: number}", 'columns: {"age": number, zip: text}')
      .replace("firstName: first, ", "")
      .replace("attributes: {", "attributes: {firstName: {column: first}, ")
      .replace("exports:", "# the exports\nexports:");
    expect((await weekly(reordered)).text).toBe((await weekly(text)).text);
    expect((await weekly(text)).digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["displayName: Weekly", "displayName: Every week"],
    ["0 6 * * *", "0 7 * * *"],
    ["TOP_SECRET_VARIABLE", "OTHER"],
    ["unrelated: {source: other}", "unrelated: {source: other, where: x}"],
  ])("does not change with %s", async (from, to) => {
    expect((await weekly(text.replace(from, to))).digest).toBe((await weekly(text)).digest);
  });

  test.each([
    ["country = 'DE'", "country = 'FR'"],
    ["gone.csv", "gone2.csv"],
    ["staff.csv", "staff2.csv"],
    ["data/*.csv", "data2/*.csv"],
    ["where vip", "where vip > 1"],
    ["age: number", "age: text"],
    ["list: 12", "list: 14"],
    ["defaultCountry: DE", "defaultCountry: AT"],
    ["firstName: first", "firstName: given"],
    ["list: 12", "consent: yes_please\n    list: 12"],
    ["list: 12", "mode: upsert\n    list: 12"],
    ["list: 12", "safeguards: {allowEmpty: true}\n    list: 12"],
    ["suppressions: [gone]\n", "suppressions: []\n"],
    ["version: 1\n", "version: 1\ntimezone: Europe/Berlin\n"],
  ])("changes with %s → %s", async (from, to) => {
    expect((await weekly(text.replace(from, to))).digest).not.toBe((await weekly(text)).digest);
  });
});
