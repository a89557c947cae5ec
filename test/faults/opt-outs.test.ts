import { expect, it } from "vitest";
import { Seeded } from "./seeded.js";
import { Crowd, type Tally, type Vendor } from "./unwilling.js";
import { FULL } from "../support/full.js";
import { seriesInTime } from "../support/minutes.js";

const STORIES = FULL ? 60 : 1;
const ROUNDS = FULL ? 12 : 3;
const SEED = Number(process.env["ROLLCALL_TEST_SEED"] ?? Date.now() % 2_147_483_647);

it.each<Vendor>(["brevo", "sendgrid"])(
  `%s: whatever happens, nobody who opted out is brought back (seed ${SEED})`,
  { timeout: 3_600_000 },
  async (vendor) => {
    const tally: Tally = { runs: 0, unwilling: 0, readded: 0, resubscribed: 0, gap: 0 };
    const isInTime = seriesInTime();
    for (let story = 0; story < STORIES && isInTime(); story++) {
      const crowd = await Crowd.open(vendor, new Seeded(SEED + story));
      try {
        for (let round = 0; round < ROUNDS; round++) {
          await crowd.round(tally);
          expect(tally, `seed ${SEED + story}, round ${round}`).toMatchObject({
            readded: 0,
            resubscribed: 0,
          });
        }
      } finally {
        await crowd.project.stop();
      }
    }
    process.stdout.write(`opt-outs at ${vendor}: ${JSON.stringify(tally)}\n`);
  },
);
