import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Failure } from "../../../../src/model/failure.ts";
import {
  unsealBytes,
  unsealFile,
  sealBytes,
  sealingKeyId,
  sealFile,
} from "../../../../src/state/storage/envelope.ts";
import { KeyRing, newStateKey, parseStateKey } from "../../../../src/state/storage/state-key.ts";

const signal = new AbortController().signal;
const key = parseStateKey("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "it");
const other = parseStateKey(newStateKey(), "it");
const ring = new KeyRing(key);
const binding = { lineage: "l", purpose: "ledger", what: "ledger/x in folder y" };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

test("files of every size come back, byte for byte, and no two envelopes are alike", async () => {
  for (const size of [0, 1, 15, 16, 17, (1 << 20) - 1, 1 << 20, 3_000_001]) {
    const plain = randomBytes(size);
    await writeFile(at("in"), plain);
    const first = await sealFile(at("in"), at("a"), key, binding, signal);
    const second = await sealFile(at("in"), at("b"), key, binding, signal);
    expect(first.sha256).not.toBe(second.sha256);
    expect((await stat(at("a"))).size).toBe(first.bytes);
    expect((await stat(at("a"))).mode & 0o777).toBe(0o600);
    await unsealFile(at("a"), at("out"), ring, binding, signal);
    expect(plain.equals(await readFile(at("out")))).toBe(true);
    expect(unsealBytes(await readFile(at("b")), ring, binding).equals(plain)).toBe(true);
    for (const name of ["a", "b", "out"]) await rm(at(name));
  }
});

test("the key's id is stable and says nothing of the key; what was encrypted says which key", () => {
  expect(key.id).toMatch(/^[0-9a-f]{16}$/);
  expect(parseStateKey(key.bytes.toString("base64"), "it")).toEqual(key);
  expect(parseStateKey(key.bytes.toString("base64url"), "it")).toEqual(key);
  expect(sealingKeyId(sealBytes(Buffer.from("x"), key, binding))).toBe(key.id);
  expect(sealingKeyId(Buffer.from("PAR1 and more than a header is long, surely so"))).toBeUndefined();
});

test.each(["", "short", "x".repeat(64), `${"ab".repeat(32)}a`, randomBytes(31).toString("base64")])(
  "%j is not a key",
  (text) => {
    expect(() => parseStateKey(text, "The file f")).toThrow("The file f is not a key for the state");
  },
);

test("a missing or other key is named by its id, and what is to be done", () => {
  const sealed = sealBytes(Buffer.from("x"), key, binding);
  expect(() => unsealBytes(sealed, new KeyRing(), binding)).toThrow(
    `ledger/x in folder y is encrypted with the key ${key.id}, and the config names no key.`,
  );
  expect(() => unsealBytes(sealed, new KeyRing(other), binding)).toThrow(
    `is encrypted with the key ${key.id}; the config gives ${other.id}.`,
  );
  expect(unsealBytes(sealed, new KeyRing(other, [key]), binding).toString()).toBe("x");
});

test("an envelope opens only where it belongs", () => {
  const sealed = sealBytes(Buffer.from("x"), key, binding);
  for (const elsewhere of [
    { lineage: "m" },
    { purpose: "changesets" },
    { lineage: "l\nledger", purpose: "" },
  ])
    expect(() => unsealBytes(sealed, ring, { ...binding, ...elsewhere })).toThrow("is damaged");
});

test("no changed, cut or longer envelope opens, and nothing is left of it", async () => {
  const plain = Buffer.from("anna@example.com".repeat(20));
  const sealed = sealBytes(plain, key, binding);
  const damage = fc.oneof(
    fc.record({ at: fc.nat(sealed.length - 1), bit: fc.nat(7) }).map((flip) => {
      const bytes = Buffer.from(sealed);
      bytes[flip.at] = (bytes[flip.at] ?? 0) ^ (1 << flip.bit);
      return bytes;
    }),
    fc.nat(sealed.length - 1).map((length) => sealed.subarray(0, length)),
    fc.uint8Array({ minLength: 1, maxLength: 50 }).map((more) => Buffer.concat([sealed, more])),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((more) => Buffer.concat([sealed.subarray(0, 8), more])),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      expect(() => unsealBytes(bytes, ring, binding)).toThrow(Failure);
      await writeFile(at("bad"), bytes);
      await expect(unsealFile(at("bad"), at("out"), ring, binding, signal)).rejects.toBeInstanceOf(Failure);
      expect(await readdir(folder)).toEqual(["bad"]);
    }),
    { numRuns: 400 },
  );
});
