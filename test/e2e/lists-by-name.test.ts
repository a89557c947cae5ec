import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plan } from "../../src/usecases/plan.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

const weekly = (more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list: { name: "Customers", create: true },
  segments: ["all"],
  match: { email: "email" },
  ...more,
});

describe("a list that is named", () => {
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

  it.each(["brevo", "sendgrid"] as const)("is created once for two exports, at %s", async (connection) => {
    await config({
      weekly: weekly({ connection }),
      daily: weekly({ connection, mode: "upsert" }),
    });
    expect((await project.apply()).exports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
    expect(requests("POST", /\/lists$/)).toBe(1);
    expect((await project.plan()).exports.map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  it.each<[string, Yaml, string]>([
    ["sendgrid", { name: "x".repeat(101) }, "1 to 100 characters"],
    ["sendgrid", { name: "Customers", folder: "F" }, "no folders"],
    ["sendgrid", { name: " Customers" }, "begins or ends with a space"],
    ["sendgrid", { name: "\u200b" }, "is empty"],
    ["brevo", { name: "Two\nlines" }, "line break"],
    ["brevo", { name: "Customers", folder: " " }, "folder is empty"],
    ["file", { name: "a/b" }, "named like a file"],
    ["file", { name: "\u4e00".repeat(90) }, "named like a file"],
    ["file", { name: "Unsubscribed.unsubscribed" }, "named like a file"],
  ])(
    "is refused before any request when no %s list can have the name: %j",
    async (connection, list, words) => {
      await config({ weekly: weekly({ connection, list: { ...list, create: true } }) });
      const ended = await plan({
        cwd: project.folder,
        emit: () => undefined,
        signal: new AbortController().signal,
      });
      expect(ended.plan).toBeUndefined();
      expect(ended.diagnostics.map(({ code, message }) => [code, message])).toContainEqual([
        "list-name",
        expect.stringContaining(words),
      ]);
      expect(project.exchanges).toEqual([]);
    },
  );

  it.each(["brevo", "sendgrid"] as const)(
    "is refused when the name differs from that of a list only in case, spaces or form, at %s",
    async (connection) => {
      await remoteOf(project, connection).addList("Cafe\u0301  Kunden ");
      for (const create of [true, false]) {
        await config({ weekly: weekly({ connection, list: { name: "caf\u00e9 kunden", create } }) });
        expect((await project.planOf("weekly")).error).toMatchObject({
          kind: "conflict",
          message: expect.stringMatching(/only case, spaces or the form of letters differ/) as string,
        });
      }
      expect(requests("POST", /\/lists$/)).toBe(0);
    },
  );

  it.each(["brevo", "sendgrid"] as const)(
    "is refused with the right spelling when an id is meant, at %s",
    async (connection) => {
      await remoteOf(project, connection).addList("customers");
      await config({ weekly: weekly({ connection, list: "customers" }) });
      expect((await project.planOf("weekly")).error).toMatchObject({
        kind: "not-found",
        hint: expect.stringContaining('write `list: {name: "customers"}`, or the id (') as string,
      });
    },
  );

  it("is not created again when it was applied to and is gone", async () => {
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
