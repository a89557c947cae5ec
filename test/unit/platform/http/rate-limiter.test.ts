import { describe, expect, it } from "vitest";
import { RateLimiter } from "../../../../src/platform/http/rate-limiter.js";

const go = (): AbortSignal => new AbortController().signal;

/** Whether a request may go out right now. */
async function free(limiter: RateLimiter, name = "b"): Promise<boolean> {
  const stop = new AbortController();
  const taken = limiter.take(name, stop.signal).then(
    () => true,
    () => false,
  );
  await Promise.resolve();
  stop.abort();
  return taken;
}

function clock(): { now: () => number; advance: (ms: number) => void } {
  let time = 1_000_000_000;
  return { now: () => time, advance: (ms) => void (time += ms) };
}

describe("RateLimiter", () => {
  it("lets the capacity out, then waits for the window", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: { b: { capacity: 2, perSecond: 2 } }, now });
    expect([await free(limiter), await free(limiter), await free(limiter)]).toEqual([true, true, false]);
    advance(900);
    expect(await free(limiter)).toBe(false);
    advance(200);
    expect([await free(limiter), await free(limiter), await free(limiter)]).toEqual([true, true, false]);
  });

  it("lets no window see more than the limit, wherever it begins", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: { b: { capacity: 10, perSecond: 10 } }, now });
    const sent: number[] = [];
    for (let step = 0; step < 500; step++) {
      advance(7 + ((step * 13) % 41));
      if (await free(limiter)) sent.push(now());
    }
    for (const from of sent)
      expect(sent.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(10);
    // As fast as that allows, but for the margin.
    const seconds = ((sent.at(-1) ?? 0) - (sent[0] ?? 0)) / 1000;
    expect(sent.length / seconds).toBeGreaterThan(9);
  });

  it("really waits", async () => {
    const limiter = new RateLimiter({ buckets: { b: { capacity: 1, perSecond: 20 } } });
    const start = performance.now();
    for (let i = 0; i < 3; i++) await limiter.take("b", go());
    expect(performance.now() - start).toBeGreaterThan(90);
  });

  it("is shared by concurrent users, and by connections to one account", async () => {
    const { now, advance } = clock();
    const buckets = { b: { capacity: 3, perSecond: 1, hourly: 5 } };
    const limiter = new RateLimiter({ buckets, spent: { b: [] }, now });
    const spent: Record<string, number[]> = {};
    const other = new RateLimiter({ buckets, spent, now });
    expect(await free(other)).toBe(true);
    other.shareWith(limiter);
    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, index) => free(index % 2 === 0 ? limiter : other)),
    );
    expect(taken.filter(Boolean)).toHaveLength(2);
    advance(3100);
    expect([await free(other), await free(limiter), await free(other)]).toEqual([true, true, false]);
    expect(spent["b"]).toHaveLength(5);
  });

  it("counts what has no answer yet against what remains", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: { b: { capacity: 10, perSecond: 10 } }, now });
    for (let i = 0; i < 4; i++) expect(await free(limiter)).toBe(true);
    // The answer to the first: two more may come, but three are on their way.
    limiter.observe("b", { remaining: 4, resetSeconds: 1 });
    limiter.done("b");
    expect([await free(limiter), await free(limiter)]).toEqual([true, false]);
    advance(1100);
    expect(await free(limiter)).toBe(true);
  });

  it("learns from a 429 without a word that the limit is lower", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: { b: { capacity: 10, perSecond: 10 } }, now });
    for (let i = 0; i < 5; i++) expect(await free(limiter)).toBe(true);
    limiter.slowDown("b");
    advance(1100);
    for (let i = 0; i < 4; i++) expect(await free(limiter)).toBe(true);
    expect(await free(limiter)).toBe(false);
  });

  it("counts the last hour over runs and records its own requests", async () => {
    const { now, advance } = clock();
    const spent: Record<string, number[]> = { b: [now() - 3_600_001, now() - 3_000_000, now() - 10] };
    const limiter = new RateLimiter({
      buckets: { b: { capacity: 10, perSecond: 10, hourly: 3 } },
      spent,
      now,
    });
    expect([await free(limiter), await free(limiter)]).toEqual([true, false]);
    expect(spent["b"]).toEqual([now() - 3_000_000, now() - 10, now()]);
    advance(600_001);
    expect([await free(limiter), await free(limiter)]).toEqual([true, false]);
  });

  it("gets stricter by what responses say, never laxer", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: { b: { capacity: 10, perSecond: 10 } }, now });
    limiter.observe("b", { limit: 2, remaining: 2 });
    limiter.observe("b", { limit: 50, remaining: 50 });
    expect([await free(limiter), await free(limiter), await free(limiter)]).toEqual([true, true, false]);
    advance(1100);
    expect([await free(limiter), await free(limiter), await free(limiter)]).toEqual([true, true, false]);
  });

  it("waits for the reset when nothing remains, and after a 429", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({
      buckets: { b: { capacity: 10, perSecond: 10 }, c: { capacity: 1, perSecond: 1 } },
      now,
    });
    limiter.observe("b", { remaining: 0, resetSeconds: 7 });
    advance(6_900);
    expect(await free(limiter)).toBe(false);
    expect(await free(limiter, "c")).toBe(true);
    advance(200);
    expect(await free(limiter)).toBe(true);
    limiter.block("b", 3);
    expect(await free(limiter)).toBe(false);
    advance(3_000);
    expect(await free(limiter)).toBe(true);
  });

  it("paces nothing with none, but honours a block", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: "none", now });
    for (let i = 0; i < 1000; i++) expect(await free(limiter)).toBe(true);
    limiter.block("b", 1);
    expect(await free(limiter)).toBe(false);
    advance(1000);
    expect(await free(limiter)).toBe(true);
  });

  it("reports a long wait once, and can be stopped", async () => {
    const told: [string, number][] = [];
    const limiter = new RateLimiter({
      buckets: { b: { capacity: 1, perSecond: 0.1 } },
      onWait: (why, s) => told.push([why, s]),
    });
    await limiter.take("b", go());
    const stop = new AbortController();
    const waiting = limiter.take("b", stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "interrupted" });
    expect(told).toEqual([["rate limit of b", 10]]);
  });

  it("counts requests of the future, by a clock that was ahead, as sent now", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({
      buckets: { b: { capacity: 10, perSecond: 10, hourly: 1 } },
      spent: { b: [now() + 7_200_000] },
      now,
    });
    expect(await free(limiter)).toBe(false);
    advance(3_599_000);
    expect(await free(limiter)).toBe(false);
    advance(1001);
    expect(await free(limiter)).toBe(true);
  });

  it("waits no longer than it is told since the first of refusals in a row", async () => {
    const { now, advance } = clock();
    const limiter = new RateLimiter({ buckets: "none", connection: "newsletter", now });
    limiter.block("b", 20);
    advance(20_000);
    limiter.block("b", 20);
    await expect(limiter.take("b", go(), 30_000)).rejects.toMatchObject({
      kind: "rate-limit",
      retryAfter: 20,
      message: 'The rate limit of b on connection "newsletter" is used up for 20 seconds.',
    });
    advance(20_000);
    expect(await free(limiter)).toBe(true);
    limiter.answered("b");
    limiter.block("b", 20);
    const stop = new AbortController();
    const waiting = limiter.take("b", stop.signal, 30_000);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "interrupted" });
  });

  it("refuses to wait for half a day", async () => {
    const limiter = new RateLimiter({ buckets: "none" });
    limiter.block("b", 40_000);
    await expect(limiter.take("b", go())).rejects.toMatchObject({ kind: "rate-limit", retryAfter: 40_000 });
  });
});
