import { afterEach, describe, expect, it } from "vitest";
import { openProject, type Project } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
afterEach(() => project.stop());

describe.each(["brevo", "sendgrid", "file"] as const)("%s: the life of a list", (type) => {
  it("finds people, counts strangers, adds, updates and removes, and every second plan is empty", async () => {
    project = await openProject();
    const remote = remoteOf(project, type);
    const list = await remote.addList("customers");
    await remote.addStranger("stranger@example.com", [list], "Stranger");
    await remote.addStranger("found@example.com", [list], "Old");
    const weekly = {
      connection: type,
      list,
      segments: ["all"],
      match: { email: "email" },
      attributes: { firstName: "first_name" },
    };
    await project.config({ segments: { all: { source: "crm" } }, exports: { weekly } });
    await project.profiles([
      { email: "Found@Example.com ", first_name: "New" },
      { email: "new@example.com", first_name: "Nina" },
      { email: "leaver@example.com", first_name: "Lea" },
    ]);

    const first = await project.planOf("weekly");
    expect(first).toMatchObject({ firstRun: true, error: undefined });
    expect(first.counts).toMatchObject({ desired: 3, add: 2, update: 1, remove: 0, found: 1, strangers: 1 });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 2, updated: 1 });
    const members = await remote.members(list);
    expect([...members.keys()].sort()).toEqual([
      "found@example.com",
      "leaver@example.com",
      "new@example.com",
      "stranger@example.com",
    ]);
    expect(members.get("found@example.com")).toMatchObject({ [remote.firstName]: "New" });
    expect((await project.planOf("weekly")).counts).toMatchObject({
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 3,
    });

    // Found people stay on leaving, ours go, and the stranger is nobody's business.
    await project.profiles([{ email: "new@example.com", first_name: "Nora" }]);
    const second = await project.planOf("weekly");
    expect(second.counts).toMatchObject({ add: 0, update: 1, remove: 1, left: 1, unchanged: 0 });
    expect(second.causes.remove).toEqual({ config: 0, churn: 1, drift: 0 });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", updated: 1, removed: 1 });
    const after = await remote.members(list);
    expect([...after.keys()].sort()).toEqual([
      "found@example.com",
      "new@example.com",
      "stranger@example.com",
    ]);
    expect(after.get("new@example.com")).toMatchObject({ [remote.firstName]: "Nora" });
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0, left: 1 });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged", requests: 0 });
  });
});
