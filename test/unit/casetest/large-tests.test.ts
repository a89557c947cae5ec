import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { test, type TestRun } from "../../../src/usecases/test.js";

const CONFIG = `version: 1
sources: {people: {type: files, path: people.csv}}
segments:
  germans: {source: people, where: country = 'DE'}
  all: {addresses: people.csv}
connections: {}
exports: {}
`;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "rollcall-large-tests-"));
  await writeFile(join(cwd, "exports.config.yaml"), CONFIG);
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const lines = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${one(index)}\n`).join("");
async function run(text: string): Promise<TestRun> {
  await writeFile(join(cwd, "large.test.yaml"), text);
  return test({ cwd, signal: new AbortController().signal, onResult: () => undefined });
}

it("the first of thousands of missing people are listed one by one", async () => {
  const wanted = lines(20_000, (index) => `            - b${index}@e.example`);
  const { results, diagnostics } = await run(`sources:
  people: [{email: a@e.example, country: DE}]
cases:
  - name: x
    expect:
      segments:
        germans:
          includes:
${wanted}`);
  expect(diagnostics).toEqual([]);
  const failures = results?.[0]?.failures ?? [];
  expect(failures).toHaveLength(101);
  expect(failures[99]).toMatchObject({ message: "b99@e.example is not in the segment." });
  expect(failures[100]).toMatchObject({ message: "19,900 more expectations did not come true." });
  expect(failures[100]?.position.line).toBe((failures[99]?.position.line ?? 0) + 1);
});

it("thousands of other people are one difference", async () => {
  const given = lines(8000, (index) => `    - {email: a${index}@e.example, country: DE}`);
  const wanted = lines(8000, (index) => `            - b${index}@e.example`);
  const { results } = await run(`sources:
  people:
${given}cases:
  - name: x
    expect:
      segments:
        germans:
          members:
${wanted}`);
  expect(results?.[0]?.failures.map(({ message }) => message)).toEqual([
    "Other people are in the segment: 8000 missing, 8000 too many.",
  ]);
});

it("too many cases are refused before the first one is run", async () => {
  const cases = lines(1001, (index) => `  - {name: c${index}, expect: {segments: {germans: {count: 0}}}}`);
  await expect(run(`cases:\n${cases}`)).rejects.toThrow("together they have more than 1000 cases");
});
