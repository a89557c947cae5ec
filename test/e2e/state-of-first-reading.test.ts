import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exportOf, openProject, type Project } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

/** A config, its data, lists and state as the last version left them that sent values as the engine prints them. */
const LEFT = fileURLToPath(new URL("../fixtures/state-of-first-reading/", import.meta.url));

let project: Project;
beforeEach(async () => {
  project = await openProject();
  const { folder } = project;
  await cp(LEFT, folder, { recursive: true });
  await cp(join(folder, "state"), join(folder, ".rollcall"), { recursive: true });
  await rm(join(folder, "state"), { recursive: true });
});
afterEach(() => project.stop());

const countsOf = async (): Promise<unknown> => {
  const plan = await project.plan();
  return ["steady", "printed"].map((name) => {
    const { error, counts, causes } = exportOf(plan, name);
    const { add, update, remove, unchanged } = counts;
    return { error, add, update, remove, unchanged, byProfiles: causes.update.churn };
  });
};
const NOTHING = { error: undefined, add: 0, update: 0, remove: 0, unchanged: 4, byProfiles: 0 };

it("a value that is read differently than by the previous version is an update caused by the config, and nothing else is one", async () => {
  expect(await countsOf()).toEqual([NOTHING, { ...NOTHING, update: 3, unchanged: 1 }]);
  await project.apply();
  const members = await remoteOf(project, "file").members("printed");
  expect(members.get("p1@example.com")).toMatchObject({ priceText: "19.90", vipText: "TRUE" });
  expect(await countsOf()).toEqual([NOTHING, NOTHING]);
});

it("one changed value is one update, of that person", async () => {
  await project.apply();
  const data = join(project.folder, "people.csv");
  await writeFile(data, (await readFile(data, "utf8")).replace(",Two,", ",Zwei,"));
  expect(await countsOf()).toEqual([{ ...NOTHING, update: 1, unchanged: 3, byProfiles: 1 }, NOTHING]);
});
