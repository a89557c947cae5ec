import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
// @ts-expect-error the generator is plain JavaScript without types
import { generateProfiles } from "../../../examples/generate-profiles.mjs";

type Generate = (options: Readonly<Record<string, unknown>>) => Promise<void>;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-people-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function people(options: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  await (generateProfiles as Generate)({ rows: 5000, files: 1, folder, ...options });
  return (await readFile(join(folder, "profiles-1.csv"), "utf8")).trimEnd().split("\n").slice(1);
}

const digest = (lines: readonly string[]): string =>
  createHash("sha256").update(lines.join("\n")).digest("hex");

test("the generator gives the same people for the same arguments, and others for another seed", async () => {
  const first = await people();
  expect(first).toHaveLength(5000);
  expect(digest(await people())).toBe(digest(first));
  expect(digest(await people({ seed: 2 }))).not.toBe(digest(first));
});

test("churn removes some people, changes some, adds some, and leaves the others alone", async () => {
  const before = new Set(await people());
  const after = await people({ churn: 0.02 });
  const same = after.filter((line) => before.has(line)).length;
  const ids = new Set([...before].map((line) => line.split(",")[0]));
  const changed = after.filter((line) => !before.has(line) && ids.has(line.split(",")[0])).length;
  expect(after.length - same - changed).toBe(100);
  expect(changed).toBeGreaterThan(50);
  expect(before.size - same - changed).toBeGreaterThan(50);
  expect(same).toBeGreaterThan(4700);
});

test("the people include some with a fault, and some twice", async () => {
  const lines = await people();
  const addresses = lines.map((line) => line.split(",")[1] ?? "");
  expect(addresses.filter((address) => address === "").length).toBeGreaterThan(5);
  expect(addresses.filter((address) => address.includes("@@")).length).toBeGreaterThan(0);
  const keys = addresses.filter((address) => address !== "").map((address) => address.trim().toLowerCase());
  expect(keys.length - new Set(keys).size).toBeGreaterThan(50);
});
