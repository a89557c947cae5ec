import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findFirstRow } from "../../../src/engine/load/first-row.ts";
import { rowInWords } from "../../../src/model/words/place.ts";
import type { FilesSource } from "../../../src/sources/files/files-source.ts";
import { literal } from "../../../src/plugin/relation.ts";
import { sharedEngine, withEngine } from "../../support/engine.ts";
import { loadFiles } from "./support.ts";

const opened = sharedEngine();
let made = 0;

/** Loads files and says where the row of each of these values of a column stands. */
async function placesOf(
  contents: Readonly<Record<string, string | Buffer>>,
  values: readonly string[],
  { column = "v", ...options }: Partial<FilesSource> & { column?: string } = {},
  folders = opened(),
): Promise<(string | undefined)[]> {
  const name = `placed_${(made += 1)}`;
  await loadFiles(folders, contents, { ...options, name });
  const source = folders.engine.typedSources.get(name);
  if (source === undefined) throw new Error("the source is not there");
  const found: (string | undefined)[] = [];
  for (const value of values) {
    const condition = `trim(CAST("${column}" AS VARCHAR)) = ${literal(value)}`;
    const row = await findFirstRow(folders.engine, source.rows, { condition, columns: [column] });
    found.push(row && rowInWords(row));
  }
  return found;
}

test("a row of CSV is told by its line, whatever stands before it", async () => {
  const text =
    'email,v\na@x.org,"one\nand more, ""quoted"""\n\nb@x.org,two\nc@x.org,"three\n\nlines"\n"",four\n';
  expect(await placesOf({ "a.csv": text }, ["two", "four"])).toEqual(["a.csv, line 5", "a.csv, line 9"]);
  expect(await placesOf({ "b.csv": `\ufeff"email","v"\na@x.org,one\n` }, ["one"])).toEqual(["b.csv, line 2"]);
  expect(await placesOf({ "c.csv": `sep=;\nemail;v\na@x.org;one\n` }, ["one"])).toEqual(["c.csv, line 3"]);
  expect(await placesOf({ "d.csv": `\n\nemail;v\na@x.org;one\n` }, ["one"])).toEqual(["d.csv, line 4"]);
  expect(await placesOf({ "e.csv": "v\none\n\n\ntwo\n" }, ["two"])).toEqual(["e.csv, line 5"]);
  expect(await placesOf({ "w.csv": 'email,v\r\na@x.org,"o\r\nne"\r\nb@x.org,two\r\n' }, ["two"])).toEqual([
    "w.csv, line 4",
  ]);
  expect(await placesOf({ "f.csv.gz": gzipSync("email,v\na@x.org,one\nb@x.org,two\n") }, ["two"])).toEqual([
    "f.csv.gz, line 3",
  ]);
});

test("also without a header, in another encoding, and where a word stands for an empty value", async () => {
  const rules = { header: false, columnNames: ["email", "v"], nullValues: ["-"] } as const;
  expect(await placesOf({ "g.csv": "a@x.org,-\nb@x.org,two\n" }, ["two"], { rules })).toEqual([
    "g.csv, line 2",
  ]);
  const utf16 = Buffer.from("\ufeffemail,v\na@x.org,one\nb@x.org,zwölf\n", "utf16le");
  expect(await placesOf({ "h.csv": utf16 }, ["zwölf"], { rules: { encoding: "UTF-16" } })).toEqual([
    "h.csv, line 3",
  ]);
});

test("a row of JSON is told by the line on which it begins, in lines and in a list", async () => {
  const lines = '{"v": "one {", "w": {"v": "two"}}\n\n{"v": "two", "w": {}}\n';
  expect(await placesOf({ "a.jsonl": lines }, ["two"])).toEqual(["a.jsonl, line 3"]);
  const list = '[\n  {\n    "v": "o\\"}ne"\n  },\n  {"v": "two"}, {"v": "3"},\n  {"v": "four"}\n]\n';
  expect(await placesOf({ "a.json": list }, ["four", "3"])).toEqual(["a.json, line 6", "a.json, line 5"]);
});

test("an address a line, a row of Parquet, and a row that the engine alone can unpack", async () => {
  expect(
    await placesOf({ "a.txt": "a@x.org\n\n  b@x.org\n" }, ["b@x.org"], {
      format: "addresses",
      column: "email",
    }),
  ).toEqual(["a.txt, line 3"]);
  const { engine, data } = opened();
  const path = join(data, "a.parquet");
  await engine.outer.writeParquet("SELECT 'v' || range AS v FROM range(5)", path);
  expect(await placesOf({}, ["v3"], { paths: [path] })).toEqual(["a.parquet, row 4"]);
  const zst = join(data, "a.csv.zst");
  await engine.outer.run(
    `COPY (SELECT 'v' || range AS v, 1 AS w FROM range(5)) TO '${zst}' (FORMAT csv, COMPRESSION zstd)`,
  );
  expect(await placesOf({}, ["v3"], { paths: [zst] })).toEqual(["a.csv.zst, row 4"]);
});

test("of several files the right one, also where they are written in several ways", async () => {
  const files = {
    "1.csv": "email,v\na@x.org,one\n",
    "2.csv": "email;v\nb@x.org;two\nb@x.org;three\n",
    "3.csv": "email,v\nc@x.org,four\nc@x.org,five\n",
  };
  expect(await placesOf(files, ["one", "three", "five"])).toEqual([
    "1.csv, line 2",
    "2.csv, line 3",
    "3.csv, line 3",
  ]);
  const own = { "4.csv": "file_index,v\n7,one\n", "5.csv": "file_index,v\n0,two\n" };
  expect(await placesOf(own, ["two"])).toEqual(["5.csv, line 2"]);
});

test("no line is told where another value stands there by now", async () => {
  const folders = opened();
  const name = `placed_${(made += 1)}`;
  await loadFiles(folders, { "moved.csv": "email,v\na@x.org,one\nb@x.org,two\n" }, { name });
  await writeFile(join(folders.data, "moved.csv"), "email,v\nb@x.org,two\na@x.org,one\n");
  const rows = folders.engine.typedSources.get(name)?.rows;
  if (rows === undefined) throw new Error("the source is not there");
  const found = await findFirstRow(folders.engine, rows, { condition: "v = 'two'", columns: ["v"] });
  expect(found).toEqual({ file: "moved.csv", row: 2 });
});

test("the order of rows is kept with several files and threads", () =>
  withEngine(async (folders) => {
    const many = (from: number): string =>
      `email,v\n${Array.from({ length: 150_000 }, (_, i) => `p${from + i}@example.com,v${from + i}\n`).join("")}`;
    await folders.engine.lockDown([join(folders.data, "1.csv"), join(folders.data, "2.csv")], { much: true });
    const asked = [3, 149_998, 150_001, 299_999];
    expect(
      await placesOf(
        { "1.csv": many(0), "2.csv": many(150_000) },
        asked.map((n) => `v${n}`),
        {},
        folders,
      ),
    ).toEqual(["1.csv, line 5", "1.csv, line 150000", "2.csv, line 3", "2.csv, line 150001"]);
  }));

const value = fc.string({ unit: fc.constantFrom("a", "b", ",", '"', "\n", " ", ";"), maxLength: 6 });

test("any CSV: the line is that of the row", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 8 }), async (values) => {
      const records = [...values, "last"].map((one, i) => `k${i},"${one.replaceAll('"', '""')}"\n`);
      const before = `k,v\n${records.slice(0, -1).join("")}`;
      const [found] = await placesOf({ "any.csv": before + records.at(-1) }, ["last"], { delimiter: "," });
      expect(found).toBe(`any.csv, line ${before.split("\n").length}`);
    }),
    { numRuns: 40 },
  );
});

test("a row of a file that lacks the column is told by its line as well", async () => {
  const folders = opened();
  const name = `placed_${(made += 1)}`;
  const contents = { "l1.csv": "email,v\na@x.org,1\n", "l2.csv": "E-Mail,v\n\nb@x.org,2\n" };
  await loadFiles(folders, contents, { name, rules: { columnsMayDiffer: true } });
  const source = folders.engine.typedSources.get(name);
  const row =
    source &&
    (await findFirstRow(folders.engine, source.rows, { condition: "email IS NULL", columns: ["email"] }));
  expect(row && rowInWords(row)).toBe("l2.csv, line 3");
});
