import { expect, it } from "vitest";
import { Leases, type LeaseDocument, type LeaseDocuments } from "../../../src/backends/leases.js";
import { LeaseHeld } from "../../../src/plugin/state-backend.js";

const HOUR = 3_600_000;
const TTL = 60_000;
const signal = new AbortController().signal;
const info = {
  subject: { account: "brevo:1", label: "1", connections: [] },
  operation: "apply",
  who: "anna on ci",
  pid: 1,
};

/** A store whose clock a test sets; what is written there was written on another machine. */
class Store implements LeaseDocuments {
  readonly clockStepMs = 0;
  readonly fix = (): string => "delete it";
  now = Date.parse("2026-11-28T12:00:00Z");
  #stored: LeaseDocument["stored"];
  #version = 0;

  read(): Promise<LeaseDocument> {
    return Promise.resolve({ stored: this.#stored, now: this.now });
  }

  swap(_name: string, bytes: Uint8Array, version: string | undefined): Promise<boolean> {
    if (version !== this.#stored?.version) return Promise.resolve(false);
    this.#stored = { bytes, version: String(++this.#version) };
    return Promise.resolve(true);
  }

  names(): Promise<readonly string[]> {
    return Promise.resolve(this.#stored === undefined ? [] : ["account"]);
  }
}

const refusal = async (leases: Leases): Promise<LeaseHeld> => {
  const error: unknown = await leases.acquire("account", info, TTL, signal).then(
    () => new Error("it was taken"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LeaseHeld)) throw error;
  return error;
};

it("a lock that was written two hours ahead expires its own duration after it is first seen, and says so", async () => {
  const store = new Store();
  const leases = new Leases(store);
  store.now += 2 * HOUR;
  await leases.acquire("account", info, TTL, signal);
  store.now -= 2 * HOUR;
  const end = new Date(store.now + TTL).toISOString();
  expect((await leases.list(signal))[0]).toMatchObject({ state: "live", expiresAt: end });
  expect((await refusal(leases)).hint).toContain(end);
  store.now += TTL - 1;
  expect((await refusal(leases)).hint).toContain(end);
  store.now += 1;
  const { lapsed } = await leases.acquire("account", info, TTL, signal);
  expect(lapsed?.until).toBe(end);
});

it("the holder of such a lock keeps it", async () => {
  const store = new Store();
  const leases = new Leases(store);
  store.now += 2 * HOUR;
  const held = await leases.acquire("account", info, TTL, signal);
  store.now -= 2 * HOUR;
  await refusal(leases);
  store.now += TTL / 2;
  await held.renew(signal);
  store.now += TTL - 1;
  expect((await refusal(leases)).holder.id).toBe(held.id);
});

it("the last holder of a lock is not waited for longer than it can have held it", async () => {
  const store = new Store();
  const leases = new Leases(store);
  store.now += 2 * HOUR;
  const held = await leases.acquire("account", info, TTL, signal);
  await leases.break("account", held.id, signal);
  store.now -= 2 * HOUR;
  const before = Date.now();
  const { lapsed } = await leases.acquire("account", info, TTL, signal);
  expect((lapsed?.untilHere ?? 0) - before).toBeLessThan(TTL + 5000);
});

it("a lock with a longer time of its own than ours is not shortened", async () => {
  const store = new Store();
  const leases = new Leases(store);
  await leases.acquire("account", info, 24 * HOUR, signal);
  store.now += 23 * HOUR;
  await refusal(leases);
});
