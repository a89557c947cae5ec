import { afterAll, expect, it } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { type StoryType, remoteOf, type Remote } from "../support/remote.js";
import { live, type Life } from "./mortal.js";
import { Seeded } from "./seeded.js";
import { Tally } from "./story.js";

const SERIES = new Series("killed at any moment, moved and removed exports");
const KILLS = Number(process.env["ROLLCALL_TEST_KILLS"] ?? (FULL ? 300 : 2));
/** More than what SendGrid shows late, and than a dead run is waited for. */
const LATER_SECONDS = 300;
const ENOUGH = 3;
const STRANGER = "stranger@example.com";
const tally = new Tally();
afterAll(() => tally.print(`moved and removed exports, seed ${SERIES.first}`));

it(
  `a rename, another list and a removal are finished although the run is killed (${KILLS} kills, seed ${SERIES.first})`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    let moments = 400;
    await SERIES.tellWhile(
      () => tally.kills < KILLS,
      async (seed) => {
        const random = new Seeded(seed);
        const life = await tell(random, random.between(1, moments));
        // One that outlived its moment says how many there are.
        if (!life.killed) moments = life.moments.length;
      },
    );
  },
);

/** Everything that blocks can do at once; killed at one moment, then made good. */
async function tell(random: Seeded, moment: number): Promise<Life> {
  const type = random.pick<StoryType>(["brevo", "sendgrid", "file"]);
  const project = await openProject({ behaviour: random.pick(["documented", "pessimistic"]) });
  try {
    const remote = remoteOf(project, type);
    const lists = {
      from: await remote.addList("a"),
      to: await remote.addList("b"),
      old: await remote.addList("c"),
    };
    await remote.addStranger(STRANGER, Object.values(lists), "Stranger");
    await project.profiles(people(8));
    await project.profiles(people(11), "old.csv");
    const weekly = exportTo(type, lists.from, "all");
    await write(project, { weekly, past: exportTo(type, lists.old, "some") });
    await project.apply();
    const every = { maxRemovals: { share: "100%" } };
    const moved = [
      { from: "weekly", to: "newsletter" },
      { export: "newsletter", fromList: lists.from, toList: lists.to, oldMembers: "remove", ...every },
    ];
    const removed = [{ export: "past", members: "remove", ...every }];
    await write(project, { newsletter: { ...weekly, list: lists.to } }, { moved, removed });
    await project.sandbox.settle();
    letTimePass(LATER_SECONDS);
    const life = await live(project.folder, ["apply", "--auto-approve"], { moment }, LATER_SECONDS * 1000);
    if (life.killed) tally.died(life.point, false);
    else tally.outlived += 1;
    await makeGood(project);
    await mustBe(project, remote, lists);
    return life;
  } finally {
    resetClock();
    await project.stop();
  }
}

async function makeGood(project: Project): Promise<void> {
  for (let runs = 1; runs <= ENOUGH; runs++) {
    await project.sandbox.settle();
    letTimePass(LATER_SECONDS);
    const { exports } = await project.apply();
    if (exports.every(({ status }) => status === "succeeded" || status === "unchanged")) return;
  }
  throw new Error(`not good after ${ENOUGH} runs`);
}

async function mustBe(
  project: Project,
  remote: Remote,
  lists: Readonly<Record<"from" | "to" | "old", string>>,
): Promise<void> {
  await project.sandbox.settle();
  const on = async (list: string): Promise<string[]> => [...(await remote.members(list)).keys()].sort();
  expect(await on(lists.from)).toEqual([STRANGER]);
  expect(await on(lists.old)).toEqual([STRANGER]);
  expect(await on(lists.to)).toEqual([...people(8).map(({ email }) => String(email)), STRANGER].sort());
  const roots = [...(await project.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
  const root = JSON.parse(String(roots.at(-1)?.[1])) as StateRoot;
  expect(Object.keys(root.exports)).toEqual(["newsletter"]);
  expect(root.exports["newsletter"]?.moving).toBeUndefined();
  letTimePass(LATER_SECONDS);
  const plan = await project.plan();
  expect(plan.configChanges).toEqual([]);
  expect(plan.exports).toMatchObject([{ counts: { add: 0, update: 0, remove: 0, unchanged: 8 } }]);
}

function people(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com`, first_name: "Ann" }));
}

function exportTo(connection: StoryType, list: string, segment: string): Yaml {
  return {
    connection,
    list,
    segments: [segment],
    match: { email: "email" },
    attributes: { firstName: "first_name" },
  };
}

function write(project: Project, exports: Yaml, more: Yaml = {}): Promise<void> {
  const sources = {
    crm: { type: "files", path: "profiles.csv" },
    archive: { type: "files", path: "old.csv" },
  };
  return project.config({
    sources,
    segments: { all: { source: "crm" }, some: { source: "archive" } },
    exports,
    ...more,
  });
}
