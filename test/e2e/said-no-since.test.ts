import { afterEach, beforeEach, expect, it } from "vitest";
import type { PlanFile } from "../../src/model/plan/plan-file.js";
import { plan } from "../../src/usecases/plan.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

/** Between a plan and its requests somebody says no with another address than the one that is to be added. */
let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const configure = (more: Yaml = {}): Promise<void> =>
  project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email", id: "id" },
        mode: "upsert",
        ...more,
      },
    },
  });
const row = (name: string, id: number): Row => ({ email: `${name}@example.com`, id });
const names = async (): Promise<string[]> =>
  [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
async function save(): Promise<PlanFile> {
  const { file } = await plan({
    cwd: project.folder,
    save: { base: undefined },
    emit: (event) => project.events.push(event),
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
    return project.apply({ saved });
  },
  "while a person is asked": (say) =>
    project.apply({
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
  await configure();
  await remote.addStranger(`${out}@example.com`, []);
  await project.profiles(rows);
  await routes[route]?.(() => remote.optOut(`${out}@example.com`));
  expect(await names()).toEqual(["ann"]);
});
