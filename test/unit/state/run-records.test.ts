import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { Failure } from "../../../src/model/failure.js";
import type { RunRecord } from "../../../src/model/run/run-record.js";
import { putRunRecord, readRunRecords, rekeyRunRecords } from "../../../src/state/run-records.js";
import { openState, type StateStore } from "../../../src/state/store.js";

const signal = new AbortController().signal;
const RECORD: RunRecord = {
  formatVersion: 1,
  id: "20260701T060000000Z-1",
  operation: "apply",
  trigger: "schedule",
  actor: "cron",
  tool: "rollcall",
  startedAt: "2026-07-01T06:00:00.000Z",
  finishedAt: "2026-07-01T06:00:01.000Z",
  exports: [],
};
let folder: string;
let state: StateStore;
/** Reads that are answered before the store does not answer any more. */
let answers: number;

class Failing extends LocalBackend {
  override async readBlob(name: string, stop: AbortSignal): Promise<Uint8Array> {
    if (answers-- <= 0) throw new Failure("transient", "it did not answer");
    return super.readBlob(name, stop);
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-runs-"));
  state = await openState(new Failing(folder), signal);
  await putRunRecord(state, RECORD, { replaces: false, signal });
});
afterEach(() => rm(folder, { recursive: true }));

it("a record that the store did not give for now is not taken for one that nobody can read", async () => {
  const options = { limit: 10, wanted: () => true, signal };
  answers = 0;
  await expect(readRunRecords(state, options)).rejects.toMatchObject({ kind: "transient" });
  // Or whoever writes them again would delete it.
  answers = 1;
  await expect(rekeyRunRecords(state, "0123456789abcdef", signal)).rejects.toMatchObject({
    kind: "transient",
  });
  answers = 9;
  expect((await readRunRecords(state, options)).runs).toEqual([RECORD]);
});
