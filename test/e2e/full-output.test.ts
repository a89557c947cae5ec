import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rollcall } from "../support/rollcall.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-full-"));
  await writeFile(join(folder, "people.csv"), "email\nanna@example.com\n");
  await writeFile(
    join(folder, "exports.config.yaml"),
    `version: 1
connections: {out: {type: file, path: lists, dataPrivacy: {agreed: true, by: us, on: 2026-01-01}}}
sources: {people: {type: files, path: people.csv}}
segments: {all: {source: people}}
exports: {weekly: {connection: out, list: {name: weekly, create: true}, segments: [all], match: {email: email}}}
`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const into = (target: string): string[] => ["sh", "-c", `exec "$@" > ${target}`, "sh"];

it.each([["--version"], ["validate"], ["validate --json"], ["plan"], ["--help"]])(
  "%s says that its output cannot be written, and is no success",
  async (words) => {
    const ended = await rollcall(words.split(" "), { cwd: folder, within: into("/dev/full") });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("stdout cannot be written (ENOSPC)");
    expect(ended.stderr).not.toMatch(/inside rollcall|ROLLCALL_DEBUG|\n {4}at /);
  },
  30_000,
);

it("a run goes on to its end when its output cannot be written", async () => {
  const ended = await rollcall(["apply", "--auto-approve"], { cwd: folder, within: into("/dev/full") });
  expect(ended.code).toBe(1);
  const { code, stdout } = await rollcall(["plan", "--detailed-exitcode"], { cwd: folder });
  expect([code, stdout]).toEqual([0, expect.stringMatching(/weekly[\s\S]*1 unchanged/)]);
}, 60_000);

it("a reader that closes the pipe early is not an error", async () => {
  const { code, stderr } = await rollcall(["--help"], {
    cwd: folder,
    within: ["sh", "-c", '"$@" | head -c 1 >/dev/null', "sh"],
  });
  expect([code, stderr]).toEqual([0, ""]);
}, 30_000);
