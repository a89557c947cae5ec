import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { numbered } from "../support/people.js";
import { csvOf, type Row, type Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;

beforeEach(async () => {
  story = await openStory("file", { weekly: { attributes: { firstName: "name" } } });
});
afterEach(() => story.stop());

const people = (from: number, count: number): Row[] =>
  numbered(from, from + count - 1).map((row, index) => ({ ...row, name: `Name${from + index}` }));
const configure = (source: Yaml = {}, weekly: Yaml = {}, all: Yaml = {}): Promise<void> =>
  story.configure(weekly, {
    sources: { crm: { type: "files", path: "d/*.csv", ...source } },
    segments: { all: { source: "crm", ...all } },
  });

test("a file that is damaged beside sound ones removes nobody, whatever happened to it", async () => {
  await story.write("d/a.csv", csvOf(people(0, 20)));
  await story.write("d/b.csv", csvOf(people(20, 3)));
  await configure();
  expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 23 });
  const bad: readonly (string | Uint8Array)[] = [
    "",
    "<html><body>503 Service Unavailable</body></html>\n",
    '{"error":"unauthorized"}\n',
    "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
    "p20@example.com,Name20\np21@example.com,Name21\n",
    csvOf(people(20, 3)).replace("email", "E-Mail"),
    csvOf(people(20, 3))
      .replace("email,name", "email,name,newsletter")
      .replaceAll(/(Name\d+)/g, "$1,"),
    Buffer.from(csvOf(people(20, 3)), "utf16le"),
    gzipSync(csvOf(people(20, 3))),
  ];
  for (const content of bad) {
    await story.write("d/b.csv", content);
    const { status, removed, error } = await story.applyOf("weekly");
    expect([status, removed], String(content).slice(0, 40)).toEqual(["failed", 0]);
    expect(error?.message).toContain("b.csv");
    expect(error?.message).not.toMatch(/p2\d@|Name2/);
  }
  expect(await story.members()).toHaveLength(23);
  await story.write("d/b.csv", csvOf(people(20, 3), [], ";"));
  expect(await story.applyOf("weekly")).toMatchObject({ status: "unchanged" });
});

test("rows that lost their address in bulk are not leavers", async () => {
  await story.write("d/a.csv", csvOf(people(0, 20)));
  await configure();
  await story.apply();
  const bare = people(0, 20).map((row, index) => (index < 3 ? { ...row, email: "" } : row));
  await story.write("d/a.csv", csvOf(bare));
  const { planned: plan, result } = await story.planAndApply("weekly");
  expect(plan.checks.filter(({ status }) => status === "failed")).toMatchObject([
    { name: "missing-addresses", message: expect.stringContaining("3 of 20 delivered members") },
  ]);
  expect(result).toMatchObject({ status: "refused", removed: 0 });
  expect(await story.members()).toHaveLength(20);

  // People who went, beside as many rows that never had an address, are leavers.
  const others = ["x", "y", "z"].map((name) => ({ email: "", name }));
  await story.write("d/a.csv", csvOf([...people(3, 17), ...others]));
  expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 3 });
});

describe("a column is found by its exact name", () => {
  const header = '"E-Mail (privat)","Kunden-Nr","Newsletter ja/nein","Last Seen",name';

  test("wherever a column may be named", async () => {
    await story.write(
      "d/a.csv",
      `${header}\nann@example.com,1,yes,2024-01-01,Old\nann@example.com,1,yes,2024-05-01,New\nben@example.com,2,no,2024-01-01,Ben\nleft@example.com,3,yes,2024-01-01,Left\n`,
    );
    await story.write("left.csv", "Kontakt-Adresse\nleft@example.com\n");
    await story.config({
      sources: {
        crm: { type: "files", path: "d/*.csv", columns: { "Kunden-Nr": "text" } },
        left: { type: "files", path: "left.csv" },
      },
      segments: {
        all: { source: "crm", orderBy: "Last Seen desc", email: "E-Mail (privat)", exclude: ["gone"] },
        gone: { source: "left", email: "Kontakt-Adresse" },
      },
      exports: {
        weekly: story.weekly({
          match: { email: "E-Mail (privat)", id: "Kunden-Nr" },
          consent: "Newsletter ja/nein",
          attributes: { firstName: "name", number: "Kunden-Nr" },
        }),
      },
    });
    const { planned: plan } = await story.planAndApply("weekly");
    expect(plan).toMatchObject({ error: undefined, counts: { add: 1, heldBack: { "no consent": 1 } } });
    expect(await story.stored("ann")).toMatchObject({
      firstName: "New",
      number: "1",
    });
    expect(await story.members()).toEqual(["ann"]);
  });

  test("whatever the format of the file", async () => {
    const csv = `"e.mail","№ id","Größe > 3?","Last-Seen, zuletzt",name\nann@example.com,1,yes,2024-01-01,Old\nann@example.com,1,yes,2024-05-01,New\nben@example.com,2,no,2024-01-01,Ben\n`;
    await story.write("in.csv", csv);
    const rows = `(SELECT * FROM read_csv('${join(story.folder, "in.csv")}', all_varchar = true))`;
    const to = (name: string): string => `'${join(story.folder, name)}'`;
    const database = await DuckDBInstance.create(":memory:");
    const connection = await database.connect();
    for (const sql of [
      `COPY ${rows} TO ${to("p.parquet")}`,
      `COPY ${rows} TO ${to("p.jsonl")}`,
      `COPY ${rows} TO ${to("p.json")} (ARRAY true)`,
      `COPY ${rows} TO ${to("p.jsonl.zst")} (COMPRESSION zstd)`,
      `COPY ${rows} TO ${to("p.csv.zst")} (COMPRESSION zstd, HEADER true)`,
      `ATTACH ${to("p.db")} AS d`,
      `CREATE TABLE d.crm AS FROM ${rows}`,
    ])
      await connection.run(sql);
    connection.closeSync();
    database.closeSync();
    for (const path of ["p.parquet", "p.jsonl", "p.json", "p.jsonl.zst", "p.csv.zst", "p.db"]) {
      await story.config({
        sources: {
          crm: { path, ...(path === "p.db" ? { type: "duckdb", table: "crm" } : { type: "files" }) },
        },
        segments: {
          all: { source: "crm", orderBy: "Last-Seen, zuletzt desc", email: "e.mail" },
          named: { sql: `SELECT *, "№ id" AS "Kunden (Nr)" FROM "all"`, orderBy: "Last-Seen, zuletzt desc" },
        },
        exports: {
          weekly: story.weekly({
            segments: ["named"],
            match: { email: "e.mail", id: "Kunden (Nr)" },
            consent: "Größe > 3?",
          }),
        },
      });
      const { status, error } = await story.applyOf("weekly");
      expect([status, error], path).toEqual([path === "p.parquet" ? "succeeded" : "unchanged", undefined]);
    }
    expect(await story.members()).toEqual(["ann"]);
    expect(await story.stored("ann")).toMatchObject({ firstName: "New" });
  });

  test("also when it is a keyword of SQL or contains SQL syntax", async () => {
    await story.write(
      "d/a.csv",
      `select,user,group,order,"from (x)",it's,"desc, limit"\nann@example.com,1,yes,1,1,1,Old\nann@example.com,1,yes,1,1,2,New\nben@example.com,2,no,2,1,1,Ben\nleft@example.com,3,yes,1,1,1,Left\n`,
    );
    await story.write("d/gone.txt", "order,where\nleft@example.com,x\n");
    await story.config({
      sources: {
        crm: { type: "files", path: "d/*.csv" },
        left: { type: "files", path: "d/gone.txt", format: "csv" },
      },
      segments: {
        all: { source: "crm", orderBy: "order, from (x) desc nulls last,it's DESC", exclude: ["gone"], email: "select" }, // prettier-ignore
        gone: { source: "left", email: "order" },
      },
      exports: {
        weekly: story.weekly({
          match: { email: "select", id: "user" },
          consent: "group",
          attributes: { firstName: "desc, limit" },
        }),
      },
    });
    const validated = await rollcall(["validate"], { cwd: story.folder });
    expect([validated.code, validated.stderr]).toEqual([0, expect.not.stringContaining("error")]);
    const { planned: plan } = await story.planAndApply("weekly");
    expect(plan).toMatchObject({ error: undefined, counts: { add: 1, heldBack: { "no consent": 1 } } });
    expect(await story.stored("ann")).toMatchObject({ firstName: "New" });
  });

  test("while SQL stays SQL", async () => {
    await story.write("d/a.csv", "email,a,b,name\nANN@example.com,3,1,Ann\n");
    await configure(
      {},
      { match: { email: "lower(email)", id: "a - b" }, consent: "a > b" },
      { orderBy: "a-b desc" },
    );
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 1 });
  });

  test("a name with an invisible character is shown so that it can be seen", async () => {
    await story.write("d/a.csv", "email\u200b,name\nann@example.com,Ann\n");
    await configure();
    const { error } = await story.planOf("weekly");
    expect(`${error?.message} ${error?.hint}`).toContain("email\\u{200b}");
  });
});

test.each([
  ["Emil Geheim\nann@example.com\n", {}, "names no column `email`"],
  ["Emil;1980-01-01\nann@example.com;\n", { column: "Email" }, "names no column `email`"],
  ["Emil;Emil\nann@example.com;\n", { column: "emil" }, "gives every name to more than one column"],
  ["Emil;x\nann@example.com;\n", { email: "lower(emial)" }, "names no column `emial`"],
])(
  "a file of addresses whose first line is an address is refused without quoting it",
  async (text, gone, why) => {
    await story.write("d/a.csv", csvOf(people(0, 2)));
    await story.write("gone.csv", text);
    await configure();
    await story.config({
      ...(await story.read("exports.config.yaml").then((yaml) => JSON.parse(yaml) as Yaml)),
      segments: { all: { source: "crm" }, gone: { addresses: "gone.csv", ...gone } },
      suppressions: ["gone"],
    });
    for (const words of [["plan", "--reveal"], ["validate"]]) {
      const { stdout, stderr } = await rollcall(words, { cwd: story.folder });
      expect(stdout + stderr).not.toMatch(/Emil|1980/u);
    }
    const { error } = await story.planOf("weekly");
    expect(error?.message).toContain(why);
    expect(error?.message).toMatch(/gone\.csv \(line 1\)|line 1 of gone\.csv/u);
  },
);

test("a column that no file has is reported with the file, or with the source of several files", async () => {
  const named = { match: { email: "emial" } };
  await story.write("d/a.csv", csvOf(people(0, 2)));
  await configure({}, named);
  expect((await story.planOf("weekly")).error).toMatchObject({
    message: 'Segment "all", match.email: There is no column "emial" in a.csv (line 1).',
    hint: 'Columns with a similar name: "email".',
  });
  await configure({}, {}, { orderBy: "seen desc" });
  expect((await story.planOf("weekly")).error).toMatchObject({
    message: 'Segment "all", orderBy: There is no column "seen" in a.csv (line 1).',
    hint: "Its columns are email, name.",
  });
  await story.write("d/a.csv", "email,name,Name\nann@example.com,A,B\n");
  await configure();
  expect((await story.planOf("weekly")).error?.message).toBe(
    'Segment "all", attribute firstName: More than one column is called "name" in a.csv (line 1).',
  );
  await story.write("d/b.csv", "email,name,Name\nann@example.com,A,B\n");
  await configure({}, named);
  expect((await story.planOf("weekly")).error?.message).toContain('"emial" in source "crm".');
});

test("a number whose comma may separate thousands is not sent, and is counted as such", async () => {
  await story.write("d/a.csv", "email;name\nann@example.com;1.234\nben@example.com;1,5\n");
  const points = { type: "number", column: "name" };
  await configure({}, { attributes: { points } });
  const { badValues, samples } = await story.planOf("weekly", { reveal: true });
  const doubt = "a thousand or a decimal, beside decimal commas; say `decimal`";
  const at = (line: number) => ({ column: "name", first: { of: "value", file: "a.csv", line } });
  expect(badValues).toMatchObject([
    { attribute: "points", reason: "not a number", count: 1, ...at(3) },
    { attribute: "points", reason: doubt, count: 1, ...at(2) },
  ]);
  expect(JSON.stringify(samples)).toContain(doubt);
  await configure({}, { attributes: { points: { ...points, decimal: "." } } });
  expect((await story.planOf("weekly")).badValues).toMatchObject([{ reason: "not a number", count: 1 }]);
});

test('a word such as "null" is counted and not sent, and a header that looks like data is not printed', async () => {
  await story.write("d/a.csv", "email,name\nann@example.com,NULL\nben@example.com,Ben\n");
  await configure();
  const { badValues } = await story.planOf("weekly");
  expect(badValues).toMatchObject([{ attribute: "firstName", count: 1 }]);
  await configure({ nullValues: ["NULL"] });
  expect((await story.planOf("weekly")).badValues).toEqual([]);

  await rm(join(story.folder, "d/a.csv"));
  await story.write("d/b.csv", "ann@example.com,Ann\nben@example.com,Ben\n");
  await configure();
  const { error } = await story.planOf("weekly");
  expect(error?.message).toContain("line 1 of b.csv looks like data");
  expect(JSON.stringify(error)).not.toMatch(/ann|Ann/);
  await configure({ header: false, columnNames: ["email", "name"] });
  expect((await story.planOf("weekly")).counts).toMatchObject({ add: 2 });
});
