import { expect, test } from "vitest";
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

test("a heading alone means nobody", async () => {
  const loaded = await loadFiles(opened(), { "nobody.txt": "email\n" }, { format });
  expect(loaded.values).toEqual([]);
});
