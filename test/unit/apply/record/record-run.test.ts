import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LocalBackend } from "../../../../src/backends/local/local-backend.js";
import { openState } from "../../../../src/state/store.js";
import { recordRun } from "../../../../src/apply/record/record-run.js";
import type { Run } from "../../../../src/run/run.js";
import { configOfText } from "../../config/support.js";

const TEXT = `version: 1
connections:
  mail: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
segments:
  all: {addresses: all.csv}
exports:
  weekly: {connection: mail, list: customers, segments: [all], match: {email: email}}
`;
const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-record-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("a defect counts as an attempt of the schedule, so that it is not tried for ever, and quotes nothing", async () => {
  const config = await configOfText(TEXT);
  const state = await openState(new LocalBackend(folder), signal);
  const due = new Date("2026-07-01T06:00:00Z");
  const run = { id: "20260701T060000000Z-1", startedAt: due.toISOString() };
  const work = recordRun(
    { config, state, signal, emit: () => undefined } as unknown as Run,
    { actor: "cron", scheduled: { due: new Map([["weekly", due]]) } },
    { run, exports: [...config.exports.values()] },
    () => Promise.reject(new TypeError("canary@secret.example is not a function")),
  );
  await expect(work).rejects.toThrow(TypeError);
  const { weekly } = (await openState(new LocalBackend(folder), signal)).root.activity ?? {};
  expect(weekly).toMatchObject({ failing: { attempts: 1, permanent: false }, last: { status: "failed" } });
  expect(weekly?.last?.reason).toContain("TypeError");
  expect(JSON.stringify(weekly)).not.toContain("canary");
});
