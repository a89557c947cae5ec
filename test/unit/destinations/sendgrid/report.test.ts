import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReport } from "../../../../src/destinations/sendgrid/report.js";

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
    ["nobody", "email,error\n", undefined],
    ["an empty file", "", undefined],
    ["no address at all", "id,error\n1,x\n", undefined],
    ["an HTML page", "<html><body>AccessDenied</body></html>", undefined],
  ])("reads %s", (_name, text, expected) => {
    expect(parseReport(text)).toEqual(expected);
  });

  it("reads back whatever is written as CSV", () => {
    const value = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", "ü") });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.emailAddress(), value), { minLength: 1 }), (rows) => {
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = ["email,error", ...rows.map((row) => row.map(quote).join(","))].join("\r\n");
        expect(parseReport(text)).toEqual(rows.map(([email, reason]) => ({ email, reason })));
      }),
    );
  });
});
