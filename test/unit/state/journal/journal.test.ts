import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { Failure } from "../../../../src/model/failure.ts";
import { openJournal, readJournal } from "../../../../src/state/journal/journal.ts";
import type { NewEntry } from "../../../../src/state/journal/journal-entry.ts";
import { foldJournal } from "../../../../src/state/journal/journal-state.ts";
import { MemoryBackend, MemoryStore } from "../../../support/memory-backend.ts";

const signal = new AbortController().signal;
const account = "brevo:42";
const run = "2026-11-22t10-00-00z-1f";
const folder = /^journal\/[0-9a-f]{32}\/2026-11-22t10-00-00z-1f\/\d{6}\.json$/;
let store: MemoryStore;
let backend: MemoryBackend;

beforeEach(() => {
  store = new MemoryStore();
  backend = new MemoryBackend(store);
});

const intent = (batches: readonly number[], name = "weekly"): NewEntry => ({
  type: "intent",
  export: name,
  operation: "add",
  route: "import-json",
  batches,
});
const open = () => openJournal(backend, account, run, signal);
const state = async () => foldJournal(await readJournal(backend, account, run, signal));

test("a run without a journal has not begun anything", async () => {
  const { batches, notes, batch } = await state();
  expect([batches, notes, batch("weekly", 0)]).toEqual([[], [], undefined]);
});

test("every batch is where its last entry leaves it", async () => {
  const journal = await open();
  const [first = 0] = await journal.append([intent([0, 1, 2, 3, 4, 5])], signal);
  const refused = [{ row: 7, reason: "bad phone" }];
  await journal.append(
    [
      {
        type: "outcome",
        of: first,
        results: [
          { batch: 0, status: "accepted", job: "j1" },
          { batch: 1, status: "done", refused },
          { batch: 2, status: "refused-rows", refused },
          { batch: 3, status: "not-sent", reason: "rate limit" },
          { batch: 4, status: "unknown", reason: "524" },
        ],
      },
      { type: "note", name: "list-created", detail: { list: "12" } },
    ],
    signal,
  );
  const { batch, batches, notes } = await state();
  expect(batches.map(({ progress }) => progress.status)).toEqual([
    "accepted",
    "settled",
    "not-started",
    "not-started",
    "unknown",
    "unknown",
  ]);
  expect(batch("weekly", 1)?.refused).toEqual(refused);
  expect(batch("weekly", 2)?.refused).toEqual(refused);
  expect(batch("other", 1)).toBeUndefined();
  expect(notes.map(({ name, detail }) => [name, detail])).toEqual([["list-created", { list: "12" }]]);
});

test("parts settle nothing, and until one was carried out nothing was", async () => {
  const journal = await open();
  const part = async (): Promise<number> =>
    (await journal.append([{ ...intent([0]), part: true } as NewEntry], signal))[0] ?? 0;
  const say = (of: number, result: object) =>
    journal.append([{ type: "outcome", of, results: [{ batch: 0, ...result } as never] }], signal);
  const now = async () => (await state()).batch("weekly", 0)?.progress.status;
  const [whole = 0] = await journal.append([intent([0])], signal);
  await say(whole, { status: "not-sent", reason: "400" });
  const first = await part();
  expect(await now()).toBe("unknown");
  await say(first, { status: "not-sent", reason: "400" });
  expect(await now()).toBe("not-started");
  await say(await part(), { status: "accepted", job: "j1" });
  await journal.append([{ type: "job", job: "j1", state: "completed", refused: [] }], signal);
  expect(await now()).toBe("unknown");
  const last = await part();
  await say(last, { status: "not-sent", reason: "400" });
  expect(await now()).toBe("unknown");
  const refused = [{ row: 7, reason: "x" }];
  await say(last, { status: "parts-done", refused });
  expect(await now()).toBe("settled");
  expect((await state()).batch("weekly", 0)?.refused).toEqual(refused);
});

test("a job's end settles the batches it took on, and what was refused adds up over attempts", async () => {
  const journal = await open();
  const [first = 0] = await journal.append([intent([0]), intent([0], "vip")], signal);
  const one = [{ row: 1, reason: "x" }];
  await journal.append(
    [
      { type: "outcome", of: first, results: [{ batch: 0, status: "refused-rows", refused: one }] },
      { type: "outcome", of: first + 1, results: [{ batch: 0, status: "accepted", job: "j2" }] },
    ],
    signal,
  );
  const [second = 0] = await journal.append([intent([0])], signal);
  // An answer to the first request that comes late says nothing about the second.
  const late = { type: "outcome", of: first, results: [{ batch: 0, status: "done", refused: [] }] } as const;
  await journal.append([late], signal);
  expect((await state()).batch("weekly", 0)?.progress).toEqual({ status: "unknown" });
  await journal.append(
    [
      { type: "outcome", of: second, results: [{ batch: 0, status: "accepted", job: "j1" }] },
      { type: "job", job: "j1", state: "completed-with-errors", refused: [{ row: 2, reason: "y" }] },
    ],
    signal,
  );
  const { batch } = await state();
  expect(batch("weekly", 0)).toMatchObject({
    intent: second,
    progress: { status: "settled", job: { state: "completed-with-errors" } },
    refused: [{ row: 1 }, { row: 2 }],
  });
  expect(batch("vip", 0)?.progress).toEqual({ status: "accepted", job: "j2" });
});

test("another process goes on where the first one ended", async () => {
  const numbers = await (await open()).append([intent([0]), intent([1])], signal);
  const more = await (await open()).append([intent([2])], signal);
  expect([...numbers, ...more]).toEqual([1, 2, 3]);
  expect([...store.blobs.keys()].every((name) => folder.test(name))).toBe(true);
});

test("two processes cannot write one journal", async () => {
  const [one, two] = [await open(), await open()];
  await one.append([intent([0])], signal);
  await expect(two.append([intent([1])], signal)).rejects.toMatchObject({ kind: "conflict" });
  await expect(two.append([intent([1])], signal)).rejects.toMatchObject({ kind: "conflict" });
  expect((await state()).batches.map(({ batch }) => batch)).toEqual([0]);
});

test("a torn last segment counts as never written, and the journal goes on", async () => {
  const journal = await open();
  await journal.append([intent([0])], signal);
  await journal.append([intent([1])], signal);
  const last = [...store.blobs.keys()].at(-1) ?? "";
  const whole = store.blobs.get(last) ?? new Uint8Array();
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      store.blobs.set(last, whole.slice(0, length));
      expect((await state()).batches.map(({ batch }) => batch)).toEqual([0]);
    }),
    { numRuns: 30 },
  );
  await (await open()).append([intent([5])], signal);
  expect((await state()).batches.map(({ batch }) => batch)).toEqual([0, 5]);
});

test("a damaged or missing segment in the middle is an error, never read over", async () => {
  const journal = await open();
  for (const batch of [0, 1, 2]) await journal.append([intent([batch])], signal);
  const names = [...store.blobs.keys()];
  const middle = store.blobs.get(names[1] ?? "");
  store.blobs.set(names[1] ?? "", Buffer.from("{"));
  await expect(state()).rejects.toBeInstanceOf(Failure);
  store.blobs.delete(names[1] ?? "");
  await expect(state()).rejects.toThrow("damaged");
  store.blobs.set(names[1] ?? "", middle ?? new Uint8Array());
  expect((await state()).batches).toHaveLength(3);
  store.blobs.set(names[1] ?? "", Buffer.from('{"formatVersion":2}'));
  await expect(state()).rejects.toThrow("newer rollcall");
});

test("an append that failed is not in the way of the next, whether it was stored or not", async () => {
  class Failing extends MemoryBackend {
    mode: "fine" | "before" | "after" = "fine";
    override async putBlob(...args: Parameters<MemoryBackend["putBlob"]>): Promise<void> {
      const { mode } = this;
      this.mode = "fine";
      if (mode === "before") throw new Failure("transient", "not stored");
      await super.putBlob(...args);
      if (mode === "after") throw new Failure("unknown-outcome", "stored");
    }
  }
  const failing = new Failing(store);
  const journal = await openJournal(failing, account, run, signal);
  const numbers: number[] = [];
  for (const [batch, mode] of (["fine", "before", "fine", "after", "fine"] as const).entries()) {
    failing.mode = mode;
    const appended = journal.append([intent([batch])], signal);
    if (mode === "fine") numbers.push(...(await appended));
    else await expect(appended).rejects.toBeInstanceOf(Failure);
  }
  expect((await state()).batches.map(({ batch }) => batch)).toEqual([0, 2, 3, 4]);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("a storage that drops what is written is found out at once", async () => {
  const journal = await openJournal(new MemoryBackend(store, "lossy"), account, run, signal);
  await expect(journal.append([intent([0])], signal)).rejects.toThrow("does not keep");
});

test("an address in a destination's reason does not reach the journal", async () => {
  const journal = await open();
  const [of = 0] = await journal.append([intent([0])], signal);
  const reason = "contact <anna@example.com>: invalid";
  const result = { batch: 0, status: "done", refused: [{ row: 0, reason }] } as const;
  await journal.append([{ type: "outcome", of, results: [result] }], signal);
  const text = [...store.blobs.values()].map((bytes) => Buffer.from(bytes).toString()).join("");
  expect(text).not.toContain("anna");
  expect((await state()).batch("weekly", 0)?.refused).toEqual([{ row: 0, reason: "contact ••• invalid" }]);
});

test("appends that are made at once are stored in the order of the calls", async () => {
  const journal = await open();
  await Promise.all(Array.from({ length: 20 }, (_, batch) => journal.append([intent([batch])], signal)));
  expect((await state()).batches.map(({ batch }) => batch)).toEqual(Array.from({ length: 20 }, (_, i) => i));
});
