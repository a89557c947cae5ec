import type { StoryType } from "../support/remote.js";
import { seriesInTime } from "../support/minutes.js";
import { letTimePass, resetClock } from "../support/clock.js";
import type { Behaviour } from "../support/project.js";
import { live, type Death, type Life } from "./mortal.js";
import { Seeded } from "./seeded.js";
import { mustBeEmpty, World } from "./world.js";

const APPLY = ["apply", "--auto-approve"];
/** A run that died must be made good by this many that do not. */
const ENOUGH = 3;
/** What SendGrid shows late counts only after this. */
const LAG_SECONDS = 300;

/** What a series of stories went through. */
export class Tally {
  readonly points = new Map<string, number>();
  kills = 0;
  chains = 0;
  clock = 0;
  faulty = 0;
  outlived = 0;
  rounds = 0;
  again = 0;

  died(point: string, byClock: boolean): void {
    this.kills += 1;
    if (byClock) this.clock += 1;
    const name = byClock ? `${point} (by the clock)` : point;
    this.points.set(name, (this.points.get(name) ?? 0) + 1);
  }

  print(title: string): void {
    const points = [...this.points].sort(([a], [b]) => (a < b ? -1 : 1));
    process.stdout.write(
      `${title}: ${this.kills} kills survived in ${this.rounds} rounds, ${this.clock} of them by the clock, ` +
        `${this.chains} while recovering, ${this.faulty} rounds with faults, ` +
        `${this.outlived} runs outlived their moment, ${this.again} rounds needed another run. By point: ` +
        `${points.map(([name, count]) => `${count} ${name}`).join(", ")}\n`,
    );
  }
}

/** Moments and milliseconds of runs that were not killed, to aim at. */
interface Aim {
  moments: number;
  milliseconds: number;
}

export interface StoryOptions {
  readonly types: readonly StoryType[];
  readonly rounds: number;
}

/**
 * A world in which things happen, and in every round of it a run is killed, up
 * to three times in a row, and then made good. Everything follows from the seed,
 * but for kills by the clock.
 */
export async function tell(seed: number, { types, rounds }: StoryOptions, tally: Tally): Promise<void> {
  const random = new Seeded(seed);
  const world = await World.open(random, {
    types,
    behaviour: random.pick(["documented", "pessimistic"]),
    createsLists: random.chance(0.4),
    encrypted: random.chance(0.4),
    population: random.chance(0.25) ? 320 : 36,
  });
  const aim: Aim = { moments: 150 * types.length, milliseconds: 1500 };
  const clock = new Clock();
  try {
    for (let round = 0; round < rounds; round++) {
      if (round > 0) await world.turn(random);
      const lives = await killed(world, random, { aim, clock }, tally);
      await makeGood(world, { seed, round, lives, aim, clock }, tally);
      if (random.chance(0.5)) await retireKeys(world, `seed ${seed}, round ${round}`, clock);
      tally.rounds += 1;
    }
  } finally {
    resetClock();
    await world.stop();
  }
}

/** So many runs in a row that outlive their moment mean that there are no more moments. */
const OUTLIVED = 6;

/** Kills a run at its first moment, the next at its second, and so on to the last; each is made good. */
export async function sweep(
  seed: number,
  { types, first }: { readonly types: readonly StoryType[]; readonly first: boolean },
  tally: Tally,
): Promise<void> {
  let world: World | undefined;
  const aim: Aim = { moments: 0, milliseconds: 0 };
  const clock = new Clock();
  try {
    const isInTime = seriesInTime();
    for (let moment = 1, outlived = 0; outlived < OUTLIVED && isInTime(); moment++) {
      const random = new Seeded(seed + moment);
      if (first || world === undefined) {
        await world?.stop();
        const behaviour = random.pick<Behaviour>(["documented", "pessimistic"]);
        world = await World.open(random, { types, behaviour, createsLists: true, population: 36 });
        if (!first) await makeGood(world, { seed, round: 0, lives: [], aim, clock }, tally);
      }
      if (!first) await world.turn(random);
      const life = await live(world.project.folder, APPLY, { moment }, clock.ahead);
      if (life.killed) tally.died(life.point, false);
      else tally.outlived += 1;
      outlived = life.killed ? 0 : outlived + 1;
      await makeGood(world, { seed, round: moment, lives: [life], aim, clock }, tally);
      tally.rounds += 1;
    }
  } finally {
    resetClock();
    await world?.stop();
  }
}

/** Runs that are killed one after the other; each may outlive its moment. */
async function killed(
  world: World,
  random: Seeded,
  { aim, clock }: { readonly aim: Aim; readonly clock: Clock },
  tally: Tally,
): Promise<Life[]> {
  const times = random.pick([1, 2, 2, 3, 3]);
  const fix = random.chance(0.25) ? world.fail(random.between(1, 1e6), 0.1) : undefined;
  if (fix !== undefined) tally.faulty += 1;
  const lives: Life[] = [];
  for (let time = 0; time < times; time++) {
    const words = await chosenWords(world, random, clock);
    const death: Death = random.chance(0.75)
      ? { moment: random.between(1, aim.moments) }
      : { afterMs: random.between(100, Math.ceil(aim.milliseconds)) };
    const life = await live(world.project.folder, words, death, clock.ahead);
    lives.push(life);
    const during = words === APPLY ? "" : `${words.slice(0, words[0] === "state" ? 2 : 1).join(" ")}: `;
    if (life.killed) tally.died(during + life.point, "afterMs" in death);
    else tally.outlived += 1;
    if (life.killed && time > 0) tally.chains += 1;
    // Drawn whether or not it is needed, so that what follows is the same when a run outlives its moment.
    const meanwhile = { seed: random.between(1, 1e6), happens: random.chance(0.2) };
    if (life.killed && meanwhile.happens) await world.turnUnfinished(new Seeded(meanwhile.seed));
  }
  fix?.();
  return lives;
}

/** Mostly an apply; now and then something else that writes, or a plan. */
async function chosenWords(world: World, random: Seeded, clock: Clock): Promise<readonly string[]> {
  if (random.chance(0.06)) return ["plan"];
  if (random.chance(0.1)) {
    // Older than what is kept.
    clock.pass(2 * 3600);
    return ["state", "gc"];
  }
  if (random.chance(0.1)) return (await world.forgetting(random)) ?? APPLY;
  if (!world.encrypted || random.chance(0.6)) return APPLY;
  await world.changeKey(random);
  return ["state", "rekey"];
}

/** Runs `forget` again until it is done, if one was begun. */
async function finishForgetting(world: World, told: string, clock: Clock): Promise<void> {
  const words = world.unfinished;
  if (words === undefined) return;
  for (let tries = 1; ; tries++) {
    const { code, output } = await live(world.project.folder, words, undefined, clock.ahead);
    await world.project.sandbox.settle();
    if (code === 0) return world.forgotten();
    if (tries === ENOUGH) mustBeEmpty([`forget ended with ${code}: ${output}`], told);
    clock.pass(LAG_SECONDS);
  }
}

/** Once state is rekeyed, nothing needs an old key any more. */
async function retireKeys(world: World, replay: string, clock: Clock): Promise<void> {
  if (!world.encrypted) return;
  const { code, output } = await live(world.project.folder, ["state", "rekey"], undefined, clock.ahead);
  mustBeEmpty(code === 0 ? [] : [`rekey ended with ${code}: ${output}`], replay);
  await world.dropOldKeys();
  mustBeEmpty(await world.planIsEmpty(), `${replay}, without the old keys`);
}

/** How far the clocks of the test and of the command are ahead. */
class Clock {
  ahead = 0;

  pass(seconds: number): void {
    this.ahead += seconds * 1000;
    letTimePass(seconds);
  }
}

interface Round {
  readonly seed: number;
  readonly round: number;
  readonly lives: readonly Life[];
  readonly aim: Aim;
  readonly clock: Clock;
}

/** Runs until the list is right, and says what is wrong when it does not become so. */
async function makeGood(
  world: World,
  { seed, round, lives, aim, clock }: Round,
  tally: Tally,
): Promise<void> {
  const deaths = lives.map(({ killed: died, point, moments, code }) =>
    died ? `killed at ${moments.length} (${point})` : `ended with ${code}`,
  );
  const told = `seed ${seed}, round ${round}: ${deaths.join(", ")}`;
  await finishForgetting(world, told, clock);
  world.applied();
  let problems: string[] = [];
  for (let tries = 1; tries <= ENOUGH; tries++) {
    const life = await live(world.project.folder, APPLY, undefined, clock.ahead);
    await world.project.sandbox.settle();
    problems = [
      ...(life.code === 0 ? [] : [`apply ended with ${life.code}: ${life.output}`]),
      ...(await world.leftovers()),
      ...(await world.differences()),
      ...(await world.planIsEmpty()),
    ];
    if (problems.length === 0) {
      aim.moments = Math.max(20, Math.round((aim.moments + life.moments.length) / 2));
      aim.milliseconds = life.milliseconds;
      return;
    }
    if (life.code !== 0 && life.code !== 8) break;
    if (tries === 1) tally.again += 1;
    clock.pass(LAG_SECONDS);
  }
  mustBeEmpty(problems, told);
}
