import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { areMinutesUsedUp, minutesFromNow, seriesInTime } from "../../support/minutes.js";
import { describeTold, Series, type RunOfSeries } from "../../support/series.js";

let run: RunOfSeries;

beforeEach(async () => {
  run = { full: true, folder: await mkdtemp(join(tmpdir(), "rollcall-series-")), given: undefined };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(run.folder, { recursive: true });
});

/** Tells so many stories of a series; the last one fails if it shall. */
async function tell(stories: number, { of = run, fails = false } = {}): Promise<number[]> {
  const seeds: number[] = [];
  await new Series("kills", of)
    .tellWhile(
      () => seeds.length < stories,
      (seed) => {
        seeds.push(seed);
        return fails && seeds.length === stories ? Promise.reject(new Error("wrong")) : Promise.resolve();
      },
    )
    .catch(() => undefined);
  return seeds;
}

describe("A series of stories", () => {
  it("goes on in the next full run where the last one stopped", async () => {
    const first = await tell(3);
    expect(await tell(2)).toEqual([first[2]! + 1, first[2]! + 2]);
  });

  it("begins the next full run with the story that failed", async () => {
    const first = await tell(3, { fails: true });
    expect((await tell(1))[0]).toBe(first[2]);
  });

  it("tells the story of a given seed, and does not go on from there", async () => {
    const first = await tell(1);
    expect(await tell(2, { of: { ...run, given: "7" } })).toEqual([7, 8]);
    expect(await tell(1)).toEqual([first[0]! + 1]);
  });

  it("leaves nothing behind in a short run", async () => {
    await tell(2, { of: { ...run, full: false } });
    expect(describeTold(0, run.folder)).toEqual([]);
  });

  it("is shown with its stories and seeds when it was told in this run", async () => {
    const [seed = 0] = await tell(1);
    const [head, line, ...more] = describeTold(0, run.folder);
    expect([head?.split(/ +/), line?.split(/ {2,}/), more]).toEqual([
      ["series", "stories", "seeds", "time"],
      ["kills", "1", `${seed}–${seed}`, "0 s"],
      [],
    ]);
    expect(describeTold(Date.now() + 60_000, run.folder)).toEqual([]);
  });

  it("tells no story when the minutes are used up", async () => {
    vi.stubEnv("ROLLCALL_TEST_END", "1");
    expect(await tell(2)).toEqual([]);
  });
});

describe("The minutes of a run", () => {
  it("are as many as it needs when none are given", () => {
    vi.stubEnv("ROLLCALL_TEST_MINUTES", undefined);
    expect(minutesFromNow()).toEqual({});
    vi.stubEnv("ROLLCALL_TEST_END", undefined);
    expect([areMinutesUsedUp(), seriesInTime()()]).toEqual([false, true]);
  });

  it("end when they are over, for a series after its share", () => {
    vi.stubEnv("ROLLCALL_TEST_MINUTES", "0.0001");
    vi.stubEnv("ROLLCALL_TEST_END", undefined);
    const inTime = seriesInTime();
    expect(inTime()).toBe(true);
    for (const end = performance.now() + 2; performance.now() < end;);
    expect(inTime()).toBe(false);
    for (const [name, end] of Object.entries(minutesFromNow()))
      vi.stubEnv(name, String(Number(end) - 60_000));
    expect(areMinutesUsedUp()).toBe(true);
  });

  it.each(["", "many", "0", "-3"])("are refused when they are %j", (given) => {
    vi.stubEnv("ROLLCALL_TEST_MINUTES", given);
    expect(() => minutesFromNow()).toThrow(`ROLLCALL_TEST_MINUTES is a number of minutes, not ${given}.`);
  });
});
