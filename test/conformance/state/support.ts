import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { Failure, type FailureKind } from "../../../src/model/failure.ts";
import type { HeldLease, StateBackend } from "../../../src/plugin/state-backend.ts";
import { FULL } from "../../support/full.ts";

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
export type Case = (harness: BackendHarness, scratch: string) => Promise<void>;
export type Cases = Readonly<Record<string, Case>>;

/** How often twenty clients race for the same thing. */
export const RACES = FULL ? 50 : 3;

export const signal = new AbortController().signal;
// Many wait for the same thing here.
setMaxListeners(0, signal);
export const subject = { account: "brevo:42", label: "Acme", connections: ["main"] };
export const info = { operation: "apply", who: "anna@host", pid: 4711, subject };
export const text = (value: string): Uint8Array => Buffer.from(value);
export const reading = async (
  backend: StateBackend,
): Promise<{ text: string; version: string } | undefined> => {
  const root = await backend.readRoot(signal);
  return root && { text: Buffer.from(root.bytes).toString(), version: root.version };
};
export const fails = async (work: Promise<unknown>, kind: FailureKind): Promise<Failure> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  expect((error as Failure).kind).toBe(kind);
  return error as Failure;
};
export const names = async (backend: StateBackend, prefix: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const { name } of backend.listBlobs(prefix, signal)) found.push(name);
  return found;
};

/** Those of one store race again and again: nobody closes their connections. */
const racers = new WeakMap<BackendHarness, readonly StateBackend[]>();

/** Twenty clients do it at once; the places of those for whom it worked. */
export const twenty = async <T>(
  harness: BackendHarness,
  work: (backend: StateBackend, place: number) => Promise<T>,
): Promise<{ winners: number[]; errors: unknown[] }> => {
  const clients =
    racers.get(harness) ?? (await Promise.all(Array.from({ length: 20 }, () => harness.client())));
  racers.set(harness, clients);
  // Whatever they load or connect to first is not part of the race.
  await Promise.all(clients.map((each) => each.leases(signal)));
  const results = await Promise.allSettled(clients.map(work));
  return {
    winners: results.flatMap(({ status }, place) => (status === "fulfilled" ? [place] : [])),
    errors: results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : [])),
  };
};
export const kinds = (errors: readonly unknown[]): string[] => [
  ...new Set(errors.map((error) => (error as Failure).kind ?? String(error))),
];
/** Waits until the store counts the lease as expired. */
export const expired = async (backend: StateBackend): Promise<HeldLease | undefined> => {
  for (;;) {
    const [lease] = await backend.leases(signal);
    if (lease?.state !== "live") return lease;
    await delay(20);
  }
};
