import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { live } from "./mortal.js";
import { Seeded } from "./seeded.js";
import { mustBeEmpty, World } from "./world.js";
import { FULL } from "../support/full.js";
import { seriesInTime } from "../support/minutes.js";
import { Series } from "../support/series.js";

const ROUNDS = Number(process.env["ROLLCALL_TEST_ROUNDS"] ?? (FULL ? 300 : 2));
const SERIES = new Series("soak");
const FAULTS = 0.05;
const KILLS = 0.15;
/** How often an apply may be tried until everything is as it should be. */
const ENOUGH = 6;
const HOURS_BETWEEN = 6;
const APPLY = ["apply", "--auto-approve"];

let world: World;
afterEach(async () => {
  resetClock();
  await world.stop();
});

it(
  `lists are right after every one of ${ROUNDS} scheduled runs with faults and kills (seed ${SERIES.first})`,
  {
    timeout: 60_000 + ROUNDS * 20_000,
  },
  () => SERIES.tellOne(tell),
);

/** Whether an apply did all that it set out to do. */
async function settled({ project }: World): Promise<boolean> {
  const { exports } = await project.apply();
  await project.sandbox.settle();
  return exports.every(
    ({ status, unknown }) => (status === "succeeded" || status === "unchanged") && unknown === 0,
  );
}

/** Compaction keeps a ledger near the size of the lists. */
async function ledgerGrows({ project }: World): Promise<string[]> {
  const files = await project.stateFiles();
  const newest =
    [...files.keys()]
      .filter((name) => name.startsWith("root/"))
      .sort()
      .at(-1) ?? "";
  const root = JSON.parse(files.get(newest)?.toString("utf8") ?? "{}") as StateRoot;
  return Object.entries(root.accounts).flatMap(([key, { ledger }]) => {
    const stored = ledger.deltas.reduce((sum, { rows }) => sum + rows, ledger.base?.rows ?? 0);
    return stored <= 300 && ledger.deltas.length < 50
      ? []
      : [`${key}: ${stored} rows in ${ledger.deltas.length} deltas`];
  });
}

/** Megabytes in use after a collection. */
function heapNow(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1e6);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function tell(seed: number): Promise<void> {
  const random = new Seeded(seed);
  world = await World.open(random, {
    types: ["brevo", "sendgrid", "file"],
    behaviour: "pessimistic",
    createsLists: false,
    population: 150,
  });
  const told = { applies: 0, faults: 0, kills: 0, again: 0 };
  let ahead = 0;
  const pass = (seconds: number): void => {
    ahead += seconds * 1000;
    letTimePass(seconds);
  };
  const heap: number[] = [];
  const isInTime = seriesInTime();
  for (let round = 0; round < ROUNDS && isInTime(); round++) {
    if (round > 0) await world.turn(random);
    world.applied();
    const fix = world.fail(random.between(1, 1e6), FAULTS);
    if (random.chance(KILLS)) {
      const death = { moment: random.between(1, 450) };
      const { killed } = await live(world.project.folder, APPLY, death, ahead);
      if (killed) told.kills += 1;
    }
    let tries = 0;
    do {
      if (tries > 0) pass(300);
      tries += 1;
      told.applies += 1;
    } while (!(await settled(world)) && tries < ENOUGH);
    if (tries > 1) told.again += 1;
    fix();
    told.faults += world.project.exchanges.filter(({ faulty }) => faulty).length;
    world.project.exchanges.length = 0;
    world.project.events.length = 0;
    const problems = [
      ...(await world.differences()),
      ...(await world.planIsEmpty()),
      ...(await ledgerGrows(world)),
    ];
    mustBeEmpty(problems, `seed ${seed}, round ${round}`);
    pass(HOURS_BETWEEN * 3600);
    heap.push(heapNow());
  }
  // Another process's leavings are swept where it put them.
  const last = await live(world.project.folder, APPLY, undefined, ahead);
  mustBeEmpty(last.code === 0 ? await world.leftovers() : [last.output], `seed ${seed}`);
  const rounds = heap.length;
  process.stdout.write(
    `soak, seed ${seed}: ${rounds} rounds over ${(rounds * HOURS_BETWEEN) / 24} days, ${told.applies} applies, ` +
      `${told.faults} faults, ${told.kills} kills, ${told.again} rounds needed another run; ` +
      `heap ${heap.filter((_, index) => index % Math.ceil(rounds / 8) === 0).join(", ")} MB; ` +
      `state ${await world.stateSize()}\n`,
  );
  if (rounds >= 60) expect(median(heap.slice(-20))).toBeLessThan(median(heap.slice(20, 40)) * 1.2);
}
