import { afterEach, beforeEach, expect, it } from "vitest";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apply } from "../../src/usecases/apply.js";
import { csvOf, openProject, type Project } from "../support/project.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.stop());

it("the second look sends nothing that was not approved", async () => {
  const list = project.sandbox.sendgrid().addList("customers");
  await project.config({
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "sendgrid", list, segments: ["all"], match: { email: "email" } } },
  });
  await project.profiles([{ email: "ann@example.com" }]);
  project.sandbox.inject({
    vendor: "sendgrid",
    method: "PUT",
    path: "/v3/marketing/contacts",
    nth: 1,
    effect: { kind: "drop", carriedOut: true },
  });
  const never = new AbortController().signal;
  let asked = 0;
  const { run } = await apply({
    cwd: project.folder,
    signal: never,
    stop: never,
    actor: "tester",
    approve: () => Promise.resolve((asked += 1) === 1),
    emit: ({ type }) => {
      // The data changes after the approval, while the first answer is lost.
      if (type === "warning")
        writeFileSync(
          join(project.folder, "profiles.csv"),
          csvOf(["ann", "bob", "carl"].map((name) => ({ email: `${name}@example.com` }))),
        );
    },
  });
  expect(run?.exports).toMatchObject([{ status: "partly", unknown: 1 }]);
  expect(asked).toBe(1);
  expect(project.sandbox.sendgrid().members(list)).toHaveLength(1);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded" });
  expect(project.sandbox.sendgrid().members(list)).toHaveLength(3);
});

it("the second look counts what it finds done as the operation that it was", async () => {
  const list = project.sandbox.brevo().addList("customers");
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { firstName: "first_name" },
      },
    },
  });
  const people = (first_name: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com`, first_name }));
  await project.profiles(people("Ann", 120));
  await project.apply();
  await project.profiles(people("Zoë", 123));
  project.sandbox.inject({
    vendor: "brevo",
    method: "POST",
    path: "/contacts/import",
    effect: { kind: "drop", carriedOut: true },
  });
  expect(await project.applyOf("weekly")).toMatchObject({
    status: "succeeded",
    added: 3,
    updated: 120,
    unknown: 0,
  });
});
