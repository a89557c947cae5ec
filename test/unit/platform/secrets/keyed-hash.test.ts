import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyedHash } from "../../../../src/platform/secrets/keyed-hash.ts";
import { Secret } from "../../../../src/platform/secrets/secret.ts";
import { literal } from "../../../../src/plugin/relation.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();
const KEY = "canary-0123456789abcdef0123456789";

test("a key longer than a block is hashed first, in SQL too", async () => {
  const hash = new KeyedHash(new Secret("\u001a".repeat(131)));
  const { v } = await opened().engine.row<{ v: string }>(`SELECT ${hash.sqlOf("'text'")} AS v`);
  expect(v).toBe(hash.of("text"));
});

test("SQL and JavaScript agree for any text", async () => {
  const hash = new KeyedHash(new Secret(KEY));
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 200 }), { numRuns: 300, seed: 4 });
  const usable = texts.filter((text) => !text.includes("\0"));
  const rows = await opened().engine.rows<{ v: string }>(
    `SELECT ${hash.sqlOf("x")} AS v FROM (VALUES ${usable.map((text, i) => `(${i}, ${literal(text)})`).join(", ")}) AS given(i, x) ORDER BY i`,
  );
  expect(rows.map(({ v }) => v)).toEqual(usable.map((text) => hash.of(text)));
});

test("the key shows nowhere, and a short one is refused", () => {
  const hash = new KeyedHash(new Secret(KEY));
  for (const shown of [inspect(hash, { depth: 9 }), JSON.stringify(hash), String(hash), hash.keyId])
    expect(shown).not.toContain("canary");
  expect(hash.keyId).toMatch(/^[0-9a-f]{16}$/);
  expect(new KeyedHash(new Secret(`${KEY}x`)).keyId).not.toBe(hash.keyId);
  expect(() => new KeyedHash(new Secret("short-canary"))).toThrow(/^forget\.key has 12 characters/);
});
