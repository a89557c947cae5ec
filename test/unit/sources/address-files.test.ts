import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { FileRules } from "../../../src/model/config/source.ts";
import { sharedEngine } from "../../support/engine.ts";
import { failureOf, loadFiles } from "./support.ts";

const opened = sharedEngine();
const format = "addresses" as const;

test.each<[string, string, string, (string | null)[][]]>([
  [
    "one address a line",
    "staff.txt",
    "a@example.com\nb@example.com\n",
    [["a@example.com"], ["b@example.com"]],
  ],
  [
    "with spaces, blank lines and CRLF",
    "odd.txt",
    " a@example.com \r\n\r\nb@example.com\r\n",
    [["a@example.com"], ["b@example.com"]],
  ],
  [
    "lines although the name says CSV",
    "staff.csv",
    "a@example.com\nb@example.com\n",
    [["a@example.com"], ["b@example.com"]],
  ],
  ["quotes and commas are part of a line", "quotes.txt", '"a,b"@example.com\n', [['"a,b"@example.com']]],
  ["a CSV with a heading", "heading.csv", "email\na@example.com\n", [["a@example.com"]]],
])("%s", async (_, name, text, values) => {
  const loaded = await loadFiles(opened(), { [name]: text }, { format });
  expect(loaded.values).toEqual(values);
  expect(loaded.columns).toEqual(["email VARCHAR"]);
});

test("a file that may be cut off is refused", async () => {
  const failure = await failureOf(loadFiles(opened(), { "cut.txt": "a@example.com\nb@exa" }, { format }));
  expect(failure).toMatchObject({ kind: "invalid" });
});

test.each(["", "\n", " \r\n\n"])(
  "a file without a line is refused, as one that was emptied by mistake",
  async (text) => {
    const failure = await failureOf(loadFiles(opened(), { "nobody.txt": text }, { format }));
    expect(failure).toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("nobody.txt is empty"),
    });
  },
);

const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");
test.each<[string, string, Buffer, FileRules]>([
  ["UTF-16", "a.txt", utf16("a@example.com\r\nb@example.com\r\n"), { encoding: "UTF-16" }],
  [
    "UTF-16 with a heading",
    "b.csv",
    utf16("email\r\na@example.com\r\nb@example.com\r\n"),
    { encoding: "UTF-16" },
  ],
  ["UTF-16 in gzip", "c.txt.gz", gzipSync(utf16("a@example.com\nb@example.com\n")), { encoding: "UTF-16" }],
  ["gzip", "d.txt.gz", gzipSync("a@example.com\nb@example.com\n"), {}],
  [
    "no line end at its end",
    "e.txt",
    Buffer.from("a@example.com\nb@example.com"),
    { finalNewline: "optional" },
  ],
])("read in %s", async (_, name, bytes, rules) => {
  const loaded = await loadFiles(opened(), { [name]: bytes }, { format, rules });
  expect(loaded.values).toEqual([["a@example.com"], ["b@example.com"]]);
});

test("what stands beside an address is read in windows-1252", async () => {
  const bytes = Buffer.from("a@example.com;J\u00f6rg \u0096\r\n", "latin1");
  const loaded = await loadFiles(
    opened(),
    { "w.txt": bytes },
    { format, rules: { encoding: "windows-1252" } },
  );
  expect(loaded.values).toEqual([["a@example.com;J\u00f6rg \u2013"]]);
});

test.each<[string, string, RegExp]>([
  ["in another encoding", Buffer.from("a@example.com;J\u00f6rg\n", "latin1").toString("latin1"), /encoding/],
  ["in JSON", '[{"email": "a@example.com"}]\n', /name end in `\.jsonl`/],
  ["without a heading of its own", "2026-01-01,\n1,a@example.com\n", /one address a line, or a header/],
])("a file %s is told with what helps of such files", async (_, text, hint) => {
  const file = { "odd.csv": Buffer.from(text, "latin1") };
  const failure = await failureOf(loadFiles(opened(), file, { format, holds: "addresses" }));
  expect(failure.message).toMatch(/(line 1 of odd\.csv|odd\.csv \(line 1\))/);
  expect(failure.hint).toMatch(hint);
  expect(failure.hint).not.toMatch(/format:|header:|columnNames|columnsMayDiffer|of the source/);
});

test("a heading alone means nobody", async () => {
  const loaded = await loadFiles(opened(), { "nobody.txt": "email\n" }, { format });
  expect(loaded.values).toEqual([]);
});
