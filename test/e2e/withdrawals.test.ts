import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plain } from "../../src/report/layout/palette.js";
import { planHtml } from "../../src/report/html/plan-html.js";
import { planHuman } from "../../src/report/plan/plan-human.js";
import { planMarkdown } from "../../src/report/markdown/plan-markdown.js";
import { person } from "../support/people.js";
import type { Row } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

const FIELDS = { brevo: "/contacts/attributes/*/*", sendgrid: "/v3/marketing/field_definitions" };

describe.each(["brevo", "sendgrid"] as const)("%s: withdrawals", (type) => {
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type, { weekly: { consent: "consent" } });
  });
  afterEach(() => story.stop());

  const row = (name: string, consent: boolean): Row => person(name, { score: 7, consent });

  it("are sent although a field cannot be created", async () => {
    await story.configure();
    await story.profiles(["ann", "bob", "carl"].map((name) => row(name, true)));
    await story.apply();
    await story.configure({
      attributes: { SCORE: { column: "score", type: "number", createMissing: true } },
    });
    await story.profiles([row("ann", false), row("bob", true), row("dora", true)]);
    const heal = story.sandbox.inject({
      vendor: type,
      method: "POST",
      path: FIELDS[type],
      effect: { kind: "answer", status: 400, body: "{}" },
    });
    const failed = await story.applyOf("weekly");
    expect(failed).toMatchObject({ status: "partly", added: 0, updated: 0, removed: 1 });
    expect(failed.error).toBeDefined();
    expect(await story.members()).toEqual(["bob", "carl"]);
    heal();
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1, updated: 1 });
    expect(await story.members()).toEqual(["bob", "dora"]);
    await story.mustBeSettled();
  });

  it("are counted by a plan whose export is refused", async () => {
    const all = Array.from({ length: 10 }, (_, index) => `p${index}`);
    await story.configure();
    await story.profiles(all.map((name) => row(name, true)));
    await story.apply();
    // Two withdraw and three leave: more than 30%.
    await story.profiles(all.slice(0, 7).map((name, index) => row(name, index > 1)));
    const { plan, result } = await story.planAndApply("weekly");
    const told = "2 people who withdrew (no consent, or suppressed) are removed all the same from";
    const text = planHuman(plan, plain).replace(/\s+/g, " ");
    expect(text).toContain(`apply refuses weekly. ${told} weekly.`);
    expect(planMarkdown(plan, { next: undefined })).toContain(`${told} \`weekly\`.`);
    expect(planHtml(plan, { next: undefined })).toContain(`${told} weekly.`);
    expect(result).toMatchObject({ status: "refused", added: 0, removed: 2 });
    expect(await story.members()).toEqual(all.slice(2));
    expect(planHuman(await story.plan(), plain)).not.toContain("withdrew");
  });

  it("are counted as none when the check holds them up", async () => {
    const all = Array.from({ length: 10 }, (_, index) => `p${index}`);
    await story.configure();
    await story.profiles(all.map((name) => row(name, true)));
    await story.apply();
    await story.profiles(all.map((name, index) => row(name, index > 6)));
    const { plan, result } = await story.planAndApply("weekly");
    expect(planHuman(plan, plain)).toContain("max-withdrawals");
    expect(planHuman(plan, plain)).not.toContain("all the same");
    expect(result).toMatchObject({ status: "refused", removed: 0 });
  });
});
