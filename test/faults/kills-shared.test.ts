import { afterAll, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { openProject } from "../support/project.js";
import { type StoryType, remoteOf } from "../support/remote.js";
import {
  sharedConfig,
  SharedList,
  sharedRows,
  type SharedRound,
  type Standing,
} from "../support/shared-list-model.js";
import { live } from "./mortal.js";
import { Seeded } from "./seeded.js";
import { Tally } from "./story.js";

const SERIES = new Series("killed at any moment, two exports on one list");
const KILLS = Number(process.env["ROLLCALL_TEST_KILLS"] ?? (FULL ? 300 : 2));
const PEOPLE = Array.from({ length: 8 }, (_, index) => `p${index}@example.com`);
/** More than what SendGrid shows late. */
const LAG_SECONDS = 300;
const tally = new Tally();
afterAll(() => tally.print(`two exports on one list, seed ${SERIES.first}`));

it(
  `two exports on one list agree although runs are killed (${KILLS} kills, seed ${SERIES.first})`,
  {
    timeout: 60_000 + KILLS * 20_000,
  },
  async () => {
    await SERIES.tellWhile(() => tally.kills < KILLS, tell);
  },
);

async function tell(seed: number): Promise<void> {
  const random = new Seeded(seed);
  const type = random.pick<StoryType>(["brevo", "sendgrid", "file"]);
  const project = await openProject({ behaviour: random.pick(["documented", "pessimistic"]) });
  let ahead = 0;
  try {
    const remote = remoteOf(project, type);
    const list = await remote.addList("customers");
    const model = new SharedList(PEOPLE);
    for (const key of PEOPLE.slice(0, random.between(0, 2))) {
      await remote.addStranger(key, [list]);
      model.members.add(key);
    }
    for (let round = 0; round < 4; round++) {
      const one = roundOf(random);
      const words = ["apply", "--auto-approve", "--target", ...one.applied];
      await project.profiles(sharedRows(PEOPLE, one));
      await project.config(sharedConfig(one, type, list));
      const moment = random.between(1, 180);
      const life = await live(project.folder, words, { moment }, ahead);
      if (life.killed) tally.died(life.point, false);
      else tally.outlived += 1;
      model.apply(one);
      const wanted = { members: [...model.members].sort(), changes: 0 };
      let found: typeof wanted | undefined;
      for (let tries = 1; tries <= 3 && JSON.stringify(found) !== JSON.stringify(wanted); tries++) {
        if (tries > 1) {
          letTimePass(LAG_SECONDS);
          ahead += LAG_SECONDS * 1000;
        }
        const { code, output } = await live(project.folder, words, undefined, ahead);
        await project.sandbox.settle();
        expect([0, 8], output).toContain(code);
        const { exports } = await project.plan({ targets: one.applied });
        const changes = exports.reduce(
          (sum, { counts }) => sum + counts.add + counts.update + counts.remove,
          0,
        );
        found = { members: [...(await remote.members(list)).keys()].sort(), changes };
      }
      expect(found, `seed ${seed}, round ${round}: killed at ${moment} (${life.point})`).toEqual(wanted);
      tally.rounds += 1;
    }
  } finally {
    resetClock();
    await project.stop();
  }
}

function roundOf(random: Seeded): SharedRound {
  const standing = (): Standing => random.pick(["in", "in", "refuses", "out"]);
  return {
    people: PEOPLE.map(() => ({ first: standing(), second: standing() })),
    // Two mirrors on one list are an error.
    modes: {
      first: random.pick(["mirror", "mirror", "upsert"]),
      second: random.pick(["upsert", "add-only"]),
    },
    applied: random.pick([["first", "second"], ["first", "second"], ["first"], ["second"]]),
  };
}
