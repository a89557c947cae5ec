import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReport } from "../../../src/destinations/reject-report.js";

describe("parseReport", () => {
  it.each<[string, string, unknown]>([
    [
      "named columns",
      "email,error\na@example.com,bad date\n",
      [{ email: "a@example.com", reason: "bad date" }],
    ],
    [
      "other names and order",
      'ROW,Error Message,EMAIL\r\n1,"no, ""x""",a@example.com\r\n',
      [{ email: "a@example.com", reason: 'no, "x"' }],
    ],
    [
      "an unknown name for the address",
      "identifier,reason\na@example.com,why",
      [{ email: "a@example.com", reason: "why" }],
    ],
    [
      "an empty email column beside another",
      "email,identifier\n,a@example.com\n",
      [{ email: "a@example.com", reason: "" }],
    ],
    [
      "no header",
      "a@example.com,x\nb@example.com,y\n",
      [
        { email: "a@example.com", reason: "" },
        { email: "b@example.com", reason: "" },
      ],
    ],
    ["a byte-order mark", "\uFEFFemail\na@example.com\n", [{ email: "a@example.com", reason: "" }]],
    [
      "a reason that quotes another address",
      "email,error\na@example.com,same as b@example.com\n",
      [{ email: "a@example.com", reason: "same as b@example.com" }],
    ],
    ["nobody", "email,error\n", []],
    ["semicolons", "email;error\na@example.com;b, c\n", [{ email: "a@example.com", reason: "b, c" }]],
    ["tabs", "email\terror\na@example.com\tb\n", [{ email: "a@example.com", reason: "b" }]],
    [
      "more columns than are needed",
      "id,email,error,more\n1,a@example.com,b,\n",
      [{ email: "a@example.com", reason: "b" }],
    ],
    [
      "a value with a line break",
      'email,error\na@example.com,"b\nc"\nd@example.com,e\n',
      [
        { email: "a@example.com", reason: "b\nc" },
        { email: "d@example.com", reason: "e" },
      ],
    ],
    ["an empty file", "", "is empty"],
    ["no address at all", "id,error\n1,x\n", "has no column with addresses"],
    ["an HTML page", "<html><body>AccessDenied</body></html>", "has no column with addresses"],
    ["a file that breaks off in a row", "email,error\na@example.com,b\nc@exam", "has rows that are cut off"],
    ["a file that breaks off in quotes", 'email,error\na@example.com,"b', "has quotes that are never closed"],
    ["a quote in the middle", 'email,error\na"@example.com,b\n', "has quotes that are never closed"],
  ])("reads %s", (_name, text, expected) => {
    expect(parseReport(Buffer.from(text))).toEqual(expected);
  });

  it("takes no address for another because of a letter that is not UTF-8", () => {
    expect(parseReport(Buffer.from("email,error\nzo\u00eb@example.com,b\n", "latin1"))).toBe(
      "is not encoded in UTF-8",
    );
  });

  it("reads back whatever is written as CSV", () => {
    const value = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", "ü") });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.emailAddress(), value), { minLength: 1 }), (rows) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = ["email,error", ...rows.map((row) => row.map(quote).join(","))].join("\r\n");
        expect(parseReport(Buffer.from(text))).toEqual(rows.map(([email, reason]) => ({ email, reason })));
      }),
    );
  });
});
