import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { plan } from "../../src/usecases/plan.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { openProject, type Row } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { live, type Life } from "./mortal.js";
import { Seeded } from "./seeded.js";
import { Tally } from "./story.js";

const SERIES = new Series("killed at any moment, saved plans");
const KILLS = Number(process.env["ROLLCALL_TEST_KILLS"] ?? (FULL ? 200 : 2));
/** More than what SendGrid shows late, and than a dead run is waited for. */
const LATER_SECONDS = 300;
const STALE = 6;
const tally = new Tally();
afterAll(() => tally.print(`saved plans, seed ${SERIES.first}`));

it(
  `the same plan file goes on where the run that applied it was killed (${KILLS} kills, seed ${SERIES.first})`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    let moments = 300;
    await SERIES.tellWhile(
      () => tally.kills < KILLS,
      async (seed) => {
        const random = new Seeded(seed);
        const life = await tell(random, random.between(1, moments));
        if (!life.killed) moments = life.moments.length;
      },
    );
  },
);

async function tell(random: Seeded, moment: number): Promise<Life> {
  const type = random.pick(["brevo", "sendgrid"] as const);
  const project = await openProject({ behaviour: random.pick(["documented", "pessimistic"]) });
  try {
    const remote = remoteOf(project, type);
    const list = await remote.addList("a");
    const export_ = (segment: string): object => ({
      connection: type,
      list:
        segment === "all"
          ? list
          : { name: "made", create: true, ...(type === "brevo" ? { folder: "f" } : {}) },
      segments: [segment],
      match: { email: "email" },
      attributes: { firstName: "name", HOBBY: { column: "hobby", type: "text" } },
      createMissing: true,
      safeguards: { maxRemovals: { share: "100%" } },
    });
    const configure = (more: object = {}): Promise<void> =>
      project.config({
        segments: { all: { source: "crm" }, some: { source: "crm", where: "name = 'Ben'" } },
        exports: { weekly: export_("all"), ...more },
      });
    await configure();
    await project.profiles(people(0, 12, "Ann"));
    await project.apply();
    await project.profiles([...people(4, 8, "Ann"), ...people(8, 20, "Ben")]);
    await configure({ fresh: export_("some") });
    await project.sandbox.settle();
    letTimePass(LATER_SECONDS);
    const { file } = await plan({
      cwd: project.folder,
      save: { base: undefined },
      emit: () => undefined,
      signal: new AbortController().signal,
    });
    await writeFile(join(project.folder, "plan.json"), JSON.stringify(file));
    // What the sources say afterwards does not matter.
    await project.profiles(people(90, 95, "Zoe"));
    const words = ["apply", "plan.json"];
    const life = await live(project.folder, words, { moment }, LATER_SECONDS * 1000);
    if (life.killed) tally.died(life.point, false);
    else tally.outlived += 1;
    for (let runs = 1; ; runs++) {
      await project.sandbox.settle();
      letTimePass(LATER_SECONDS);
      const { code, output } = await live(
        project.folder,
        words,
        undefined,
        (1 + runs) * LATER_SECONDS * 1000,
      );
      // Everything was done, or the run that outlived it had done so.
      if (code === 0 || output.includes("The plan has been applied")) break;
      expect(runs, output).toBeLessThan(3);
    }
    await project.sandbox.settle();
    const names = async (of: string): Promise<string[]> => [...(await remote.members(of)).keys()].sort();
    expect(await names(list)).toEqual(
      people(4, 20, "")
        .map(({ email }) => email)
        .sort(),
    );
    const { id } = (await project.planOf("fresh")).list;
    expect(await names(id ?? "")).toEqual(
      people(8, 20, "")
        .map(({ email }) => email)
        .sort(),
    );
    const again = await live(project.folder, words, undefined, 9 * LATER_SECONDS * 1000);
    expect(again.code, again.output).toBe(STALE);
    return life;
  } finally {
    resetClock();
    await project.stop();
  }
}

function people(from: number, to: number, name: string): (Row & { readonly email: string })[] {
  return Array.from({ length: to - from }, (_, index) => ({
    email: `p${String(from + index).padStart(2, "0")}@example.com`,
    name,
    hobby: "chess",
  }));
}
