import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLineNotUtf8 } from "../../../src/formats/not-utf8.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-utf8-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function lineOf(content: Buffer, name = "a.csv"): Promise<number | undefined> {
  await writeFile(join(folder, name), content);
  return findLineNotUtf8(join(folder, name));
}
/** Letters of 1 to 4 bytes, so that every way to cut one between two reads is there. */
const MANY = "aé€👍b\n".repeat(20_000);

test.each<[string, Buffer, number | undefined]>([
  ["whole", Buffer.from(MANY), undefined],
  ["one wrong letter", Buffer.from("a\nb\xeb\nc\n", "latin1"), 2],
  ["far down", Buffer.concat([Buffer.from(MANY), Buffer.from("\xff\n", "latin1")]), 20_001],
  ["cut off within a letter", Buffer.from("a\n€").subarray(0, 4), 2],
  ["stray bytes that go on", Buffer.from("a\n\x80\x80\x80\x80\n", "latin1"), 2],
  ["nothing", Buffer.alloc(0), undefined],
])("%s", async (_what, content, line) => {
  expect(await lineOf(content)).toBe(line);
  expect(await lineOf(gzipSync(content), "a.csv.gz")).toBe(line);
});
