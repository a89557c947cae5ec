import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plain } from "../../src/report/layout/palette.js";
import { planHtml } from "../../src/report/html/plan-html.js";
import { planHuman } from "../../src/report/plan/plan-human.js";
import { planMarkdown } from "../../src/report/markdown/plan-markdown.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

const FIELDS = { brevo: "/contacts/attributes/*/*", sendgrid: "/v3/marketing/field_definitions" };

describe.each(["brevo", "sendgrid"] as const)("%s: withdrawals", (type) => {
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(() => project.stop());

  const configure = (attributes: Readonly<Record<string, unknown>>): Promise<void> =>
    project.config({
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email" },
          consent: "consent",
          attributes,
        },
      },
    });
  const row = (name: string, consent: boolean): Row => ({ email: `${name}@example.com`, score: 7, consent });
  const names = async (): Promise<string[]> =>
    [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();

  it("are sent although a field cannot be created", async () => {
    await configure({});
    await project.profiles(["ann", "bob", "carl"].map((name) => row(name, true)));
    await project.apply();
    await configure({ SCORE: { column: "score", type: "number", createMissing: true } });
    await project.profiles([row("ann", false), row("bob", true), row("dora", true)]);
    const heal = project.sandbox.inject({
      vendor: type,
      method: "POST",
      path: FIELDS[type],
      effect: { kind: "answer", status: 400, body: "{}" },
    });
    const failed = await project.applyOf("weekly");
    expect(failed).toMatchObject({ status: "partly", added: 0, updated: 0, removed: 1 });
    expect(failed.error).toBeDefined();
    expect(await names()).toEqual(["bob", "carl"]);
    heal();
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1, updated: 1 });
    expect(await names()).toEqual(["bob", "dora"]);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
  });

  it("are told, with their number, by a plan whose export is refused", async () => {
    const all = Array.from({ length: 10 }, (_, index) => `p${index}`);
    await configure({});
    await project.profiles(all.map((name) => row(name, true)));
    await project.apply();
    // Two withdraw and three leave: more than 30%.
    await project.profiles(all.slice(0, 7).map((name, index) => row(name, index > 1)));
    const plan = await project.plan();
    const told = "2 people who withdrew (no consent, or suppressed) are removed all the same from";
    const text = planHuman(plan, plain).replace(/\s+/g, " ");
    expect(text).toContain(`apply refuses weekly. ${told} weekly.`);
    expect(planMarkdown(plan, { next: undefined })).toContain(`${told} \`weekly\`.`);
    expect(planHtml(plan, { next: undefined })).toContain(`${told} weekly.`);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", added: 0, removed: 2 });
    expect(await names()).toEqual(all.slice(2));
    expect(planHuman(await project.plan(), plain)).not.toContain("withdrew");
  });

  it("are told of nobody where the check holds them up", async () => {
    const all = Array.from({ length: 10 }, (_, index) => `p${index}`);
    await configure({});
    await project.profiles(all.map((name) => row(name, true)));
    await project.apply();
    await project.profiles(all.map((name, index) => row(name, index > 6)));
    const plan = await project.plan();
    expect(planHuman(plan, plain)).toContain("max-withdrawals");
    expect(planHuman(plan, plain)).not.toContain("all the same");
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", removed: 0 });
  });
});
