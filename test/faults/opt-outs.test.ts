import { expect, it } from "vitest";
import { Seeded } from "./seeded.js";
import { Crowd, type Tally, type Vendor } from "./unwilling.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";

const STORIES = FULL ? 60 : 1;
const ROUNDS = FULL ? 12 : 3;

for (const vendor of ["brevo", "sendgrid"] satisfies Vendor[]) {
  const series = new Series(`opt-outs, ${vendor}`);
  it(
    `${vendor}: whatever happens, nobody who opted out is brought back (seed ${series.first})`,
    { timeout: 3_600_000 },
    async () => {
      const tally: Tally = { runs: 0, unwilling: 0, readded: 0, resubscribed: 0, gap: 0 };
      let stories = 0;
      await series.tellWhile(
        () => stories < STORIES,
        async (seed) => {
          await tellRounds(vendor, seed, tally);
          stories += 1;
        },
      );
      process.stdout.write(`opt-outs at ${vendor}: ${JSON.stringify(tally)}\n`);
    },
  );
}

async function tellRounds(vendor: Vendor, seed: number, tally: Tally): Promise<void> {
  const crowd = await Crowd.open(vendor, new Seeded(seed));
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await crowd.round(tally);
      expect(tally, `seed ${seed}, round ${round}`).toMatchObject({ readded: 0, resubscribed: 0 });
    }
  } finally {
    await crowd.project.stop();
  }
}
