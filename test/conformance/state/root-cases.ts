import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { Failure } from "../../../src/model/failure.ts";
import { openState } from "../../../src/state/store.ts";
import { FULL } from "../../support/full.ts";
import { fails, kinds, RACES, reading, signal, text, twenty, type Cases } from "./support.ts";

/** The root document: compare-and-swap, races, and answers that are lost. */
export const rootCases: Cases = {
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
};
