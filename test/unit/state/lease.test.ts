import { setTimeout as delay } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { Failure } from "../../../src/model/failure.ts";
import { LeaseHeld, type Lease } from "../../../src/plugin/state-backend.ts";
import { accountLeaseName, withLease } from "../../../src/state/lease.ts";
import { MemoryBackend, MemoryStore } from "../../support/memory-backend.ts";

const signal = new AbortController().signal;
const subject = { account: "brevo:42", label: "Acme", connections: ["main"] };
const info = { operation: "apply", who: "anna@host", pid: 4711, subject };
const name = accountLeaseName("brevo:42");
let store: MemoryStore;
let backend: MemoryBackend;

beforeEach(() => {
  store = new MemoryStore();
  backend = new MemoryBackend(store);
});

const aborted = (lost: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (lost.aborted) resolve(lost.reason);
    lost.addEventListener("abort", () => resolve(lost.reason));
  });

test("a lock is renewed while work goes on, and given back at the end", async () => {
  const result = await withLease(
    backend,
    name,
    info,
    async (held) => {
      await delay(1500);
      await expect(backend.acquireLease(name, info, 1000, signal)).rejects.toBeInstanceOf(LeaseHeld);
      expect(await held.mayWriteUntil()).toBeGreaterThan(Date.now());
      return "done";
    },
    { signal, ttlMs: 600 },
  );
  expect(result).toBe("done");
  expect(store.leases.size).toBe(0);
});

test("the lock is given back when the work fails", async () => {
  const failing = withLease(backend, name, info, () => Promise.reject(new Error("work")), { signal });
  await expect(failing).rejects.toThrow("work");
  expect(store.leases.size).toBe(0);
});

test("a held lock says who holds it, since when, and when it expires", async () => {
  await backend.acquireLease(name, info, 60_000, signal);
  const held = [...store.leases.values()][0];
  const error = await withLease(backend, name, info, async () => "never", { signal }).catch(
    (e: unknown) => e,
  );
  expect(error).toMatchObject({ kind: "lock-held", holder: held });
  expect((error as Failure).message).toContain(`anna@host (process 4711, apply) since ${held?.acquiredAt}`);
  expect((error as Failure).message).toContain('the account brevo:42 "Acme" (connection main) is locked');
  expect((error as Failure).hint).toContain(held?.expiresAt);
  expect((error as Failure).hint).toContain(`rollcall lock release ${held?.id}`);
});

test("a run whose lock was broken learns it, is told to stop, and leaves the new holder alone", async () => {
  await withLease(
    backend,
    name,
    info,
    async (held) => {
      await backend.breakLease(name, held.id, signal);
      const taken = await backend.acquireLease(name, info, 60_000, signal);
      expect(await aborted(held.lost)).toMatchObject({ kind: "conflict" });
      await expect(held.mayWriteUntil()).rejects.toMatchObject({ kind: "conflict" });
      expect(store.leases.get(name)?.id).toBe(taken.id);
    },
    { signal, ttlMs: 90 },
  );
  expect(store.leases.size).toBe(1);
});

test("sending is refused past a part of the lock's time, and asking renews the lock", async () => {
  await withLease(
    backend,
    name,
    info,
    async (held) => {
      const first = await held.mayWriteUntil();
      expect(first - Date.now()).toBeLessThanOrEqual(900);
      await delay(400);
      expect(await held.mayWriteUntil()).toBeGreaterThan(first);
      // Broken a moment ago: the next request is not sent, although the time is not up.
      await backend.breakLease(name, held.id, signal);
      await delay(400);
      await expect(held.mayWriteUntil()).rejects.toMatchObject({ kind: "conflict" });
    },
    { signal, ttlMs: 1000 },
  );
});

test("renewals that fail are tried again until the time is up", async () => {
  let broken = true;
  class Flaky extends MemoryBackend {
    override async acquireLease(...args: Parameters<MemoryBackend["acquireLease"]>): Promise<Lease> {
      const lease = await super.acquireLease(...args);
      const renew = (renewSignal: AbortSignal): Promise<void> => {
        if (!broken) return lease.renew(renewSignal);
        broken = false;
        return Promise.reject(new Failure("transient", "no network"));
      };
      return { ...lease, renew };
    }
  }
  const flaky = new Flaky(store);
  const options = { signal, ttlMs: 600 };
  await withLease(
    flaky,
    name,
    info,
    async (held) => {
      while (broken) await delay(10);
      expect(await held.mayWriteUntil()).toBeGreaterThan(Date.now());
    },
    options,
  );
});

test("a run that cannot renew at all counts its lock as lost when its time is up", async () => {
  class Cut extends MemoryBackend {
    override async acquireLease(...args: Parameters<MemoryBackend["acquireLease"]>): Promise<Lease> {
      const lease = await super.acquireLease(...args);
      return { ...lease, renew: () => Promise.reject(new Failure("transient", "no network")) };
    }
  }
  const work = withLease(new Cut(store), name, info, (held) => aborted(held.lost), { signal, ttlMs: 60 });
  expect(await work).toMatchObject({
    kind: "conflict",
    message: expect.stringContaining("lost its lock") as string,
  });
});

test("each account has its own lock, whatever its id contains", () => {
  const names = ["brevo:42", "sendgrid:42", "file:/a b/ü"].map(accountLeaseName);
  expect(new Set(names).size).toBe(3);
  for (const each of names) expect(each).toMatch(/^account-[0-9a-f]{32}$/);
});
