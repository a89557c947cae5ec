import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { accountKey, accountState, exportState } from "../../../src/state/root/root.ts";
import { openState } from "../../../src/state/store.ts";
import { MemoryBackend, MemoryStore } from "../../support/memory-backend.ts";

const signal = new AbortController().signal;
const brevo = accountKey("brevo", "42");
let memory: MemoryStore;
const open = () => openState(new MemoryBackend(memory), signal);

beforeEach(() => {
  memory = new MemoryStore();
});

const definition = { text: "mode: mirror", digest: "d", compiled: {} };
const list = { accountId: brevo, listId: "12" };

test("a first plan creates a lineage in memory, which only an update writes", async () => {
  const store = await open();
  expect(store.stored).toBe(false);
  expect(memory.root).toBeUndefined();
  await store.update(() => undefined, signal);
  expect(store.stored).toBe(true);
  const again = await open();
  expect(again.lineage).toBe(store.lineage);
  expect(again.root).toEqual({ ...store.root, serial: 1 });
});

test("a first apply of a saved plan takes the plan's lineage over", async () => {
  const planned = await open();
  const applying = await open();
  applying.adoptLineage(planned.lineage);
  await applying.update(() => undefined, signal);
  expect((await open()).lineage).toBe(planned.lineage);
  expect(() => applying.adoptLineage("other")).toThrow("never written");
});

test("updates of two runs are both kept, each applied to the newest root", async () => {
  await (await open()).update(() => undefined, signal);
  const [one, two] = [await open(), await open()];
  const bump = (name: string) => async (store: typeof one) =>
    store.update((root) => {
      const known = exportState(root, name);
      root.exports[name] = { generation: (known?.generation ?? 0) + 1, definition, list };
    }, signal);
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? bump("weekly")(one) : bump("vip")(two))),
  );
  const { root } = await open();
  expect(exportState(root, "weekly")?.generation).toBe(5);
  expect(exportState(root, "vip")?.generation).toBe(5);
  expect(root.serial).toBe(11);
});

test("a state that another run created meanwhile is another lineage: stale", async () => {
  const [one, two] = [await open(), await open()];
  await one.update(() => undefined, signal);
  await expect(two.update(() => undefined, signal)).rejects.toMatchObject({ kind: "stale" });
  expect((await open()).lineage).toBe(one.lineage);
});

test("an update that would break the schema is not written", async () => {
  const store = await open();
  await store.update(() => undefined, signal);
  const broken = store.update((root) => {
    root.exports.weekly = { generation: 0, definition, list };
  }, signal);
  await expect(broken).rejects.toThrow("/exports/weekly/generation");
  expect((await open()).root.exports).toEqual({});
  expect(store.root.exports).toEqual({});
});

test("names that every object has are only found when recorded", async () => {
  const { root } = await open();
  expect(exportState(root, "constructor")).toBeUndefined();
  expect(accountState(root, "toString")).toBeUndefined();
});

test("taking an account keeps what is known about it and shuts the former holder out", async () => {
  const one = await open();
  const first = await one.takeAccount(brevo, "brevo", signal);
  await first.update((root) => {
    const account = accountState(root, brevo);
    if (account !== undefined) account.spent.status = [Date.now(), Date.now() - 3_700_000];
  }, signal);
  const two = await open();
  const second = await two.takeAccount(brevo, "brevo", signal);
  await expect(first.update(() => undefined, signal)).rejects.toMatchObject({ kind: "conflict" });
  await second.update(() => undefined, signal);
  expect(accountState(two.root, brevo)).toMatchObject({ type: "brevo", epoch: 2 });
  expect(accountState(two.root, brevo)?.spent.status).toHaveLength(1);
  // Another account of the same state is not touched by that.
  await (await one.takeAccount("file:x", "file", signal)).update(() => undefined, signal);
});

test("blobs come back under the hash of their bytes; a changed one is refused and not left lying about", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  try {
    const store = await open();
    const path = join(folder, "in");
    await writeFile(path, "hello");
    const ref = await store.putBlobFile("ledger", path, signal);
    expect(ref).toEqual({
      name: "ledger/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
      bytes: 5,
    });
    expect(await store.putBlobBytes("ledger", Buffer.from("hello"), signal)).toEqual(ref);
    await store.fetchBlob(ref, join(folder, "out"), signal);
    memory.blobs.set(ref.name, Buffer.from("hellO"));
    await expect(store.fetchBlob(ref, join(folder, "bad"), signal)).rejects.toThrow(
      `${ref.name} in memory is damaged`,
    );
    memory.blobs.delete(ref.name);
    await expect(store.fetchBlob(ref, join(folder, "bad"), signal)).rejects.toMatchObject({
      kind: "not-found",
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
