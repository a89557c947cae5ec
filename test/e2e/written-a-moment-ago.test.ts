import { afterEach, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
afterEach(async () => {
  resetClock();
  await project.stop();
});

it("a person whom the list does not show right after a write waits, and does not count as taken off", async () => {
  project = await openProject();
  const remote = remoteOf(project, "brevo");
  const list = await remote.addList("customers");
  project.sandbox.brevo().addAttribute({ name: "VIP", category: "normal", type: "boolean" });
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        // A boolean goes by an import, which puts everybody in it on the list.
        attributes: { VIP: { column: "vip", type: "boolean" } },
      },
    },
  });
  const people = (vip: boolean): Promise<void> =>
    project.profiles(["ann", "bob"].map((name) => ({ email: `${name}@example.com`, vip })));
  await people(false);
  // The claims are a minute younger than the reads that follow.
  letTimePass(60);
  await project.apply();
  resetClock();

  // As a lagging list would show it.
  await remote.takeOff("ann@example.com", list);
  await people(true);
  const {
    planned: { counts },
    result,
  } = await project.planAndApply("weekly");
  expect(counts).toMatchObject({ update: 1, unchanged: 1, drifted: 0, heldBack: {} });
  expect(result).toMatchObject({ status: "succeeded", updated: 1 });
  expect([...(await remote.members(list)).keys()]).toEqual(["bob@example.com"]);

  letTimePass(180);
  expect((await project.planAndApply("weekly")).planned.counts).toMatchObject({
    update: 0,
    unchanged: 1,
    drifted: 1,
    heldBack: { "gone at destination": 1 },
  });
  expect((await project.planOf("weekly")).counts).toMatchObject({
    add: 0,
    update: 0,
    heldBack: { "gone at destination": 1 },
  });
  expect([...(await remote.members(list)).keys()]).toEqual(["bob@example.com"]);
}, 60_000);
