import { afterEach, beforeEach, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan/plan.js";
import type { RunResult } from "../../src/model/run/run.js";
import { people, person } from "../support/people.js";
import type { Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;

beforeEach(async () => {
  story = await openStory("brevo", { weekly: { consent: "consent" } });
});
afterEach(() => story.stop());

const configure = (policies: Yaml, more: Yaml = {}): Promise<void> =>
  story.configure({}, { approvals: { groups: { leads: ["anna@example.com"] } }, policies, ...more });
const run = (...words: string[]): Promise<Ended> =>
  rollcall(words, {
    cwd: story.folder,
    env: { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "anna", GITHUB_EVENT_NAME: "push" },
  });
const policy = (deny: string, more: Yaml = {}): Yaml => ({
  level: "mandatory",
  deny,
  message: "No.",
  ...more,
});

it("a refused plan shows all violations at once, and sends only withdrawals", async () => {
  await configure({});
  await story.profiles(people(["ann", "bob", "carl"], { consent: true }));
  await story.apply();
  await configure({
    "few-adds": policy("plan.adds > 1", {
      message: "At most one person may join in a run.",
      approvals: { from: "leads", count: 2 },
    }),
    sound: policy("plan.adds / (plan.updates - plan.updates) > 1"),
    soft: policy("plan.removes > 0", { level: "advisory", message: "Somebody leaves." }),
    kept: policy(`actor.identity != "github:anna"`),
  });
  await story.profiles([
    person("ann", { consent: false }),
    ...people(["bob", "dora", "emil"], { consent: true }),
  ]);

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
  expect(await story.members()).toEqual(["bob", "carl"]);
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
  expect(await story.members()).toEqual(["bob", "dora", "emil"]);
});

it("a policy also judges changes of the record alone", async () => {
  await configure({});
  await story.profiles(people(["ann", "bob"], { consent: true }));
  await configure({}, { exports: { weekly: story.weekly({ protect: true }) } });
  await story.apply();
  const unprotected = { exports: { weekly: story.weekly({ protect: false }) } };
  const dropped = { exports: {}, removed: [{ export: "weekly", members: "keep" }] };
  for (const [kind, change] of [
    ["unprotected", unprotected],
    ["removed", dropped],
  ] as const) {
    await configure({ rule: policy(`plan.configChanges.exists(c, c.kind == "${kind}")`) }, change);
    const refused = await story.apply({ targets: undefined });
    expect(refused.exports.map(({ name, status }) => `${name} ${status}`)).toEqual(["weekly refused"]);
    expect((await story.plan()).configChanges.map((one) => one.kind)).toEqual([kind]);
  }
  await configure({}, dropped);
  expect((await story.apply()).exports).toMatchObject([{ name: "weekly", status: "succeeded" }]);
});

it("a policy sees an account to which nothing was sent yet", async () => {
  const rule = policy("plan.exports.exists(e, e.connectionIsNew)", { message: "A new connection." });
  await configure({ rule });
  await story.profiles(people(["ann"], { consent: true }));
  expect((await story.plan()).policies).toMatchObject([{ status: "violated" }]);
  expect(await story.applyOf("weekly")).toMatchObject({ status: "refused", added: 0 });
  expect((await story.plan()).policies).toMatchObject([{ status: "violated" }]);
  await configure({});
  await story.apply();
  await configure({ rule });
  expect((await story.plan()).policies).toMatchObject([{ status: "ok" }]);
});
