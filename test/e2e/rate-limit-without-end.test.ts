import { expect, it } from "vitest";
import { FULL } from "../support/full.js";
import { openProject } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";

const ROUTES = {
  brevo: {
    writing: { method: "POST", path: "/contacts/import" },
    jobs: { method: "GET", path: "/processes*" },
    reading: { method: "GET", path: "/contacts" },
    connecting: { method: "GET", path: "/account" },
  },
  sendgrid: {
    writing: { method: "PUT", path: "/v3/marketing/contacts" },
    jobs: { method: "GET", path: "/v3/marketing/contacts/imports/*" },
    reading: { method: "GET", path: "/v3/suppression/bounces" },
    connecting: { method: "GET", path: "/v3/scopes" },
  },
} as const;
const some = [
  ["brevo", "writing"],
  ["sendgrid", "writing"],
] as const;
const all = (["brevo", "sendgrid"] as const).flatMap((type) =>
  (["writing", "jobs", "reading", "connecting"] as const).map((route) => [type, route] as const),
);

it.concurrent.for(FULL ? all : some)(
  "%s: a 429 without end while %s ends the run, which says when to go on, and the next goes on",
  { timeout: 120_000 },
  async ([type, route], { onTestFinished }) => {
    const project = await openProject();
    onTestFinished(() => project.stop());
    const remote = remoteOf(project, type);
    const list = await remote.addList("customers");
    const connections = project.connections({ requestTimeout: "2s" });
    const weekly = {
      connection: type,
      list,
      segments: ["all"],
      match: { email: "email" },
      attributes: { firstName: "first_name" },
    };
    await project.config({
      connections: { [type]: connections[type] },
      segments: { all: { source: "crm" } },
      exports: { weekly },
    });
    await project.profiles(
      ["ann", "bob"].map((name) => ({ email: `${name}@example.com`, first_name: name })),
    );
    const headers = { "x-sib-ratelimit-reset": "1", "x-ratelimit-reset": "1" };
    const heal = project.sandbox.inject({
      ...ROUTES[type][route],
      effect: { kind: "answer", status: 429, headers },
    });
    const refused = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
    expect([1, 8], refused.stdout + refused.stderr).toContain(refused.code);
    const words = (refused.stdout + refused.stderr).replaceAll(/\s+/g, " ");
    expect(words).toMatch(new RegExp(`connection "${type}"`));
    expect(words).toMatch(/rate limit .*(is used up for|was refused)/);
    expect(words).toContain("or later: what was not sent is sent then.");
    const asked = project.exchanges.filter(({ status }) => status === 429).length;
    // Not once more for each try of the run, and each export.
    expect(asked).toBeLessThanOrEqual(6);
    heal();
    const next = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
    expect(next.code, next.stdout + next.stderr).toBe(0);
    expect([...(await remote.members(list)).keys()].sort()).toEqual(["ann@example.com", "bob@example.com"]);
  },
);
