import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { literal } from "../../../src/plugin/relation.ts";
import type { FilesSource } from "../../../src/sources/files/files-source.ts";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadFiles, type Loaded } from "./support.ts";

const opened = sharedEngine();
const GOOD = "email,name\nann@example.com,Ann\nben@example.com,Ben\n";
const SECRET = "cleo";

let loads = 0;
/** Loads a sound file and this one beside it, as one source. */
function beside(
  content: string | Buffer,
  {
    ending = "csv",
    good = GOOD,
    rules = {},
  }: { ending?: string; good?: string | Buffer; rules?: FilesSource["rules"] } = {},
): Promise<Loaded> {
  loads += 1;
  const names = [`g${loads}-good.${ending}`, `g${loads}-odd.${ending}`] as const;
  return loadFiles(
    opened(),
    { [names[0]]: good, [names[1]]: content },
    { paths: [`g${loads}-*.${ending}`], rules },
  );
}

const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
const ROWS = `email,name\n${SECRET}@example.com,Cleo\n`;

describe("a file beside a sound one is refused by its name and for what it is", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["nothing", "", /is empty/],
    ["blank lines", "\n \r\n", /is empty/],
    ["an error page", `<!DOCTYPE html>\n<html><body>${SECRET}</body></html>\n`, /is an HTML page/],
    ["an error page on one line", `<html><body>${SECRET}</body></html>\n`, /is an HTML page/],
    ["a warning of PHP", `<br />\n<b>Warning</b>: ${SECRET}\n`, /is an HTML page/],
    [
      "an error of a store",
      `<?xml version="1.0"?>\n<Error><Code>${SECRET}</Code></Error>\n`,
      /is an XML document/,
    ],
    ["a JSON body", `{"error":"${SECRET}"}\n`, /is JSON/],
    ["a JSON body over several lines", `{\n  "error": "${SECRET}"\n}\n`, /is JSON/],
    ["a JSON array", `[{"email":"${SECRET}@example.com"}]\n`, /is JSON/],
    ["an empty JSON array", "[]\n", /is JSON/],
    [
      "a pointer of Git LFS",
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n",
      /large-file store/,
    ],
    ["a pointer of git-annex", "/annex/objects/SHA256E-s12--4d7a.csv\n", /git-annex/],
    ["UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(ROWS)]), /is text in UTF-16/],
    [
      "UTF-16, the other way round",
      Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(ROWS).swap16()]),
      /is text in UTF-16/,
    ],
    ["UTF-16 without a mark", utf16(ROWS), /UTF-16 without a byte-order mark/],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x65, 0, 0, 0]), /UTF-32/],
    ["a spreadsheet", Buffer.from("504b0304140006000800", "hex"), /spreadsheet \(\.xlsx\)/],
    ["an old spreadsheet", Buffer.from("d0cf11e0a1b11ae10000", "hex"), /old spreadsheet/],
    ["gzip", gzipSync(ROWS), /is packed with gzip/],
    ["zstd", Buffer.from("28b52ffd2000010000", "hex"), /is packed with zstd/],
    ["bzip2", Buffer.from("BZh91AY&SY"), /bzip2/],
    ["a PDF", Buffer.from("%PDF-1.7\n"), /PDF/],
    ["SQLite", Buffer.from("SQLite format 3\0more"), /SQLite/],
    ["zero bytes", Buffer.from(`email,name\n${"x".repeat(600)}`.replace("name", "na\0me")), /zero bytes/],
    [
      "no header",
      `${SECRET}@example.com,Cleo\ndan@example.com,Dan\n`,
      /line 1 of g\d+-odd\.csv looks like data/,
    ],
    [
      "another name for the address",
      `E-Mail,name\n${SECRET}@example.com,Cleo\n`,
      /lacks "email" and adds "E-Mail"/,
    ],
    [
      "a column of consent that the others lack",
      `email,name,newsletter\n${SECRET}@example.com,Cleo,no\n`,
      /adds "newsletter"/,
    ],
    ["a column less", `email\n${SECRET}@example.com\n`, /lacks "name"/],
    [
      "a name with an invisible letter",
      `email\u200b,name\n${SECRET}@example.com,Cleo\n`,
      /adds "email\\u\{200b\}"/,
    ],
    ["a title line", `Customers\nemail,name\n${SECRET}@example.com,Cleo\n`, /lacks "email", "name"/],
    ["plain words of a server", "404: Not Found\n", /lacks "email", "name"/],
  ])("%s", async (_what, content, said) => {
    const { kind, message } = await failureOf(beside(content));
    expect(kind).toBe("invalid");
    expect(message).toMatch(said);
    expect(message).toMatch(/-odd\.csv/);
    expect(message).not.toContain(SECRET);
  });

  test.each<[string, string | Buffer, string | Buffer, RegExp]>([
    ["csv.gz", gzipSync(GOOD), GOOD, /is not packed with gzip/],
    ["csv.gz", gzipSync(GOOD), "<html></html>", /is not packed with gzip/],
    ["csv.gz", gzipSync(GOOD), gzipSync("<html></html>"), /is an HTML page/],
    ["csv.gz", gzipSync(GOOD), gzipSync(`E-Mail,name\n${SECRET}@example.com,Cleo\n`), /lacks "email"/],
    ["jsonl", '{"email":"a@example.com"}\n', "<html></html>\n", /is an HTML page/],
    ["jsonl", '{"email":"a@example.com"}\n', `{"error":"${SECRET}"}\n`, /lacks "email" and adds "error"/],
    [
      "jsonl",
      '{"email":"a@example.com"}\n',
      `{"mail":"${SECRET}@example.com"}\n`,
      /lacks "email" and adds "mail"/,
    ],
    ["jsonl", '{"email":"a@example.com"}\n', "[]\n", /is an empty array/],
    ["tsv", "email\tname\na@example.com\tA\n", `${SECRET}@example.com\tCleo\n`, /looks like data/],
  ])("%s", async (ending, good, content, said) => {
    const { kind, message } = await failureOf(beside(content, { ending, good }));
    expect(kind).toBe("invalid");
    expect(message).toMatch(said);
    expect(message).toContain(`-odd.${ending}`);
    expect(message).not.toContain(SECRET);
  });

  test("a Parquet file with another column, and one that is none", async () => {
    const { engine, data } = opened();
    const write = (name: string, sql: string): Promise<void> =>
      engine.outer.run(`COPY (${sql}) TO ${literal(join(data, name))} (FORMAT parquet)`);
    await write("q-1.parquet", "SELECT 'ann@example.com' AS email, 'Ann' AS name");
    await write("q-2.parquet", "SELECT 'cleo@example.com' AS mail, 'Cleo' AS name");
    const paths = ["q-*.parquet"];
    expect((await failureOf(loadFiles(opened(), {}, { paths }))).message).toMatch(
      /q-2\.parquet does not have the columns of q-1\.parquet: it lacks "email" and adds "mail"/,
    );
    const both = await loadFiles(opened(), {}, { paths, rules: { columnsMayDiffer: true } });
    expect(both.rows).toBe(2);
    await writeFile(join(data, "r.parquet"), gzipSync(await readFile(join(data, "q-1.parquet"))));
    expect((await failureOf(loadFiles(opened(), {}, { paths: ["r.parquet"] }))).message).toContain(
      "packed with gzip",
    );
  });

  test("a Parquet file that is damaged within", async () => {
    const { engine, data } = opened();
    for (const name of ["s-1.parquet", "s-2.parquet"])
      await engine.outer.run(
        `COPY (SELECT 'p' || range AS email FROM range(5000)) TO ${literal(join(data, name))} (FORMAT parquet)`,
      );
    const bytes = await readFile(join(data, "s-2.parquet"));
    await writeFile(join(data, "s-2.parquet"), bytes.fill(7, 100, 400));
    expect((await failureOf(loadFiles(opened(), {}, { paths: ["s-*.parquet"] }))).message).toMatch(
      /\(s-2\.parquet\): /,
    );
  });

  test("a file with the odd columns that most have is none: the other one is", async () => {
    const failure = await failureOf(
      loadFiles(opened(), { "m-1.csv": "mail\na\n", "m-2.csv": "email\nb\n", "m-3.csv": "email\nc\n" }),
    );
    expect(failure.message).toMatch(/m-1\.csv \(line 1\) does not have the columns of m-2\.csv/);
  });

  test("a row that does not fit is told with its file and line", async () => {
    const { message } = await failureOf(beside(`email,name\nx@example.com,X\n${SECRET}@example.com\n`));
    expect(message).toMatch(/\(g\d+-odd\.csv\): line 3 of a CSV file has the wrong number of columns/);
    expect(message).not.toContain(SECRET);
  });

  test.each<[string, string, string | Buffer, RegExp]>([
    [
      "jsonl",
      '{"id":1}\n',
      `{"id":1}\n{"id":"${SECRET}",\n{"id":1}\n`,
      /\(g\d+-odd\.jsonl\): it is not valid JSON at or before line [23]/,
    ],
    [
      "jsonl",
      '{"id":1}\n',
      `{"id":1,"id":"${SECRET}"}\n`,
      /odd\.jsonl\): an object has two values of one name at or before line 1\.$/,
    ],
    [
      "jsonl",
      '{"id":1}\n',
      Buffer.from(`{"id":1}\n{"id":"${SECRET}\xeb"}\n`, "latin1"),
      /line 2 of .* is not in UTF-8/,
    ],
    ["jsonl.gz", '{"id":1}\n', gzipSync(`{"id":1}\n{"id":"${SECRET}"}\n`).subarray(0, 30), /is cut off/],
  ])("%s that cannot be read is told alone", async (ending, text, content, said) => {
    const good = ending.endsWith(".gz") ? gzipSync(text) : text;
    const { message } = await failureOf(beside(content, { ending, good }));
    expect(message).toMatch(said);
    expect(message).toContain(`-odd.${ending}`);
    expect(message).not.toMatch(new RegExp(`-good|${SECRET}`));
  });

  test("a header that lost columns does not pass for one column", async () => {
    const load = loadFiles(opened(), { "lost.csv": `email\n${SECRET}@example.com;Cleo\n` });
    expect((await failureOf(load)).message).toMatch(
      /\(lost\.csv\): line 2 of a CSV file has the wrong number/,
    );
  });

  test("a line that is not UTF-8 is told with its file and line, and what helps damages nothing", async () => {
    const { message, hint } = await failureOf(
      beside(Buffer.from(`email,name\nx@example.com,X\n${SECRET}@example.com,Zo\u00eb\n`, "latin1")),
    );
    expect(message).toMatch(/line 3 of g\d+-odd\.csv is not in UTF-8/);
    expect(message).not.toContain(SECRET);
    expect(hint).toContain("windows-1252");
    expect(hint).not.toContain("iconv");
  });
});

test.each([
  "ORCID,email\n1,a\n",
  "PAR1,b\n1,a\n",
  "<email>,<name>\na,b\n",
  "[Email],[Name]\na,b\n",
  "{x},y\na,b\n",
])("%j is a header like any other", async (text) => {
  expect((await loadFiles(opened(), { "odd-header.csv": text })).rows).toBe(1);
});

const BOTH = [
  ["ann@example.com", "Ann"],
  ["ben@example.com", "Ben"],
  ["cleo@example.com", "Cleo"],
];

describe("a file beside a sound one is read by its own", () => {
  test.each<[string, string | Buffer]>([
    ["delimiter", "email;name\ncleo@example.com;Cleo\n"],
    ["tabs", "email\tname\ncleo@example.com\tCleo\n"],
    ["bars", "email|name\ncleo@example.com|Cleo\n"],
    ["line ends", "email,name\r\ncleo@example.com,Cleo\r\n"],
    ["order of columns", "name,email\nCleo,cleo@example.com\n"],
    ["case of names", "EMAIL,Name\ncleo@example.com,Cleo\n"],
    ["byte-order mark", "\ufeffemail,name\ncleo@example.com,Cleo\n"],
    ["blanks around names", ' email , "name" \ncleo@example.com,Cleo\n'],
    ["empty lines before its header", "\n\nemail;name\ncleo@example.com;Cleo\n"],
    ["sep= line", "sep=;\r\nemail;name\r\ncleo@example.com;Cleo\r\n"],
    ["sep= line after a mark", "\ufeffsep=~\nemail~name\ncleo@example.com~Cleo\n"],
    ["sep= line in quotes", '"sep=;"\nemail;name\ncleo@example.com;Cleo\n'],
  ])("%s", async (_what, content) => {
    const { values, columns } = await beside(content);
    expect(columns).toEqual(["email VARCHAR", "name VARCHAR"]);
    expect(values).toEqual(BOTH);
  });

  test("columns without a name", async () => {
    const { columns, rows } = await beside("email,name,,\ncleo@example.com,Cleo,,\n");
    expect(rows).toBe(3);
    expect(columns.slice(0, 2)).toEqual(["email VARCHAR", "name VARCHAR"]);
  });

  test("keys that some of its objects have", async () => {
    const good = '{"email":"ann@example.com","name":"Ann"}\n{"email":"ben@example.com"}\n';
    const options = { ending: "jsonl", good };
    expect((await beside('{"email":"cleo@example.com"}\n', options)).rows).toBe(3);
    const array = '[{"email":"cleo@example.com","name":"Cleo"},{"email":"dan@example.com","city":"Ulm"}]';
    expect((await beside(array, options)).rows).toBe(4);
  });

  test("nothing but a header is nobody", async () => {
    expect((await beside("email,name\n")).rows).toBe(2);
  });

  test("columns, where they may differ", async () => {
    const { values } = await beside("email,newsletter\ncleo@example.com,no\n", {
      rules: { columnsMayDiffer: true },
    });
    expect(values).toEqual([
      ["ann@example.com", "Ann", null],
      ["ben@example.com", "Ben", null],
      ["cleo@example.com", null, "no"],
    ]);
  });
});
