import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { Engine } from "../../../src/engine/engine.js";
import { Failure } from "../../../src/model/failure.js";
import { LEDGER_COLUMNS, ledgerViewSql, writeBaseSql } from "../../../src/state/people/ledger.js";
import { openState } from "../../../src/state/store.js";
import { fetchLedgerFiles } from "../../../src/run/ledger-files.js";
import type { Run } from "../../../src/run/run.js";

const { signal } = new AbortController();
let scratch: string;
let engine: Engine;
let run: Run;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "rollcall-ledger-"));
  engine = await Engine.open({ folder: scratch, timezone: "UTC", clock: new Date() });
  const state = await openState(new LocalBackend(join(scratch, "state")), signal);
  run = { engine, state, scratch, signal } as Run;
});
afterEach(async () => {
  engine.close();
  await rm(scratch, { recursive: true, force: true });
});

const empty = `SELECT ${Object.entries(LEDGER_COLUMNS)
  .map(([name, type]) => `NULL::${type} AS "${name}"`)
  .join(", ")}`;

async function ledgerOf(statement: (path: string) => string) {
  const path = join(scratch, "written.parquet");
  await engine.run(statement(path));
  const blob = await run.state.putBlobFile("ledger", path, signal);
  return { base: { blob, rows: 1 }, deltas: [], rows: 1 };
}

test("a ledger of our format is copied once and found again", async () => {
  const ledger = await ledgerOf((path) => writeBaseSql(empty, path));
  const files = await fetchLedgerFiles(run, ledger);
  expect(await engine.count(`SELECT count(*) FROM read_parquet('${files.base}')`)).toBe(1);
  await run.state.backend.deleteBlob(ledger.base.blob.name, signal);
  expect(await fetchLedgerFiles(run, ledger)).toEqual(files);
});

test("a ledger whose hashes mean something else is refused", async () => {
  const ledger = await ledgerOf((path) => `COPY (${empty}) TO '${path}' (FORMAT parquet)`);
  await expect(fetchLedgerFiles(run, ledger)).rejects.toMatchObject({
    kind: "invalid",
    message: /another format/,
  });
});

test("a ledger that is not Parquet although its hash is right is a failure, never a crash", async () => {
  const path = join(scratch, "whole.parquet");
  await engine.run(writeBaseSql(empty, path));
  const whole = await readFile(path);
  const at = fc.nat(whole.length - 1);
  const damaged = fc.oneof(
    fc.tuple(at, fc.nat(7)).map(([index, bit]) => {
      const bytes = Buffer.from(whole);
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      return bytes;
    }),
    at.map((length) => Buffer.from(whole.subarray(0, length))),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      const blob = await run.state.putBlobBytes("ledger", bytes, signal);
      await fetchLedgerFiles(run, { base: { blob, rows: 1 }, deltas: [], rows: 1 })
        .then((files) => engine.rows(ledgerViewSql(files)))
        .catch((error: unknown) => expect(error).toBeInstanceOf(Failure));
    }),
    { numRuns: process.env.ROLLCALL_TEST_FULL === "1" ? 3000 : 60 },
  );
});
