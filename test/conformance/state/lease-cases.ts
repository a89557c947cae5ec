import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { LeaseHeld } from "../../../src/plugin/state-backend.ts";
import { openState } from "../../../src/state/store.ts";
import { expired, fails, info, kinds, RACES, signal, twenty, type Cases } from "./support.ts";

/** Leases: who has one, until when, and who had it before. */
export const leaseCases: Cases = {
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
      const taken: string[] = [];
      const { winners, errors } = await twenty(harness, async (each) => {
        taken.push((await each.acquireLease("account-1", info, 60_000, signal)).id);
      });
      expect(winners).toHaveLength(1);
      expect(kinds(errors)).toEqual(["lock-held"]);
      const [held] = await harness.b.leases(signal);
      expect(taken).toEqual([held?.id]);
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
};
