import { afterEach, beforeEach, expect, it } from "vitest";
import type { PlanFile } from "../../src/model/plan/plan-file.js";
import { plan } from "../../src/usecases/plan.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { addressOf, person } from "../support/people.js";
import type { Row } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

/** Between a plan and its requests somebody says no with another address than the one that is to be added. */
let story: Story;

beforeEach(async () => {
  story = await openStory("brevo", { weekly: { match: { email: "email", id: "id" }, mode: "upsert" } });
});
afterEach(async () => {
  resetClock();
  await story.stop();
});

const row = (name: string, id: number): Row => person(name, { id });
async function save(): Promise<PlanFile> {
  const { file } = await plan({
    cwd: story.folder,
    save: { base: undefined },
    emit: (event) => story.events.push(event),
    signal: new AbortController().signal,
  });
  if (file === undefined) throw new Error("no plan");
  return file;
}

/** Of equal profiles the smaller id wins: of `home` that of 5, who is somebody else than 7. */
const SHARED = [row("ann", 1), row("home", 5), row("home", 7), row("bob", 7)];
const routes: Record<string, (say: () => Promise<void>) => Promise<unknown>> = {
  "after a plan was saved": async (say) => {
    const saved = await save();
    await say();
    return story.apply({ saved });
  },
  "while a person is asked": (say) =>
    story.apply({
      asks: true,
      approve: async () => {
        letTimePass(3600);
        await say();
        return true;
      },
    }),
};

it.each(
  Object.keys(routes).flatMap((route) => [
    { route, out: "home", rows: SHARED, how: "with an address on which another one's profile wins" },
    { route, out: "bob", rows: SHARED, how: "with an address of their own, who shares another" },
    {
      route,
      out: "old",
      rows: [row("ann", 1), row("old", 7), row("bob", 7)],
      how: "with an address that was to be added as well",
    },
  ]),
)("$route: $how", async ({ route, out, rows }) => {
  await story.configure();
  await story.remote.addStranger(addressOf(out), []);
  await story.profiles(rows);
  await routes[route]?.(() => story.remote.optOut(addressOf(out)));
  expect(await story.members()).toEqual(["ann"]);
});
