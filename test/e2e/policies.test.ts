import { afterEach, beforeEach, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import type { RunResult } from "../../src/model/run/run.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "brevo");
  list = await remote.addList("customers");
});
afterEach(() => project.stop());

const person = (name: string, consent = true): Row => ({ email: `${name}@example.com`, consent });
const weekly = (more: Yaml = {}): Yaml => ({
  connection: "brevo",
  list,
  segments: ["all"],
  match: { email: "email" },
  consent: "consent",
  ...more,
});
const configure = (policies: Yaml, more: Yaml = { exports: { weekly: weekly() } }): Promise<void> =>
  project.config({
    approvals: { groups: { leads: ["anna@example.com"] } },
    segments: { all: { source: "crm" } },
    policies,
    ...more,
  });
const run = (...words: string[]): Promise<Ended> =>
  rollcall(words, {
    cwd: project.folder,
    env: { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_EVENT_NAME: "push" },
  });
const members = async (): Promise<string[]> => {
  await project.sandbox.settle();
  return [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();
};
const policy = (deny: string, more: Yaml = {}): Yaml => ({
  level: "mandatory",
  deny,
  message: "No.",
  ...more,
});

it("a refused plan shows all violations at once, and sends only withdrawals", async () => {
  await configure({});
  await project.profiles(["ann", "bob", "carl"].map((name) => person(name)));
  await project.apply();
  await configure({
    "few-adds": policy("plan.adds > 1", {
      message: "At most one person may join in a run.",
      approvals: { from: "leads", count: 2 },
    }),
    sound: policy("plan.adds / (plan.updates - plan.updates) > 1"),
    soft: policy("plan.removes > 0", { level: "advisory", message: "Somebody leaves." }),
    kept: policy(`actor.identity != "github:anna"`),
  });
  await project.profiles([person("ann", false), person("bob"), person("dora"), person("emil")]);

  const planned = await run("plan");
  expect(planned.code).toBe(0);
  expect(planned.stdout).toContain(`Policies

  ✗ few-adds (mandatory): At most one person may join in a run.
    It takes 2 approvals by leads; there are 0.
  ✗ sound (mandatory): No.
    It could not be evaluated, which counts as violated: division by zero.
  ! soft (advisory): Somebody leaves.

2 mandatory policies refuse this plan: apply sends withdrawals only.
`);
  expect((await run("plan", "--fail-on-unsafe")).code).toBe(5);

  const applied = await run("apply", "--auto-approve", "--json");
  expect(applied.code).toBe(5);
  const result = applied.events.find(({ type }) => type === "run")?.["run"] as RunResult | undefined;
  expect(result?.exports).toMatchObject([
    { status: "refused", added: 0, removed: 1, error: { kind: "refused" } },
  ]);
  expect(result?.exports[0]?.error?.message).toContain("(policy:few-adds, policy:sound)");
  expect(await members()).toEqual(["bob", "carl"]);
  const judged = applied.events.find(({ type }) => type === "plan")?.["plan"] as Plan | undefined;
  expect(judged?.policies?.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "few-adds violated",
    "sound error",
    "soft violated",
    "kept ok",
  ]);
  for (const { stdout, stderr } of [planned, applied]) expect(stdout + stderr).not.toContain("dora@");

  await configure({ soft: policy("plan.adds > 1", { level: "advisory" }) });
  expect((await run("apply", "--auto-approve")).code).toBe(0);
  expect(await members()).toEqual(["bob", "dora", "emil"]);
});

it("a policy also judges changes of the record alone", async () => {
  await configure({});
  await project.profiles(["ann", "bob"].map((name) => person(name)));
  await configure({}, { exports: { weekly: weekly({ protect: true }) } });
  await project.apply();
  const unprotected = { exports: { weekly: weekly({ protect: false }) } };
  const dropped = { exports: {}, removed: [{ export: "weekly", members: "keep" }] };
  for (const [kind, change] of [
    ["unprotected", unprotected],
    ["removed", dropped],
  ] as const) {
    await configure({ rule: policy(`plan.configChanges.exists(c, c.kind == "${kind}")`) }, change);
    const refused = await project.apply({ targets: undefined });
    expect(refused.exports.map(({ name, status }) => `${name} ${status}`)).toEqual(["weekly refused"]);
    expect((await project.plan()).configChanges.map((one) => one.kind)).toEqual([kind]);
  }
  await configure({}, dropped);
  expect((await project.apply()).exports).toMatchObject([{ name: "weekly", status: "succeeded" }]);
});

it("a policy sees an account to which nothing was sent yet", async () => {
  const rule = policy("plan.exports.exists(e, e.connectionIsNew)", { message: "A new connection." });
  await configure({ rule });
  await project.profiles([person("ann")]);
  expect((await project.plan()).policies).toMatchObject([{ status: "violated" }]);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", added: 0 });
  expect((await project.plan()).policies).toMatchObject([{ status: "violated" }]);
  await configure({});
  await project.apply();
  await configure({ rule });
  expect((await project.plan()).policies).toMatchObject([{ status: "ok" }]);
});
