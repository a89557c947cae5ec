import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { openState } from "../../src/state/store.js";
import { openProject, type Project } from "../support/project.js";

const never = new AbortController().signal;

/** Requests of the last hour that state knows of. */
async function recorded({ folder }: Project): Promise<number> {
  const { root } = await openState(new LocalBackend(join(folder, ".rollcall")), never);
  return Object.values(root.accounts).flatMap(({ spent }) => Object.values(spent).flat()).length;
}

it("the requests of a run that died count against the hour", async () => {
  const project = await openProject();
  onTestFinished(() => project.stop());
  const list = project.sandbox.brevo().addList("customers");
  await project.config({
    connections: { brevo: project.connections({ rateLimits: "general" })["brevo"] },
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
  });
  await project.profiles([{ email: "ann@example.com" }]);
  const dies = new AbortController();
  const dying = project.apply({
    signal: dies.signal,
    emit: ({ type }) => {
      if (type === "batch") dies.abort();
    },
  });
  await expect(dying).rejects.toThrow("aborted");
  expect(await recorded(project)).toBeGreaterThan(0);
});
