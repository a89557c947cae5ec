import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openProject, type Project, type Yaml } from "../support/project.js";

const weekly = (more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list: { name: "Customers", create: true },
  segments: ["all"],
  match: { email: "email" },
  ...more,
});

describe("lists by name", () => {
  let project: Project;
  beforeEach(async () => {
    project = await openProject();
    await project.profiles([{ email: "ann@example.com" }, { email: "bob@example.com" }]);
  });
  afterEach(() => project.stop());

  const config = (exports: Yaml): Promise<void> =>
    project.config({ segments: { all: { source: "crm" } }, exports });
  const requests = (method: string, path: RegExp): number =>
    project.exchanges.filter((one) => one.method === method && path.test(one.path)).length;

  it.each(["brevo", "sendgrid"] as const)(
    "creates a list that two exports name once, at %s",
    async (connection) => {
      await config({
        weekly: weekly({ connection }),
        daily: weekly({ connection, mode: "upsert" }),
      });
      expect((await project.apply()).exports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
      expect(requests("POST", /\/lists$/)).toBe(1);
      expect((await project.plan()).exports.map(({ error }) => error)).toEqual([undefined, undefined]);
    },
  );

  it("does not make a list anew that was applied to and is gone", async () => {
    await config({ weekly: weekly() });
    await project.apply();
    // Renamed or deleted at Brevo: there is no list of that name any more.
    await config({ weekly: weekly({ list: { name: "Clients", create: true } }) });
    expect((await project.planOf("weekly")).error).toMatchObject({ kind: "not-found" });
    const result = await project.applyOf("weekly");
    expect(result).toMatchObject({ status: "failed", error: { kind: "not-found" } });
    expect(requests("POST", /\/lists$/)).toBe(1);
  });
});
