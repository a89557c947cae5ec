import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Config } from "../../../../src/model/config/config.ts";
import type { RunEvent } from "../../../../src/model/run/event.ts";
import type { StateBackend } from "../../../../src/plugin/state-backend.ts";
import type { RunLock } from "../../../../src/state/lease.ts";
import { serialiseRoot, type AccountState, type StateRoot } from "../../../../src/state/root/root.ts";
import { KeyRing } from "../../../../src/state/storage/state-key.ts";
import { openState } from "../../../../src/state/store.ts";
import { findContents, Copy } from "../../../../src/usecases/state/migration/copy.ts";
import { lookAtPlaces } from "../../../../src/usecases/state/migration/look-at-places.ts";
import { waitUntilGone } from "../../../../src/usecases/state/migration/until-gone.ts";
import { MemoryBackend, MemoryStore } from "../../../support/memory-backend.ts";

const signal = new AbortController().signal;
const lineage = "00000000-0000-4000-8000-000000000001";
let here: MemoryStore;
let there: MemoryStore;
let scratch: string;

beforeEach(async () => {
  [here, there] = [new MemoryStore(), new MemoryStore()];
  scratch = await mkdtemp(join(tmpdir(), "rollcall-migration-"));
});
afterEach(() => rm(scratch, { recursive: true }));

const backend = (store: MemoryStore, label: string): StateBackend =>
  Object.defineProperty(new MemoryBackend(store), "label", { value: label });
const from = () => backend(here, "old");
const to = () => backend(there, "new");
const root = (more: Partial<StateRoot> = {}): StateRoot => ({
  formatVersion: 1,
  lineage,
  serial: 3,
  exports: {},
  accounts: {},
  ...more,
});
const put = (place: StateBackend, more?: Partial<StateRoot>) =>
  place.writeRoot(serialiseRoot(root(more)), undefined, signal);
const looked = (environment?: string) =>
  lookAtPlaces({ config: { environment } as Config, from: from(), to: to(), keys: new KeyRing() }, signal);
const movedTo = (place: string) => ({ place, at: "2026-11-28T05:00:00.000Z", actor: "ci@runner" });

test("a state that was not moved, was closed, or has arrived is told apart", async () => {
  await expect(looked()).rejects.toMatchObject({ kind: "not-found" });
  await put(from());
  expect(await looked()).toMatchObject({ stage: "begin", there: undefined });
  here.root = undefined;
  await put(from(), { movedTo: movedTo("new") });
  expect(await looked()).toMatchObject({ stage: "closed" });
  await put(to(), { serial: 4 });
  expect(await looked()).toMatchObject({ stage: "done" });
  here.root = undefined;
  there.root = undefined;
  // It comes back to where it went from.
  await put(from());
  await put(to(), { movedTo: movedTo("old") });
  expect(await looked()).toMatchObject({ stage: "begin", there: { version: expect.any(String) } });
});

test.each([
  ["another state is there", {}, { lineage: lineage.replace(/1$/, "2") }, "stale"],
  ["another state was there", {}, { lineage: lineage.replace(/1$/, "2"), movedTo: movedTo("x") }, "stale"],
  ["both can be written", {}, { serial: 4 }, "stale"],
  ["it is going elsewhere", { movedTo: movedTo("third") }, undefined, "conflict"],
  ["its key is not given", { encryption: { keyId: "0".repeat(16) } }, undefined, "invalid"],
  ["it belongs to another environment", { environment: "staging" }, undefined, "conflict"],
] as const)("nothing is moved when %s", async (_, old, fresh, kind) => {
  await put(from(), old);
  if (fresh !== undefined) await put(to(), fresh);
  await expect(looked("production")).rejects.toMatchObject({ kind });
});

test("a closed place refuses readers and those who have read it before", async () => {
  await put(from());
  const before = await openState(from(), signal);
  const closing = await openState(from(), signal);
  await closing.update((draft) => void (draft.movedTo = movedTo("new")), signal);
  const refused = { kind: "conflict", message: expect.stringContaining("was moved to new by ci@runner") };
  await expect(openState(from(), signal)).rejects.toMatchObject(refused);
  await expect(before.reload(signal)).rejects.toMatchObject(refused);
  await expect(before.update(() => undefined, signal)).rejects.toMatchObject(refused);
});

test("what is copied is compared: a broken copy is put again, a broken original is not moved", async () => {
  const state = await openState(from(), signal);
  const blob = await state.putBlobBytes("forgotten", Buffer.from("who"), signal);
  await state.update((draft) => {
    draft.forgotten = { blob, keyId: "0".repeat(16), people: 1 };
  }, signal);
  await from().putBlob("runs/1.json", { bytes: Buffer.from("{}") }, signal);
  await from().putBlob("ledger/unused", { bytes: Buffer.from("old") }, signal);
  there.blobs.set(blob.name, Buffer.from("torn"));
  const copy = new Copy(state, to(), scratch, signal);
  await copy.all(await findContents(state, scratch, signal));
  expect([...there.blobs].map(([name, bytes]) => [name, String(bytes)]).sort()).toEqual([
    [blob.name, "who"],
    ["runs/1.json", "{}"],
  ]);

  here.blobs.set(blob.name, Buffer.from("changed"));
  const again = new Copy(state, to(), scratch, signal);
  await expect(again.all(await findContents(state, scratch, signal))).rejects.toMatchObject({
    kind: "permanent",
  });
  expect(String(there.blobs.get(blob.name))).toBe("who");
});

test("a run that vanished is waited for as long as a request of it may be under way", async () => {
  const blob = { name: `changesets/${"0".repeat(64)}`, sha256: "0".repeat(64), bytes: 1 };
  const openRun = { runId: "r", changeSet: blob, startedAt: "", actor: "a", exports: [] };
  const account: AccountState = {
    type: "brevo",
    epoch: 1,
    ledger: { deltas: [], rows: 0 },
    spent: {},
    openRun,
  };
  const events: RunEvent[] = [];
  const config = { connections: new Map() } as unknown as Config;
  const waited = async (operation: string, leftMs: number): Promise<number> => {
    const holder = { operation, who: "ci@runner" };
    const held = {
      lapsed: { holder, until: "", untilHere: Date.now() + leftMs - 120_000 },
    } as unknown as RunLock;
    const began = performance.now();
    const emit = (event: RunEvent): void => void events.push(event);
    await waitUntilGone(config, root({ accounts: { "brevo:1": account } }), new Map([["brevo:1", held]]), {
      emit,
      signal,
    });
    return performance.now() - began;
  };
  await waited("apply", -10);
  await waited("state migrate", 60_000);
  expect(events).toEqual([]);
  expect(await waited("apply", 60)).toBeGreaterThan(30);
  expect(events).toMatchObject([{ type: "waiting", account: "brevo:1", seconds: 1 }]);
});
