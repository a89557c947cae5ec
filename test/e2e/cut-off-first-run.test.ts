import { afterEach, beforeEach, expect, it } from "vitest";
import { live } from "../faults/mortal.js";
import { openProject, type Project } from "../support/project.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
  await project.profiles(["ann", "bob"].map((name) => ({ email: `${name}@example.com` })));
});
afterEach(() => project.stop());

const pointAt = (list: number): Promise<void> =>
  project.config({
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
  });

it("a first run that was cut off binds its export to the list as a whole one does", async () => {
  const brevo = project.sandbox.brevo();
  const first = brevo.addList("first");
  const second = brevo.addList("second");
  await pointAt(first);
  // Everything was sent; only the record of it is missing.
  const cut = await live(project.folder, ["apply", "--auto-approve"], { moment: "link ledger" }, 0);
  expect(cut).toMatchObject({ killed: true });
  expect(brevo.members(first)).toHaveLength(2);
  await pointAt(second);
  expect(await project.applyOf("weekly")).toMatchObject({
    status: "failed",
    error: { kind: "refused", message: expect.stringContaining(`list ${first}`) as string },
  });
  expect(brevo.members(second)).toHaveLength(0);
  await pointAt(first);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged", error: undefined });
});
