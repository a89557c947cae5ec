import { afterAll, describe, it } from "vitest";
import type { StoryType } from "../support/remote.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { sweep, Tally, tell } from "./story.js";

/** In which things happen in a story, and a run is killed in each. */
const ROUNDS = FULL ? 4 : 2;

/** Kills until `kills` were survived; each story has a seed of its own, counted up from the first. */
export function survives(
  title: string,
  types: readonly StoryType[],
  kills: { readonly short: number; readonly full: number },
): void {
  const wanted = Number(process.env["ROLLCALL_TEST_KILLS"] ?? (FULL ? kills.full : kills.short));
  describe(`killed at any moment, ${title}`, () => {
    const tally = new Tally();
    const series = new Series(`killed at any moment, ${title}`);
    afterAll(() => tally.print(`${title}, seed ${series.first}`));
    it(
      `the next run finishes (${wanted} kills, seed ${series.first})`,
      { timeout: 60_000 + wanted * 20_000 },
      async () => {
        await series.tellWhile(
          () => tally.kills < wanted,
          (seed) => tell(seed, { types, rounds: ROUNDS }, tally),
        );
      },
    );
    if (!FULL) return;
    for (const run of ["first", "later"]) {
      const sweeps = new Series(`killed at every moment of a ${run} run, ${title}`);
      it(`at every moment of a ${run} run (seed ${sweeps.first})`, { timeout: 3_600_000 }, () =>
        sweeps.tellOne((seed) => sweep(seed, { types, first: run === "first" }, tally)),
      );
    }
  });
}
