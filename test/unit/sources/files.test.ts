import { appendFile, mkdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FilesSource } from "../../../src/sources/files/files-source.ts";
import { literal } from "../../../src/plugin/relation.ts";
import { manifest as filesKind } from "../../../src/sources/files/manifest.js";
import { files } from "../../../src/sources/files/index.ts";
import { SharedThings } from "../../../src/run/shared.js";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadCsv, loadFiles } from "./support.ts";

const opened = sharedEngine();
const signal = new AbortController().signal;

describe("a CSV file", () => {
  test.each<[string, string, (string | null)[][]]>([
    [
      "plain",
      "id,note\n1,x\n2,y\n",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    [
      "with CRLF",
      "id,note\r\n1,x\r\n2,y\r\n",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    ["with a byte order mark", "\ufeffid,note\n1,x\n", [["1", "x"]]],
    ["with semicolons", "id;note\n1;x,y\n", [["1", "x,y"]]],
    ["with tabs", "id\tnote\n1\tx,y;z\n", [["1", "x,y;z"]]],
    ["with bars", "id|note\n1|x,y\n", [["1", "x,y"]]],
    ["with one column", "note\nx\ny\n", [["x"], ["y"]]],
    ["with quoted commas in the header", '"id, really";"a,b"\n1;x\n', [["1", "x"]]],
    ["with quoted delimiters, quotes and line ends", 'id,note\n1,"a, ""b""\r\nc"\n', [["1", 'a, "b"\r\nc']]],
    ["with bare quotes inside a value", 'id,note\n1,5" disk\n', [["1", '5" disk']]],
    [
      "with apostrophes",
      "id,note\n1,'x'\n2,O'Neill\n",
      [
        ["1", "'x'"],
        ["2", "O'Neill"],
      ],
    ],
    [
      "with empty values",
      'id,note\n1,\n2,""\n',
      [
        ["1", null],
        ["2", null],
      ],
    ],
    ["with blanks", "id,note\n1, x \n", [["1", " x "]]],
    [
      "with NULL as a word",
      "id,note\n1,NULL\n2,null\n",
      [
        ["1", "NULL"],
        ["2", "null"],
      ],
    ],
    ["with a header only", "id,note\n", []],
    [
      "with rows that look like comments",
      "id,note\n1,x\n#2,y\n",
      [
        ["#2", "y"],
        ["1", "x"],
      ],
    ],
    ["with letters of the world", "id,note\n1,Ærøskøbing 名 👍\n", [["1", "Ærøskøbing 名 👍"]]],
  ])("%s", async (_what, text, values) => {
    const loaded = await loadCsv(opened(), text);
    expect(loaded.values).toEqual(values);
    expect(loaded.rows).toBe(values.length);
  });

  test.each([
    ["a short last row", "id,note\n1,x\n2\n"],
    ["a long row", "id,note\n1,x\n2,y,z\n"],
    ["an open quote", 'id,note\n1,x\n2,"y\n'],
    ["text after a quote", 'id,note\n1,"x"y\n'],
    ["line ends of two kinds", "id,note\n1,x\r\n2,y\n"],
    ["a title line", "People of today\nid,note\n1,x\n"],
    ["a comment line", "# people\nid,note\n1,x\n"],
  ])("with %s is refused", async (_what, text) => {
    expect(await failureOf(loadCsv(opened(), text))).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/CSV file|: line [0-9]+ /),
    });
  });

  test("that is cut off far down is refused with the line", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},secret-${i}\n`).join("");
    const failure = await failureOf(loadCsv(opened(), `id,note\n${rows}60000\n`));
    expect(failure.message).toContain("line 60002 of a CSV file");
    expect(failure.message).not.toContain("secret");
  });

  test("without a last line end may be cut off", async () => {
    const failure = await failureOf(loadCsv(opened(), "id,note\n1,x\n2,y"));
    expect(failure).toMatchObject({ kind: "invalid", message: expect.stringContaining("no line end") });
  });

  test("that is not UTF-8 is named so", async () => {
    const failure = await failureOf(
      loadFiles(opened(), { "latin.csv": Buffer.from("id,note\n1,M\u00fcller\n", "latin1") }),
    );
    expect(failure).toMatchObject({ kind: "invalid", message: expect.stringContaining("UTF-8") });
    expect(failure.message).not.toContain("ller");
  });

  test("keeps blanks around a delimiter that is stated", async () =>
    expect((await loadCsv(opened(), "id~note\n1~x,y\n", { delimiter: "~" })).values).toEqual([["1", "x,y"]]));

  test("by the ending .tsv has tabs", async () =>
    expect((await loadFiles(opened(), { "a.tsv": "id,x\tnote\n1\ty\n" })).values).toEqual([["1", "y"]]));
});

describe("compressed files", () => {
  const text = `id,note\n${Array.from({ length: 3000 }, (_, i) => `${i},value ${i * 7919}\n`).join("")}`;
  const jsonl = Array.from(
    { length: 3000 },
    (_, i) => `${JSON.stringify({ id: i, note: `value ${i * 7919}` })}\n`,
  ).join("");

  /** The engine can write zstd, which Node 20 cannot. */
  async function zstd(name: string, rows: number): Promise<Buffer> {
    const { engine, data } = opened();
    const path = join(data, name);
    await engine.outer.run(
      `COPY (SELECT i AS id, sha256(CAST(i AS VARCHAR)) AS note FROM range(${rows}) AS t(i)) TO ${literal(path)} (FORMAT csv, COMPRESSION zstd)`,
    );
    return readFile(path);
  }

  test("gzip, in one piece or several", async () => {
    const { rows, columns } = await loadFiles(opened(), { "a.csv.gz": gzipSync(text) });
    expect([rows, columns]).toEqual([3000, ["id BIGINT", "note VARCHAR"]]);
    const [first, second] = [text.slice(0, 10_000), text.slice(10_000)];
    const pieces = Buffer.concat([gzipSync(first), gzipSync(second)]);
    expect((await loadFiles(opened(), { "b.csv.gz": pieces })).rows).toBe(3000);
    expect((await loadFiles(opened(), { "c.jsonl.gz": gzipSync(jsonl) })).rows).toBe(3000);
    expect((await loadFiles(opened(), { "d.csv.gz": gzipSync("id;note\n1;x,y\n") })).values).toEqual([
      ["1", "x,y"],
    ]);
  });

  test("zstd", async () => {
    expect((await loadFiles(opened(), { "a.csv.zst": await zstd("whole.zst", 20_000) })).rows).toBe(20_000);
  });

  test("zstd, of a name with brackets, beside a file that these would match", async () => {
    const rows = await zstd("named.zst", 3);
    const contents = { "n[1].csv.zst": rows, "n1.csv.zst": Buffer.from("28b52ffd2000010000", "hex") };
    const loaded = await loadFiles(opened(), contents, { paths: ["n[1].csv.zst"] });
    expect([loaded.rows, loaded.columns]).toEqual([3, ["id BIGINT", "note VARCHAR"]]);
  });

  /** A frame without content, as `zstd` makes it of an empty file. */
  const EMPTY_ZSTD = Buffer.from("28b52ffd2000010000", "hex");

  test.each([
    ["csv", "id,note\n1,x\n", ""],
    ["jsonl", '{"id":1,"note":"x"}\n', ""],
    ["jsonl", '{"id":1,"note":"x"}\n', "\n \n"],
    ["csv.gz", gzipSync("id,note\n1,x\n"), gzipSync("")],
    ["jsonl.gz", gzipSync('{"id":1,"note":"x"}\n'), gzipSync("\n")],
    ["csv.zst", undefined, EMPTY_ZSTD],
  ])("%s: an empty file beside a full one is refused by its name", async (ending, full, empty) => {
    const failure = await failureOf(
      loadFiles(opened(), {
        [`a.${ending}`]: full ?? (await zstd("full.zst", 3)),
        [`emptied.${ending}`]: empty,
      }),
    );
    expect(failure).toMatchObject({ kind: "invalid" });
    expect(failure.message).toContain(`emptied.${ending}`);
  });

  test.each([1, 4, 8, 9, 500])("gzip without its last %i bytes is cut off", async (missing) => {
    for (const [ending, content] of [
      ["csv", text],
      ["jsonl", jsonl],
    ] as const) {
      const packed = gzipSync(content);
      const failure = await failureOf(
        loadFiles(opened(), { [`cut.${ending}.gz`]: packed.subarray(0, packed.length - missing) }),
      );
      expect(failure.kind).toBe("invalid");
      expect(failure.message).toMatch(/cut off|CSV file|JSON Lines/);
    }
  });

  test.each([1, 4, 1000, 300_000])("zstd without its last %i bytes is cut off", async (missing) => {
    const whole = await zstd("whole.zst", 20_000);
    expect(whole.length).toBeGreaterThan(400_000);
    const failure = await failureOf(
      loadFiles(opened(), { "cut.csv.zst": whole.subarray(0, whole.length - missing) }),
    );
    expect(failure).toMatchObject({ kind: "invalid", message: expect.stringContaining("cut off") });
  });
});

describe("JSON Lines", () => {
  test("keep their own types and nested values", async () => {
    const { columns, values } = await loadFiles(opened(), {
      "a.jsonl": '{"id":1,"zip":"01234","n":{"x":1,"y":[1,2]},"l":["p"],"ok":true}\n{"id":2,"late":"t"}\n',
    });
    expect(columns).toEqual([
      "id BIGINT",
      "zip VARCHAR",
      "n STRUCT(x BIGINT, y BIGINT[])",
      "l VARCHAR[]",
      "ok BOOLEAN",
      "late VARCHAR",
    ]);
    expect(values).toEqual([
      ["1", "01234", "{'x': 1, 'y': [1, 2]}", "[p]", "true", null],
      ["2", null, null, null, null, "t"],
    ]);
  });

  test("text stays as written, and dates are found as in CSV", async () => {
    const { columns, values } = await loadFiles(opened(), {
      "texts.jsonl": `{"serial":"12-11-10","flag":"true","number":"7","born":"2024-02-29","seen":"2024-02-29T10:00:00Z","late":"2024-1-1"}
{"serial":"13-11-10","flag":"false","number":"8","born":null,"seen":"","late":"2024-01-01"}
`,
    });
    expect(columns).toEqual([
      "serial VARCHAR",
      "flag VARCHAR",
      "number VARCHAR",
      "born DATE",
      "seen VARCHAR",
      "late VARCHAR",
    ]);
    expect(values[0]).toEqual(["12-11-10", "true", "7", "2024-02-29", "2024-02-29T10:00:00Z", "2024-1-1"]);
  });

  test("values of several kinds are their text, without quotes", async () => {
    const { columns, values } = await loadFiles(opened(), {
      "mixed.jsonl": `{"id":1,"v":"it's \\"x\\""}\n{"id":2,"v":7}\n{"id":3,"v":null}\n{"id":4,"v":{"a":"b"}}\n`,
    });
    expect(columns).toEqual(["id BIGINT", "v VARCHAR"]);
    expect(values.map(([, v]) => v)).toEqual([`it's "x"`, "7", null, '{"a":"b"}']);
  });

  test("a name or another type that first comes far down counts", async () => {
    const early = Array.from({ length: 50_000 }, (_, i) => `{"id":${i},"code":${i}}\n`).join("");
    const { columns, rows, view } = await loadFiles(opened(), {
      "far.jsonl": `${early}{"id":1,"code":1.5,"late":"x"}\n`,
    });
    expect([rows, columns]).toEqual([50_001, ["id BIGINT", "code DOUBLE", "late VARCHAR"]]);
    expect(await opened().engine.outer.count(`SELECT count(late) FROM ${view}`)).toBe(1);
  });

  test.each([
    ["cut off", '{"id":1}\n{"id":\n'],
    ["no JSON", '{"id":1}\nsecret\n'],
    ["a lone half of a letter", '{"id":"\\ud800"}\n'],
  ])("%s is refused without quoting it", async (_what, text) => {
    const failure = await failureOf(loadFiles(opened(), { "bad.jsonl": text }));
    expect(failure).toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(/is not valid JSON at or before line [23]\.$/),
    });
    expect(failure.message).not.toContain("secret");
  });

  test("without a last line end are whole when the last object is", async () => {
    expect((await loadFiles(opened(), { "a.ndjson": '{"id":1}\n{"id":2}' })).rows).toBe(2);
    const cut = await failureOf(loadFiles(opened(), { "cut.ndjson": '{"id":1}\n{"id":2' }));
    expect(cut).toMatchObject({ kind: "invalid", message: expect.stringContaining("cut.ndjson") });
  });
});

test("Parquet comes with its types", async () => {
  const { engine, data } = opened();
  await engine.outer.run(
    `COPY (SELECT 1 AS id, '01' AS zip, DATE '2024-02-29' AS born, 1.50::DECIMAL(9,2) AS price) TO ${literal(join(data, "p.parquet"))} (FORMAT parquet)`,
  );
  const { columns, values } = await loadFiles(opened(), {}, { paths: ["p.parquet"] });
  expect(columns).toEqual(["id INTEGER", "zip VARCHAR", "born DATE", "price DECIMAL(9,2)"]);
  expect(values).toEqual([["1", "01", "2024-02-29", "1.50"]]);
  await writeFile(join(data, "cut.parquet"), "PAR1 not really");
  expect((await failureOf(loadFiles(opened(), {}, { paths: ["cut.parquet"] }))).message).not.toContain(
    "not really",
  );
});

describe("several files", () => {
  test("with different columns are united by name where they may differ", async () => {
    const { columns, values } = await loadFiles(
      opened(),
      { "u-1.csv": "id,note\n1,x\n", "u-2.csv": "note,more\ny,3\n" },
      { paths: ["u-*.csv"], rules: { columnsMayDiffer: true } },
    );
    expect(columns).toEqual(["id BIGINT", "note VARCHAR", "more BIGINT"]);
    expect(values).toEqual([
      ["1", "x", null],
      [null, "y", "3"],
    ]);
  });

  test("that two patterns find are read once", async () => {
    const { rows } = await loadFiles(
      opened(),
      { "o-1.csv": "id\n1\n", "o-2.csv": "id\n2\n" },
      { paths: ["o-*.csv", "o-1.csv"] },
    );
    expect(rows).toBe(2);
  });

  test("of which one may be cut off are refused by its name", async () => {
    const failure = await failureOf(
      loadFiles(opened(), { "v-1.csv": "id\n1\n", "v-2.csv": "id\n2" }, { paths: ["v-*.csv"] }),
    );
    expect(failure.message).toContain("v-2.csv");
  });

  test("of two formats are refused", async () =>
    expect(
      (await failureOf(loadFiles(opened(), { "m.csv": "id\n1\n", "m.jsonl": "{}\n" }))).message,
    ).toContain("mixes"));

  test("a pattern that matches nothing is an error, also next to one that matches", async () => {
    await writeFile(join(opened().data, "there.csv"), "id\n1\n");
    for (const paths of [["none-*.csv"], ["there.csv", "none-*.csv"], ["none.csv"]])
      expect(await failureOf(loadFiles(opened(), {}, { paths }))).toMatchObject({ kind: "not-found" });
  });

  test("a folder is not a file, and an unknown ending needs a format", async () => {
    await mkdir(join(opened().data, "folder.csv"), { recursive: true });
    expect(await failureOf(loadFiles(opened(), {}, { paths: ["folder.csv"] }))).toMatchObject({
      kind: "invalid",
    });
    expect((await failureOf(loadFiles(opened(), { "a.dat": "id\n1\n" }))).message).toContain("format");
    expect((await loadFiles(opened(), { "a.dat": "id\n1\n" }, { format: "csv" })).rows).toBe(1);
  });

  test("brackets and quotes in a name are letters", async () => {
    expect((await loadFiles(opened(), { "it's.csv": "id\n1\n" })).rows).toBe(1);
  });
});

describe("a file that changes while it is read", () => {
  const source = (folder: string, name: string): FilesSource => ({
    type: "files",
    kind: filesKind,
    name: "people",
    columns: {},
    minimumRows: undefined,
    maxAge: undefined,
    paths: [name],
    folder,
    format: undefined,
    delimiter: undefined,
    rules: {},
  });

  test.each<[string, (path: string) => Promise<void>]>([
    ["appended to", (path) => appendFile(path, "2\n")],
    [
      "replaced",
      async (path) => {
        await writeFile(`${path}.new`, "id\n7\n");
        await utimes(`${path}.new`, 1, 1);
        await rename(`${path}.new`, path);
      },
    ],
    ["touched", (path) => utimes(path, 5, 5)],
  ])("%s", async (what, change) => {
    const { data } = opened();
    const name = `${what}.csv`;
    await writeFile(join(data, name), "id\n1\n");
    const read = await files.open(source(data, name), {
      within: ["/"],
      secrets: {},
      shared: new SharedThings(),
      signal,
    });
    await read.seal(1);
    await change(join(data, name));
    expect(await failureOf(read.seal(1))).toMatchObject({
      kind: "transient",
      message: expect.stringContaining("changed"),
    });
  });
});

test("fewer rows than minimumRows is refused, as many are not", async () => {
  expect((await loadCsv(opened(), "id\n1\n2\n", { minimumRows: 2 })).rows).toBe(2);
  const failure = await failureOf(loadCsv(opened(), "id\n1\n2\n", { minimumRows: 3 }));
  expect(failure).toMatchObject({
    kind: "refused",
    message: expect.stringMatching(/^Source ".*2 rows.*minimumRows of 3/),
  });
});
