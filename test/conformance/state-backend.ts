import { createHash, randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { Failure, type FailureKind } from "../../src/model/failure.ts";
import {
  LeaseHeld,
  type BlobEntry,
  type HeldLease,
  type StateBackend,
} from "../../src/plugin/state-backend.ts";
import { fileDigest } from "../../src/platform/file-digest.ts";
import { mustHaveRoot } from "../../src/state/lost-root.ts";
import { openState } from "../../src/state/store.ts";

/** One fresh store with two clients, and what the suite needs to make trouble. All of it is required. */
export interface BackendHarness {
  readonly a: StateBackend;
  readonly b: StateBackend;
  /** One more client, which shares nothing with the others but the store. */
  client(): Promise<StateBackend>;
  /** The step of the store's clock in ms. */
  readonly clockMs: number;
  /** The next write of A reaches the store, but A is told that it failed. */
  loseNextAnswer(): void;
  /** Each of these workers adds one to a number in the root so many times, with compare-and-swap; as separate as the backend allows. */
  race(workers: number, rounds: number): Promise<void>;
  close(): Promise<void>;
}

export type MakeHarness = () => Promise<BackendHarness>;
type Case = (harness: BackendHarness, scratch: string) => Promise<void>;

const FULL = process.env["ROLLCALL_TEST_FULL"] === "1";
/** How often twenty clients race for the same thing. */
const RACES = FULL ? 50 : 3;

const signal = new AbortController().signal;
// Many wait for the same thing here.
setMaxListeners(0, signal);
const subject = { account: "brevo:42", label: "Acme", connections: ["main"] };
const info = { operation: "apply", who: "anna@host", pid: 4711, subject };
const text = (value: string): Uint8Array => Buffer.from(value);
const reading = async (backend: StateBackend): Promise<{ text: string; version: string } | undefined> => {
  const root = await backend.readRoot(signal);
  return root && { text: Buffer.from(root.bytes).toString(), version: root.version };
};
const fails = async (work: Promise<unknown>, kind: FailureKind): Promise<Failure> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).kind).toBe(kind);
  return error as Failure;
};
const names = async (backend: StateBackend, prefix: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name } of backend.listBlobs(prefix, signal)) found.push(name);
  return found;
};

/** Twenty clients do it at once; the places of those for whom it worked. */
const twenty = async <T>(
  { client }: BackendHarness,
  work: (backend: StateBackend, place: number) => Promise<T>,
): Promise<{ winners: number[]; errors: unknown[] }> => {
  const clients = await Promise.all(Array.from({ length: 20 }, client));
  // Whatever they load or connect to first is no part of the race.
  await Promise.all(clients.map((each) => each.leases(signal)));
  const results = await Promise.allSettled(clients.map(work));
  return {
    winners: results.flatMap(({ status }, place) => (status === "fulfilled" ? [place] : [])),
    errors: results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : [])),
  };
};
const kinds = (errors: readonly unknown[]): string[] => [
  ...new Set(errors.map((error) => (error as Failure).kind ?? String(error))),
];
/** Waits until the store counts the lease as expired. */
const expired = async (backend: StateBackend): Promise<HeldLease | undefined> => {
  for (;;) {
    const [lease] = await backend.leases(signal);
    if (lease?.state !== "live") return lease;
    await delay(20);
  }
};

/** What every state backend must do, by name; A and B are clients of one store. */
export const cases: Readonly<Record<string, Case>> = {
  "nothing stored is absent, not an error": async ({ a }) => {
    expect(await a.readRoot(signal)).toBeUndefined();
    expect(await names(a, "")).toEqual([]);
    expect(await a.leases(signal)).toEqual([]);
    await fails(a.readBlob("ledger/none", signal), "not-found");
  },

  "the root comes back byte for byte, 10 MB as well": async ({ a, b }) => {
    let version: string | undefined;
    for (const size of [0, 1, 10_000_000]) {
      const bytes = randomBytes(size);
      ({ version } = await a.writeRoot(bytes, version, signal));
      const stored = await b.readRoot(signal);
      expect(stored?.version).toBe(version);
      expect(Buffer.compare(stored?.bytes ?? text("absent"), bytes)).toBe(0);
    }
  },

  "a stale version is refused and changes nothing": async ({ a, b }) => {
    const first = await a.writeRoot(text("one"), undefined, signal);
    const second = await b.writeRoot(text("two"), first.version, signal);
    await fails(a.writeRoot(text("three"), first.version, signal), "conflict");
    await fails(a.writeRoot(text("three"), undefined, signal), "conflict");
    expect(await reading(a)).toEqual({ text: "two", version: second.version });
  },

  "a version that never was is refused": async ({ a }) => {
    const { version } = await a.writeRoot(text("one"), undefined, signal);
    const never = version.slice(0, -1) + (version.endsWith("7") ? "8" : "7");
    await fails(a.writeRoot(text("two"), never, signal), "conflict");
    expect((await reading(a))?.text).toBe("one");
  },

  "of many who create the root, one wins": async ({ a, b }) => {
    const attempts = Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? a : b).writeRoot(text(`root ${i}`), undefined, signal),
    );
    const results = await Promise.allSettled(attempts);
    const winners = results.flatMap((result, i) => (result.status === "fulfilled" ? [i] : []));
    expect(winners).toHaveLength(1);
    expect((await reading(b))?.text).toBe(`root ${winners[0]}`);
  },

  "of twenty clients who create the root at once, one wins": async (harness) => {
    const { winners, errors } = await twenty(harness, (each, place) =>
      each.writeRoot(text(`root ${place}`), undefined, signal),
    );
    expect(winners).toHaveLength(1);
    expect(kinds(errors)).toEqual(["conflict"]);
    expect((await reading(harness.b))?.text).toBe(`root ${winners[0]}`);
  },

  "of twenty clients who swap the root at once, one wins, again and again": async (harness) => {
    let { version } = await harness.a.writeRoot(text("begin"), undefined, signal);
    for (let round = 0; round < RACES; round++) {
      const { winners, errors } = await twenty(harness, (each, place) =>
        each.writeRoot(text(`round ${round} place ${place}`), version, signal),
      );
      expect(winners).toHaveLength(1);
      // A store may fail to say that somebody else was faster (Ceph: 500), which state looks up.
      expect(["conflict", "unknown-outcome"]).toEqual(expect.arrayContaining(kinds(errors)));
      const stored = await reading(harness.b);
      expect(stored?.text).toBe(`round ${round} place ${winners[0]}`);
      version = stored?.version ?? "";
    }
  },

  "of many who swap, exactly one wins each version": async ({ a, race }) => {
    await a.writeRoot(text("0"), undefined, signal);
    const rounds = FULL ? 15 : 6;
    await race(4, rounds);
    expect((await reading(a))?.text).toBe(String(4 * rounds));
  },

  "no read sees a torn root": async ({ a, b }) => {
    let { version } = await a.writeRoot(Buffer.alloc(1000, "a"), undefined, signal);
    let writing = true;
    const reader = (async () => {
      while (writing) {
        const stored = Buffer.from((await b.readRoot(signal))?.bytes ?? []);
        const expected = stored[0] === 0x61 ? 1000 : 400_000;
        expect(stored.length).toBe(expected);
        expect(stored.equals(Buffer.alloc(expected, stored.subarray(0, 1)))).toBe(true);
      }
    })();
    const writer = (async () => {
      for (let i = 0; i < 40; i++) {
        const bytes = i % 2 === 0 ? Buffer.alloc(400_000, "b") : Buffer.alloc(1000, "a");
        ({ version } = await a.writeRoot(bytes, version, signal));
      }
    })().finally(() => (writing = false));
    await Promise.all([reader, writer]);
  },

  "a root write whose answer is lost is there or not, never half": async (harness) => {
    const { a, b } = harness;
    const { version } = await a.writeRoot(text("one"), undefined, signal);
    harness.loseNextAnswer();
    await a.writeRoot(text("two"), version, signal).catch((error: unknown) => {
      expect((error as Failure).kind).toBe("unknown-outcome");
    });
    expect((await reading(b))?.text).toBe("two");
  },

  "state notices that its own write arrived although the answer was lost": async (harness) => {
    const store = await openState(harness.a, signal);
    await store.update(() => undefined, signal);
    harness.loseNextAnswer();
    await store.update(() => undefined, signal);
    expect(store.root.serial).toBe(2);
    expect((await openState(harness.b, signal)).root).toEqual(store.root);
  },

  "a blob comes back byte for byte": async ({ a, b }, scratch) => {
    const bytes = randomBytes(3_000_001);
    const path = join(scratch, "in");
    await writeFile(path, bytes);
    await a.putBlob("ledger/from-file", { path }, signal);
    await a.putBlob("ledger/from-memory", { bytes }, signal);
    await a.putBlob("ledger/empty", { bytes: text("") }, signal);
    for (const name of ["ledger/from-file", "ledger/from-memory"]) {
      expect(Buffer.compare(await b.readBlob(name, signal), bytes)).toBe(0);
      await b.getBlob(name, join(scratch, "out"), signal);
      expect(Buffer.compare(await readFile(join(scratch, "out")), bytes)).toBe(0);
    }
    expect(await b.readBlob("ledger/empty", signal)).toHaveLength(0);
  },

  "a blob put twice is one blob and stays the first": async ({ a, b }) => {
    await a.putBlob("journal/1/r/000001.json", { bytes: text("first") }, signal);
    await b.putBlob("journal/1/r/000001.json", { bytes: text("second") }, signal);
    expect(Buffer.from(await a.readBlob("journal/1/r/000001.json", signal)).toString()).toBe("first");
    expect(await names(a, "journal/")).toEqual(["journal/1/r/000001.json"]);
  },

  "blobs put at once by two clients are whole": async ({ a, b }) => {
    const candidates = Array.from({ length: 8 }, (_, i) => Buffer.alloc(200_000, String(i)));
    await Promise.all(
      candidates.map((bytes, i) => (i % 2 === 0 ? a : b).putBlob("x/same", { bytes }, signal)),
    );
    const stored = Buffer.from(await a.readBlob("x/same", signal));
    expect(candidates.some((bytes) => bytes.equals(stored))).toBe(true);
  },

  "a blob whose answer was lost is there once, and whole": async (harness, scratch) => {
    const { a, b } = harness;
    const bytes = randomBytes(3_000_001);
    const path = join(scratch, "in");
    await writeFile(path, bytes);
    harness.loseNextAnswer();
    await a.putBlob("journal/1/r/000001.json", { bytes: text("small") }, signal);
    harness.loseNextAnswer();
    await a.putBlob("ledger/big", { path }, signal);
    expect(await names(b, "")).toEqual(["journal/1/r/000001.json", "ledger/big"]);
    expect(Buffer.compare(await b.readBlob("ledger/big", signal), bytes)).toBe(0);
  },

  "a blob of 60 MB goes there and back as a file": async ({ a, b }, scratch) => {
    const path = join(scratch, "in");
    await writeFile(path, randomBytes(60_000_000));
    await a.putBlob("ledger/big", { path }, signal);
    const there = join(scratch, "out");
    await b.getBlob("ledger/big", there, signal);
    expect(await fileDigest(there, signal)).toEqual(await fileDigest(path, signal));
  },

  "blobs are listed in order, by prefix": async ({ a, b }) => {
    const all = ["a-b/c", "a.b", "a/b-c", "a/b.c/d", "a/b/c", "b/000001.json", "b/000010.json"];
    for (const name of all.toReversed()) await a.putBlob(name, { bytes: text(name) }, signal);
    const sorted = all.toSorted((x, y) => (x < y ? -1 : 1));
    expect(await names(b, "")).toEqual(sorted);
    expect(await names(b, "a/b")).toEqual(sorted.filter((name) => name.startsWith("a/b")));
    expect(await names(b, "b/0000")).toEqual(["b/000001.json", "b/000010.json"]);
    expect(await names(b, "none/")).toEqual([]);
  },

  "a listing says how big a blob is and when it was last put": async ({ a, b, clockMs }) => {
    const entry = async (): Promise<BlobEntry> => {
      for await (const found of b.listBlobs("x/y", signal)) return found;
      throw new Error("not listed");
    };
    const before = Date.now();
    await a.putBlob("x/y", { bytes: text("12345") }, signal);
    const first = await entry();
    expect(first).toEqual({ name: "x/y", bytes: 5, modifiedAt: expect.any(Date) as Date });
    // Clocks of stores may be coarse.
    expect(Math.abs(first.modifiedAt.getTime() - before)).toBeLessThan(5000);
    await delay(30 + clockMs);
    await b.putBlob("x/y", { bytes: text("12345") }, signal);
    expect((await entry()).modifiedAt.getTime()).toBeGreaterThan(first.modifiedAt.getTime());
  },

  "a deleted blob is gone, and deleting it again is fine": async ({ a, b }) => {
    await a.putBlob("x/y", { bytes: text("z") }, signal);
    await b.deleteBlob("x/y", signal);
    await b.deleteBlob("x/y", signal);
    await fails(a.readBlob("x/y", signal), "not-found");
    expect(await names(a, "")).toEqual([]);
  },

  "names that could leave the store are refused": async ({ a }) => {
    for (const name of [
      "",
      "..",
      "../x",
      "a/../b",
      "/a",
      "a//b",
      "a/",
      ".a",
      "a\\b",
      "a\0b",
      "a b",
      "ä",
      "-a",
    ]) {
      await fails(a.putBlob(name, { bytes: text("x") }, signal), "invalid");
    }
    expect(await names(a, "")).toEqual([]);
  },

  "a blob whose bytes do not match its hash is refused": async ({ a, b }, scratch) => {
    const store = await openState(a, signal);
    const right = await store.putBlobBytes("ledger", text("right"), signal);
    await store.fetchBlob(right, join(scratch, "right"), signal);
    const sha256 = createHash("sha256").update("wanted").digest("hex");
    await b.putBlob(`ledger/${sha256}`, { bytes: text("forged") }, signal);
    const path = join(scratch, "forged");
    await fails(store.fetchBlob({ name: `ledger/${sha256}`, sha256, bytes: 6 }, path, signal), "permanent");
    await expect(readFile(path)).rejects.toThrow("ENOENT");
  },

  "a state whose root document is lost is not taken for an empty one": async ({ a, b }) => {
    await mustHaveRoot(await openState(a, signal), signal);
    await a.putBlob("changesets/of-a-plan", { bytes: text("x") }, signal);
    await mustHaveRoot(await openState(a, signal), signal);
    await b.putBlob("ledger/of-a-run", { bytes: text("x") }, signal);
    await fails(
      openState(a, signal).then((store) => mustHaveRoot(store, signal)),
      "invalid",
    );
  },

  "a lease excludes, and says who holds it": async ({ a, b }) => {
    const lease = await a.acquireLease("account-1", info, 60_000, signal);
    const error = await fails(
      b.acquireLease("account-1", { ...info, who: "ben@host" }, 60_000, signal),
      "lock-held",
    );
    expect(error).toBeInstanceOf(LeaseHeld);
    const [held] = await b.leases(signal);
    expect((error as LeaseHeld).holder).toEqual(held);
    expect(held).toEqual({
      ...info,
      name: "account-1",
      id: lease.id,
      acquiredAt: expect.any(String) as string,
      expiresAt: expect.any(String) as string,
      state: "live",
    });
    await a.acquireLease("account-2", info, 60_000, signal);
    await lease.release();
    expect((await b.leases(signal)).map((each) => each.name)).toEqual(["account-2"]);
  },

  "of many who take a lease, one gets it": async ({ a, b }) => {
    const attempts = Array.from({ length: 10 }, (_, i) =>
      (i % 2 === 0 ? a : b).acquireLease("account-1", info, 60_000, signal),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  },

  "of twenty clients who take a lease at once, one gets it, again and again": async (harness) => {
    for (let round = 0; round < RACES; round++) {
      const ttlMs = round === 0 ? 60_000 : 1;
      const taken: string[] = [];
      const { winners, errors } = await twenty(harness, async (each) => {
        taken.push((await each.acquireLease("account-1", info, ttlMs, signal)).id);
      });
      // Whoever comes when the time is up takes it after another, never beside.
      if (round === 0) expect(winners).toHaveLength(1);
      expect(winners.length).toBeGreaterThan(0);
      if (errors.length > 0) expect(kinds(errors)).toEqual(["lock-held"]);
      const [held] = await harness.b.leases(signal);
      expect(taken).toContain(held?.id);
      await harness.b.breakLease("account-1", held?.id ?? "", signal);
    }
  },

  "of twenty clients who find an expired lease, one gets it": async (harness) => {
    const lost = await harness.a.acquireLease("account-1", info, 10, signal);
    await expired(harness.b);
    const { winners, errors } = await twenty(harness, async (each) => {
      const lease = await each.acquireLease("account-1", info, 60_000, signal);
      expect(lease.lapsed?.holder.id).toBe(lost.id);
    });
    expect(winners).toHaveLength(1);
    expect(kinds(errors)).toEqual(["lock-held"]);
    await fails(lost.renew(signal), "conflict");
  },

  "a wrong id cannot break a lease": async ({ a, b }) => {
    const lease = await a.acquireLease("account-1", info, 60_000, signal);
    await fails(b.breakLease("account-1", "00000000-0000-4000-8000-000000000000", signal), "conflict");
    await fails(b.breakLease("account-2", lease.id, signal), "conflict");
    await lease.renew(signal);
    expect((await b.leases(signal)).map((each) => each.id)).toEqual([lease.id]);
  },

  "ids of leases are never used again": async ({ a, b }) => {
    const ids = new Set<string>();
    for (let i = 0; i < 10; i++) {
      const lease = await (i % 2 === 0 ? a : b).acquireLease("account-1", info, 60_000, signal);
      ids.add(lease.id);
      await lease.release();
    }
    expect(ids.size).toBe(10);
  },

  "a lease whose answer was lost is recognised as one's own": async (harness) => {
    harness.loseNextAnswer();
    const lease = await harness.a.acquireLease("account-1", info, 60_000, signal);
    expect((await harness.b.leases(signal)).map((each) => each.id)).toEqual([lease.id]);
    await lease.renew(signal);
  },

  "giving back, prolonging and breaking do not mind a lost answer": async (harness) => {
    const { a, b } = harness;
    const first = await a.acquireLease("account-1", info, 60_000, signal);
    harness.loseNextAnswer();
    await first.renew(signal);
    harness.loseNextAnswer();
    await first.release();
    expect(await b.leases(signal)).toEqual([]);
    const second = await b.acquireLease("account-1", info, 60_000, signal);
    expect(second.lapsed).toBeUndefined();
    harness.loseNextAnswer();
    await a.breakLease("account-1", second.id, signal);
    expect(await b.leases(signal)).toEqual([]);
    await fails(second.renew(signal), "conflict");
  },

  "renewing prolongs a lease": async ({ a, b, clockMs }) => {
    const lease = await a.acquireLease("account-1", info, 60_000, signal);
    const [before] = await b.leases(signal);
    await delay(5 + clockMs);
    await lease.renew(signal);
    const [after] = await b.leases(signal);
    expect(Date.parse(after?.expiresAt ?? "")).toBeGreaterThan(Date.parse(before?.expiresAt ?? ""));
    expect(after?.acquiredAt).toBe(before?.acquiredAt);
  },

  "an expired lease may be taken, and its holder learns it": async ({ a, b }) => {
    const lost = await a.acquireLease("account-1", info, 30, signal);
    const over = await expired(b);
    expect(over?.state).toBe("expired");
    const taken = await b.acquireLease("account-1", info, 60_000, signal);
    expect(taken.lapsed).toMatchObject({ holder: { id: lost.id }, until: over?.expiresAt });
    await fails(lost.renew(signal), "conflict");
    await lost.release();
    expect((await a.leases(signal)).map((each) => each.id)).toEqual([taken.id]);
    await taken.renew(signal);
  },

  "a holder that did not give its lease back is told of until long after": async ({ a, b }) => {
    const first = await a.acquireLease("account-1", info, 60_000, signal);
    expect(first.lapsed).toBeUndefined();
    await first.release();
    const broken = await a.acquireLease("account-1", info, 60_000, signal);
    expect(broken.lapsed).toBeUndefined();
    const [held] = await b.leases(signal);
    await b.breakLease("account-1", broken.id, signal);
    const second = await b.acquireLease("account-1", info, 10, signal);
    expect(second.lapsed).toMatchObject({ holder: { id: broken.id }, until: held?.expiresAt });
    await expired(a);
    // The one before last may be at it for longer than the last.
    const third = await a.acquireLease("account-1", info, 60_000, signal);
    expect(third.lapsed).toMatchObject({ holder: { id: broken.id }, until: held?.expiresAt });
    await third.release();
    expect((await b.acquireLease("account-1", info, 60_000, signal)).lapsed?.until).toBe(held?.expiresAt);
  },

  "a broken lease is free, and its holder learns it": async ({ a, b }) => {
    const lost = await a.acquireLease("account-1", info, 60_000, signal);
    await b.breakLease("account-1", lost.id, signal);
    await fails(lost.renew(signal), "conflict");
    const taken = await b.acquireLease("account-1", info, 60_000, signal);
    await lost.release();
    expect((await a.leases(signal)).map((each) => each.id)).toEqual([taken.id]);
  },

  "a displaced run can record nothing more": async ({ a, b }) => {
    const first = await (await openState(a, signal)).takeAccount("file:x", "file", signal);
    await first.update(() => undefined, signal);
    const second = await (await openState(b, signal)).takeAccount("file:x", "file", signal);
    await fails(
      first.update(() => undefined, signal),
      "conflict",
    );
    await second.update(() => undefined, signal);
  },

  "an abort stops every method": async ({ a }, scratch) => {
    const aborted = AbortSignal.abort(new Error("stop"));
    const { version } = await a.writeRoot(text("one"), undefined, signal);
    await a.putBlob("x/y", { bytes: text("z") }, signal);
    const lease = await a.acquireLease("account-1", info, 60_000, signal);
    const attempts = [
      a.readRoot(aborted),
      a.writeRoot(text("two"), version, aborted),
      a.putBlob("x/z", { bytes: text("z") }, aborted),
      a.readBlob("x/y", aborted),
      a.getBlob("x/y", join(scratch, "y"), aborted),
      (async () => {
        for await (const _ of a.listBlobs("x", aborted));
      })(),
      a.deleteBlob("x/y", aborted),
      a.acquireLease("account-2", info, 60_000, aborted),
      lease.renew(aborted),
      a.breakLease("account-1", lease.id, aborted),
      a.leases(aborted),
    ];
    const results = await Promise.allSettled(attempts);
    expect(results).toEqual(results.map(() => ({ status: "rejected", reason: aborted.reason as Error })));
    expect((await reading(a))?.text).toBe("one");
    expect(await names(a, "")).toEqual(["x/y"]);
    expect(await a.leases(signal)).toHaveLength(1);
  },

  "an abort in the middle of a put leaves all or nothing": async ({ a, b }, scratch) => {
    const path = join(scratch, "big");
    await writeFile(path, randomBytes(30_000_000));
    const controller = new AbortController();
    const put = a.putBlob("x/big", { path }, controller.signal);
    setImmediate(() => controller.abort(new Error("stop")));
    const done = await put.then(
      () => true,
      () => false,
    );
    expect(await names(b, "")).toEqual(done ? ["x/big"] : []);
  },
};

/** Runs one case on a fresh store; rejects when the backend fails it. */
export async function runCase(name: string, make: MakeHarness): Promise<void> {
  const work = cases[name];
  if (work === undefined) throw new TypeError(`no case "${name}"`);
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  const harness = await make();
  try {
    await work(harness, scratch);
  } finally {
    await harness.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Adds one, so many times, starting over when somebody else was faster. */
export async function count(backend: StateBackend, rounds: number): Promise<void> {
  for (let done = 0; done < rounds;) {
    const root = await backend.readRoot(signal);
    const next = text(String(Number(Buffer.from(root?.bytes ?? []).toString()) + 1));
    await backend.writeRoot(next, root?.version, signal).then(
      () => (done += 1),
      () => undefined,
    );
  }
}

/** The whole suite for one backend. */
export function describeStateBackend(
  name: string,
  make: MakeHarness,
  /** At once, where cases wait for a clock and a server rather than for this machine. */
  { concurrent = false } = {},
): void {
  describe(`state backend: ${name}`, { concurrent }, () => {
    test("supplies everything that the suite needs", async () => {
      const harness = await make();
      try {
        expect(harness.a).not.toBe(harness.b);
        expect(typeof harness.loseNextAnswer).toBe("function");
        expect(typeof harness.race).toBe("function");
        expect(harness.a.label).not.toBe("");
        expect(harness.clockMs).toBeGreaterThanOrEqual(0);
        expect(await harness.client()).not.toBe(harness.b);
        // A lost answer that nothing notices would make its cases worthless.
        await harness.a.writeRoot(text("one"), undefined, signal);
        expect(await harness.b.readRoot(signal)).toBeDefined();
      } finally {
        await harness.close();
      }
    });
    test.each(Object.keys(cases))("%s", (each) => runCase(each, make));
  });
}
