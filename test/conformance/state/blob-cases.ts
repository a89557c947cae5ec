import { createHash, randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import type { BlobEntry } from "../../../src/plugin/state-backend.ts";
import { digestFile } from "../../../src/platform/files/file-digest.ts";
import { openState } from "../../../src/state/store.ts";
import { fails, names, signal, text, type Cases } from "./support.ts";

/** Blobs: whole or not at all, once, and in order. */
export const blobCases: Cases = {
  "a blob comes back byte for byte": async ({ a, b }, scratch) => {
    const bytes = randomBytes(3_000_001);
    const path = join(scratch, "in");
    await writeFile(path, bytes);
    await a.putBlob("ledger/from-file", { path }, signal);
    await a.putBlob("ledger/from-memory", { bytes }, signal);
    await a.putBlob("ledger/empty", { bytes: text("") }, signal);
    for (const name of ["ledger/from-file", "ledger/from-memory"]) {
      expect(Buffer.compare(await b.readBlob(name, signal), bytes)).toBe(0);
      await b.getBlob(name, join(scratch, "out"), signal);
      expect(Buffer.compare(await readFile(join(scratch, "out")), bytes)).toBe(0);
    }
    expect(await b.readBlob("ledger/empty", signal)).toHaveLength(0);
  },

  "a blob put twice is one blob and stays the first": async ({ a, b }) => {
    await a.putBlob("journal/1/r/000001.json", { bytes: text("first") }, signal);
    await b.putBlob("journal/1/r/000001.json", { bytes: text("second") }, signal);
    expect(Buffer.from(await a.readBlob("journal/1/r/000001.json", signal)).toString()).toBe("first");
    expect(await names(a, "journal/")).toEqual(["journal/1/r/000001.json"]);
  },

  "blobs put at once by two clients are whole": async ({ a, b }) => {
    const candidates = Array.from({ length: 8 }, (_, i) => Buffer.alloc(200_000, String(i)));
    await Promise.all(
      candidates.map((bytes, i) => (i % 2 === 0 ? a : b).putBlob("x/same", { bytes }, signal)),
    );
    const stored = Buffer.from(await a.readBlob("x/same", signal));
    expect(candidates.some((bytes) => bytes.equals(stored))).toBe(true);
  },

  "a blob whose answer was lost is there once, and whole": async (harness, scratch) => {
    const { a, b } = harness;
    const bytes = randomBytes(3_000_001);
    const path = join(scratch, "in");
    await writeFile(path, bytes);
    harness.loseNextAnswer();
    await a.putBlob("journal/1/r/000001.json", { bytes: text("small") }, signal);
    harness.loseNextAnswer();
    await a.putBlob("ledger/big", { path }, signal);
    expect(await names(b, "")).toEqual(["journal/1/r/000001.json", "ledger/big"]);
    expect(Buffer.compare(await b.readBlob("ledger/big", signal), bytes)).toBe(0);
  },

  "a blob of 60 MB goes there and back as a file": async ({ a, b }, scratch) => {
    const path = join(scratch, "in");
    await writeFile(path, randomBytes(60_000_000));
    await a.putBlob("ledger/big", { path }, signal);
    const there = join(scratch, "out");
    await b.getBlob("ledger/big", there, signal);
    expect(await digestFile(there, signal)).toEqual(await digestFile(path, signal));
  },

  "blobs are listed in order, by prefix": async ({ a, b }) => {
    const all = ["a-b/c", "a.b", "a/b-c", "a/b.c/d", "a/b/c", "b/000001.json", "b/000010.json"];
    for (const name of all.toReversed()) await a.putBlob(name, { bytes: text(name) }, signal);
    const sorted = all.toSorted((x, y) => (x < y ? -1 : 1));
    expect(await names(b, "")).toEqual(sorted);
    expect(await names(b, "a/b")).toEqual(sorted.filter((name) => name.startsWith("a/b")));
    expect(await names(b, "b/0000")).toEqual(["b/000001.json", "b/000010.json"]);
    expect(await names(b, "none/")).toEqual([]);
  },

  "a listing says how big a blob is and when it was last put": async ({ a, b, clockMs }) => {
    const entry = async (): Promise<BlobEntry> => {
      for await (const found of b.listBlobs("x/y", signal)) return found;
      throw new Error("not listed");
    };
    const before = Date.now();
    await a.putBlob("x/y", { bytes: text("12345") }, signal);
    const first = await entry();
    expect(first).toEqual({ name: "x/y", bytes: 5, modifiedAt: expect.any(Date) as Date });
    // Clocks of stores may be coarse.
    expect(Math.abs(first.modifiedAt.getTime() - before)).toBeLessThan(5000);
    await delay(30 + clockMs);
    await b.putBlob("x/y", { bytes: text("12345") }, signal);
    expect((await entry()).modifiedAt.getTime()).toBeGreaterThan(first.modifiedAt.getTime());
  },

  "a deleted blob is gone, and deleting it again is fine": async ({ a, b }) => {
    await a.putBlob("x/y", { bytes: text("z") }, signal);
    await b.deleteBlob("x/y", signal);
    await b.deleteBlob("x/y", signal);
    await fails(a.readBlob("x/y", signal), "not-found");
    expect(await names(a, "")).toEqual([]);
  },

  "names that could leave the store are refused": async ({ a }) => {
    for (const name of [
      "",
      "..",
      "../x",
      "a/../b",
      "/a",
      "a//b",
      "a/",
      ".a",
      "a\\b",
      "a\0b",
      "a b",
      "ä",
      "-a",
    ]) {
      await fails(a.putBlob(name, { bytes: text("x") }, signal), "invalid");
    }
    expect(await names(a, "")).toEqual([]);
  },

  "a blob whose bytes do not match its hash is refused": async ({ a, b }, scratch) => {
    const store = await openState(a, signal);
    const right = await store.putBlobBytes("ledger", text("right"), signal);
    await store.fetchBlob(right, join(scratch, "right"), signal);
    const sha256 = createHash("sha256").update("wanted").digest("hex");
    await b.putBlob(`ledger/${sha256}`, { bytes: text("forged") }, signal);
    const path = join(scratch, "forged");
    await fails(store.fetchBlob({ name: `ledger/${sha256}`, sha256, bytes: 6 }, path, signal), "permanent");
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  },

  "an abort in the middle of a put leaves all or nothing": async ({ a, b }, scratch) => {
    const path = join(scratch, "big");
    await writeFile(path, randomBytes(30_000_000));
    const controller = new AbortController();
    const put = a.putBlob("x/big", { path }, controller.signal);
    setImmediate(() => controller.abort(new Error("stop")));
    const done = await put.then(
      () => true,
      () => false,
    );
    expect(await names(b, "")).toEqual(done ? ["x/big"] : []);
  },
};
