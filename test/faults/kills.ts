import { afterAll, describe, it } from "vitest";
import type { StoryType } from "../support/remote.js";
import { FULL } from "../support/full.js";
import { seriesInTime } from "../support/minutes.js";
import { sweep, Tally, tell } from "./story.js";

const SEED = Number(process.env["ROLLCALL_TEST_SEED"] ?? Date.now() % 2_147_483_647);

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
    afterAll(() => tally.print(`${title}, seed ${SEED}`));
    it(
      `the next run finishes (${wanted} kills, seed ${SEED})`,
      { timeout: 60_000 + wanted * 20_000 },
      async () => {
        const isInTime = seriesInTime();
        for (let seed = SEED; tally.kills < wanted && isInTime(); seed++) {
          await tell(seed, { types, rounds: ROUNDS }, tally);
        }
      },
    );
    if (!FULL) return;
    it.each([
      ["first", true],
      ["later", false],
    ])(`at every moment of a %s run (seed ${SEED})`, { timeout: 3_600_000 }, async (_, first) => {
      await sweep(SEED, { types, first }, tally);
    });
  });
}
