import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskAddresses } from "../../../../src/platform/secrets/mask-addresses.js";
import { escapeJsonForScreen, toOneLine, escapeForScreen } from "../../../../src/report/layout/printable.js";

/** Erase the screen, go up, a hyperlink, the title, the clipboard, bidi overrides, a bell, hidden text, C1 CSI. */
const ATTACKS = [
  "\u001b[2J\u001b[1A",
  "\u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007",
  "\u001b]0;title\u0007",
  "\u001b]52;c;ZXZpbA==\u0007",
  "\u202eelpmaxe@a\u202c",
  "\u2066hidden\u2069",
  "\u0007\b\b\b",
  "\u001b[8msecret\u001b[28m",
  "\u009b2J",
  "a\u0000b\u007fc",
  "safe\rspoofed",
  "\u{e0041}\u{e0042}",
  "\ufeffzero\u200bwidth",
];
const PLAIN = /^(?:[\n\t]|[^\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff])*$/u;

describe("text for a terminal", () => {
  it.each(ATTACKS)("%j does nothing there, and is seen", (attack) => {
    const name = `Customers${attack}`;
    for (const text of [escapeForScreen(name, false), escapeForScreen(name, true), toOneLine(name)]) {
      expect(text).toMatch(PLAIN);
      expect(text.length).toBeGreaterThan(name.length);
    }
    expect(JSON.parse(escapeJsonForScreen(JSON.stringify({ name })))).toEqual({ name });
    expect(escapeJsonForScreen(JSON.stringify({ name }))).toMatch(PLAIN);
  });

  it("keeps our own colours, umlauts, emoji and scripts from right to left", () => {
    const text = "\u001b[32m+ 3 añadidos\u001b[39m 👩‍👩‍👧 שלום مرحبا می‌خواهم\n\tend";
    expect(escapeForScreen(text, true)).toBe(text);
    expect(escapeForScreen("\u001b[32mx", false)).toBe("\\u{1b}[32mx");
    expect(toOneLine("two\nlines")).toBe("two\\u{a}lines");
    expect(toOneLine("x".repeat(10_000_000)).length).toBeLessThan(220);
  });

  it("whatever comes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(escapeForScreen(text, false)).toMatch(PLAIN);
        expect(escapeForScreen(text, true).replaceAll(/\p{Cc}\[\d+m/gu, "")).toMatch(PLAIN);
        expect(toOneLine(text)).toMatch(PLAIN);
        expect(toOneLine(text)).not.toMatch(/[\n\t]/);
        expect(JSON.parse(escapeJsonForScreen(JSON.stringify(text)))).toBe(text);
      }),
    );
  });
});

it.each([
  ["where email = 'anna.b+x@mail.example.com'", "where email = 'a•••@mail.example.com'"],
  ["ünal@bücher.example, b@c.de", "ü•••@bücher.example, b•••@c.de"],
  ["email like '%@example.com'", "email like '%@example.com'"],
  ["user@localhost", "user@localhost"],
])("addresses in %j are masked", (text, masked) => expect(maskAddresses(text)).toBe(masked));
