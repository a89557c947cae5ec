import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plain } from "../../src/report/layout/palette.js";
import { planHuman } from "../../src/report/plan/plan-human.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

describe.each(["brevo", "sendgrid"] as const)("%s: the free space in an account", (type) => {
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
    const others = await remote.addList("of others");
    for (let index = 0; index < 8; index++) await remote.addStranger(`other${index}@example.com`, [others]);
    await project.profiles(["ann", "bob", "carl"].map((name) => ({ email: `${name}@example.com` })));
  });
  afterEach(() => project.stop());

  const configure = (contract: Readonly<Record<string, unknown>>): Promise<void> =>
    project.config({
      connections: project.connections(contract),
      segments: { all: { source: "crm" } },
      exports: { weekly: { connection: type, list, segments: ["all"], match: { email: "email" } } },
    });
  const told = async (): Promise<string> => planHuman(await project.plan(), plain).replace(/\s+/g, " ");

  it("is the contract's limit less all contacts that the vendor stores, ours or not", async () => {
    await configure({ contract: { contacts: 12 } });
    expect(await told()).toContain("8 of 12 contacts stored (67%), room for 4, up to 3 more by this plan");
    await project.apply();
    const plan = await told();
    expect(plan).toContain("11 of 12 contacts stored (92%), room for 1");
    expect(plan).not.toContain("more by this plan");
  });

  it("is unknown when nobody says what the account may store", async () => {
    await configure({});
    const plan = await told();
    expect(plan).not.toContain("room for");
    // SendGrid sells up to a number without a talk; that says nothing of this account.
    if (type === "sendgrid") expect(plan).toContain("room in the account is not known");
  });
});
