import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.js";
import { Engine } from "../../../src/engine/engine.js";
import { LEDGER_COLUMNS, writeBaseSql } from "../../../src/state/ledger.js";
import { openState } from "../../../src/state/store.js";
import { ledgerFiles } from "../../../src/usecases/ledger-files.js";
import type { Session } from "../../../src/usecases/prepare/session.js";

const { signal } = new AbortController();
let scratch: string;
let engine: Engine;
let session: Session;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "rollcall-ledger-"));
  engine = await Engine.open({ folder: scratch, timezone: "UTC", clock: new Date() });
  const state = await openState(new LocalBackend(join(scratch, "state")), signal);
  session = { engine, state, scratch, signal } as Session;
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
  const blob = await session.state.putBlobFile("ledger", path, signal);
  return { base: { blob, rows: 1 }, deltas: [], rows: 1 };
}

test("a ledger of our format is copied once and found again", async () => {
  const ledger = await ledgerOf((path) => writeBaseSql(empty, path));
  const files = await ledgerFiles(session, ledger);
  expect(await engine.count(`SELECT count(*) FROM read_parquet('${files.base}')`)).toBe(1);
  await session.state.backend.deleteBlob(ledger.base.blob.name, signal);
  expect(await ledgerFiles(session, ledger)).toEqual(files);
});

test("a ledger whose hashes mean something else is refused", async () => {
  const ledger = await ledgerOf((path) => `COPY (${empty}) TO '${path}' (FORMAT parquet)`);
  await expect(ledgerFiles(session, ledger)).rejects.toMatchObject({
    kind: "invalid",
    message: /another format/,
  });
});
