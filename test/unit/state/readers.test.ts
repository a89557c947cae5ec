import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../../src/backends/local/local-backend.ts";
import { Failure } from "../../../src/model/failure.ts";
import { decodeSegment, encodeSegment } from "../../../src/state/journal/journal-segment.ts";
import { openJournal, readJournal } from "../../../src/state/journal/journal.ts";
import { emptyRoot, parseRoot, serialiseRoot, type StateRoot } from "../../../src/state/root/root.ts";
import { openState } from "../../../src/state/store.ts";
import { parseManifest } from "../../../src/state/manifest.ts";
import { readLabel, writeLabel } from "../../../src/run/saved-folder.ts";
import { MemoryBackend, MemoryStore } from "../../support/memory-backend.ts";

/** More of everything with ROLLCALL_TEST_FULL. */
const RUNS = process.env.ROLLCALL_TEST_FULL === "1" ? 5000 : 400;
const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sha256 = "a".repeat(64);
const blob = { name: `ledger/${sha256}`, sha256, bytes: 3 };
const root: StateRoot = {
  ...emptyRoot(),
  serial: 3,
  encryption: { keyId: "0123456789abcdef" },
  exports: {
    weekly: {
      generation: 2,
      definition: { text: "a: 1\n", digest: "d", compiled: {} },
      list: { accountId: "brevo:42", listId: "12" },
    },
  },
  accounts: {
    "brevo:42": {
      type: "brevo",
      epoch: 1,
      ledger: { base: { blob, rows: 1 }, deltas: [], rows: 1 },
      spent: {},
    },
  },
};

/** Flipped bits, cuts, what was added or put in another order, and bytes of no meaning. */
function damaged(whole: Uint8Array): fc.Arbitrary<Buffer> {
  const at = fc.nat(whole.length - 1);
  return fc
    .oneof(
      fc.tuple(at, fc.nat(7)).map(([index, bit]) => {
        const bytes = Buffer.from(whole);
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        return bytes;
      }),
      at.map((length) => Buffer.from(whole.subarray(0, length))),
      fc
        .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 9 }))
        .map(([index, more]) => Buffer.concat([whole.subarray(0, index), more, whole.subarray(index)])),
      fc
        .tuple(at, at)
        .map(([from, to]) =>
          Buffer.concat([whole.subarray(0, Math.min(from, to)), whole.subarray(Math.max(from, to) + 1)]),
        ),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
    )
    .filter((bytes) => Buffer.compare(bytes, whole) !== 0);
}

/** Always a Failure that says what to do. */
async function refused(work: () => unknown): Promise<void> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .then(
      (value) => new Error(`accepted as ${JSON.stringify(value)}`),
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).hint?.length).toBeGreaterThan(10);
}
const every = (bytes: Uint8Array, check: (bad: Buffer) => Promise<void>, share = 1): Promise<void> =>
  fc.assert(fc.asyncProperty(damaged(bytes), check), { numRuns: Math.ceil(RUNS * share) });

test("the reader refuses any damaged root document", async () => {
  const bytes = serialiseRoot(root);
  expect(parseRoot(bytes, "it")).toEqual(root);
  // A document of before there were checksums is none of the damaged.
  const older = Buffer.from(`${JSON.stringify(root, undefined, 1)}\n`);
  expect(parseRoot(older, "it")).toEqual(root);
  await every(bytes, async (bad) => {
    if (Buffer.compare(bad, older) !== 0) await refused(() => parseRoot(bad, "it"));
  });
});

test("the reader reads or refuses a root document with odd values, and never crashes", async () => {
  const path = fc.constantFrom("serial", "lineage", "accounts", "exports", "formatVersion", "encryption");
  await fc.assert(
    fc.asyncProperty(path, fc.jsonValue(), async (key, value) => {
      const text = JSON.stringify({ ...root, [key]: value });
      await Promise.resolve()
        .then(() => parseRoot(Buffer.from(text), "it"))
        .catch((error: unknown) => expect(error).toBeInstanceOf(Failure));
    }),
    { numRuns: RUNS },
  );
});

test("the reader tells a journal segment that is cut off from one that was changed", async () => {
  const entry = {
    type: "note",
    seq: 1,
    name: "n",
    detail: { list: "12" },
    at: "2026-11-25T10:00:00Z",
  } as const;
  const bytes = encodeSegment({ id: "x", entries: [entry] });
  expect(decodeSegment(bytes, "it")?.entries).toEqual([entry]);
  await every(bytes, async (bad) => {
    const cut = bad.length < bytes.length;
    if (cut && decodedOrThrown(bad) === undefined) return;
    await refused(() => decodeSegment(bad, "it"));
  });
});

function decodedOrThrown(bytes: Buffer): unknown {
  try {
    return decodeSegment(bytes, "it");
  } catch (error) {
    return error;
  }
}

test("the reader refuses a journal with a damaged segment before the last", async () => {
  const store = new MemoryStore();
  const backend = new MemoryBackend(store);
  const journal = await openJournal(backend, "brevo:42", "r", signal);
  for (const list of ["1", "2", "3"])
    await journal.append([{ type: "note", name: "n", detail: { list } }], signal);
  const [first = "", second = ""] = [...store.blobs.keys()];
  for (const name of [first, second]) {
    const whole = store.blobs.get(name) ?? new Uint8Array();
    await every(
      whole,
      (bad) => {
        store.blobs.set(name, bad);
        return refused(() => readJournal(backend, "brevo:42", "r", signal));
      },
      0.3,
    );
    store.blobs.set(name, whole);
  }
  expect(await readJournal(backend, "brevo:42", "r", signal)).toHaveLength(3);
});

test("the reader refuses a damaged manifest, whatever its bytes", async () => {
  const rows = { name: `changesets/${sha256}`, sha256, bytes: 3 };
  const manifest = {
    formatVersion: 1,
    parts: [{ export: "weekly", listId: "12", rows }],
    shipments: [{ exportName: "weekly", operation: "add", stage: "deliver", group: "", listId: "12" }],
    batches: [{ batch: 1, shipment: 0, from: 0, to: 9, rows: 10 }],
  };
  const text = JSON.stringify(manifest);
  expect(parseManifest(text, "it")).toEqual(manifest);
  const odd = fc.tuple(
    fc.constantFrom("formatVersion", "parts", "shipments", "batches"),
    fc.oneof(
      fc.jsonValue(),
      fc.array(fc.dictionary(fc.constantFrom("batch", "rows", "export"), fc.jsonValue()), { minLength: 1 }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(odd, async ([key, value]) => {
      fc.pre(!(Array.isArray(value) && value.length === 0) && value !== 1);
      await refused(() => parseManifest(JSON.stringify({ ...manifest, [key]: value }), "it"));
    }),
    { numRuns: RUNS },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), (length) =>
      refused(() => parseManifest(text.slice(0, length), "it")),
    ),
    { numRuns: 100 },
  );
});

test("the reader refuses a blob whose bytes were changed, and leaves nothing of it", async () => {
  const backend = new LocalBackend(join(folder, "state"));
  const state = await openState(backend, signal);
  await state.update(() => undefined, signal);
  const bytes = Buffer.from("PAR1 some people PAR1");
  const ref = await state.putBlobBytes("ledger", bytes, signal);
  const scratch = await mkdtemp(join(folder, "scratch-"));
  await every(
    bytes,
    async (bad) => {
      await writeFile(join(folder, "state/blobs", ref.name), bad);
      await refused(() => state.fetchBlob(ref, join(scratch, "out"), signal));
      expect(await readdir(scratch)).toEqual([]);
    },
    0.2,
  );
});

test("the backend refuses a damaged file of a lock", async () => {
  const path = join(folder, "state");
  const backend = new LocalBackend(path);
  const subject = { account: "brevo:42", label: "Acme", connections: ["newsletter"] };
  const info = { operation: "apply", who: "anna@host", pid: 1, subject };
  await backend.acquireLease("account-1", info, 60_000, signal);
  const [name = ""] = await readdir(join(path, "leases/account-1"));
  const file = join(path, "leases/account-1", name);
  const { readFile } = await import("node:fs/promises");
  const whole = await readFile(file);
  await every(
    whole,
    async (bad) => {
      await writeFile(file, bad);
      await refused(() => backend.acquireLease("account-1", info, 60_000, signal));
      await refused(() => backend.leases(signal));
    },
    0.2,
  );
});

test("the reader reads or refuses a changed label of a saved state, and never crashes", async () => {
  const label = {
    formatVersion: 1,
    kind: "errored",
    savedAt: "2026-11-25T10:00:00Z",
    runId: "r",
    accounts: ["brevo:42"],
    exports: ["weekly"],
  } as const;
  await writeLabel(folder, label);
  expect(await readLabel(folder)).toEqual(label);
  const odd = fc.tuple(
    fc.constantFrom("formatVersion", "kind", "accounts", "exports", "runId"),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(odd, fc.jsonValue()), async (value) => {
      const [key, inner] = Array.isArray(value) && value.length === 2 ? value : ["kind", value];
      const changed: Record<string, unknown> = { ...label, [typeof key === "string" ? key : "kind"]: inner };
      await writeFile(join(folder, "saved-state.json"), JSON.stringify(changed));
      await readLabel(folder).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Failure);
        expect((error as Failure).hint).toBeDefined();
      });
    }),
    { numRuns: RUNS / 4 },
  );
  await every(
    Buffer.from(JSON.stringify(label)),
    async (bad) => {
      await writeFile(join(folder, "saved-state.json"), bad);
      await readLabel(folder).catch((error: unknown) => expect(error).toBeInstanceOf(Failure));
    },
    0.25,
  );
});
