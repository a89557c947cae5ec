import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { adopt } from "../../src/usecases/adopt.js";
import { stateShow } from "../../src/usecases/state/show.js";
import { validate } from "../../src/usecases/validate.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";

const BLOCK = '`moved: [{from: "weekly", to: "newsletter"}]`';

/** An export that gets another name and no word of it: whoever leaves would stay on the list for ever. */
describe.each(["brevo", "sendgrid", "file"] as const)("%s", (connection) => {
  let project: Project;
  let remote: Remote;
  let list: string;
  let other: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, connection);
    list = await remote.addList("customers");
    other = await remote.addList("clients");
    await project.profiles(people(20));
  });
  afterEach(() => project.stop());

  const people = (last: number): Row[] =>
    Array.from({ length: last }, (_, n) => ({ email: `p${n + 1}@example.com` }));
  const mirror = (more: Yaml = {}): Yaml => ({
    connection,
    list,
    segments: ["all"],
    match: { email: "email" },
    mode: "mirror",
    safeguards: { maxRemovals: { share: "100%" } },
    ...more,
  });
  const config = (exports: Yaml, more: Yaml = {}): Promise<void> =>
    project.config({ segments: { all: { source: "crm" } }, exports, ...more });
  const moved = [{ from: "weekly", to: "newsletter" }];
  const on = async (id: string): Promise<number> => {
    await project.sandbox.settle();
    return (await remote.members(id)).size;
  };
  const said = async (wanted: "error" | "warning", environment?: string): Promise<string[]> => {
    const { signal } = new AbortController();
    const { diagnostics } = await validate({ cwd: project.folder, environment, signal });
    return diagnostics
      .filter(
        ({ severity, code }) => severity === wanted && (wanted === "error" || code === "record-differs"),
      )
      .map(({ code, message, hint }) => `${code}: ${message} ${hint}`);
  };
  const errors = (): Promise<string[]> => said("error");
  const refusals = async (): Promise<(string | undefined)[]> =>
    (await project.plan()).exports.map(({ error }) => error && `${error.kind}: ${error.hint}`);

  test("is refused with the block that says it, also without a key, and then takes off who left", async () => {
    await config({ weekly: mirror() });
    await project.apply();
    await project.profiles(people(15));
    await config({ newsletter: mirror() });
    expect(await refusals()).toEqual([expect.stringMatching(/^refused: /)]);
    expect(await refusals()).toEqual([expect.stringContaining(BLOCK)]);
    // Nothing tells any more where the connection leads.
    expect(await errors()).toEqual([]);
    expect(await said("warning")).toEqual([
      expect.stringMatching(/^record-differs: If the connection "\w+" leads to /),
    ]);
    expect(await said("warning")).toEqual([expect.stringContaining(BLOCK)]);
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "failed", removed: 0 });
    expect(await on(list)).toBe(20);

    await config({ newsletter: mirror() }, { moved });
    expect([await said("error"), await said("warning")]).toEqual([[], []]);
    expect(await project.applyOf("newsletter")).toMatchObject({ removed: 5 });
    expect(await on(list)).toBe(15);
    expect(await project.plan()).toMatchObject({
      configChanges: [],
      exports: [{ counts: { unchanged: 15 } }],
    });
  });

  test("is another export where `removed` says so, and the people of the old one stay", async () => {
    await config({ weekly: mirror() });
    await project.apply();
    await project.profiles(people(15));
    const removed = [{ export: "weekly", members: "keep" }];
    await config({ newsletter: mirror() }, { removed });
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "unchanged", removed: 0 });
    expect(await on(list)).toBe(20);
  });

  test("is an error without a key where another export says where the connection leads, and nothing where it leads elsewhere", async () => {
    await config({ weekly: mirror(), daily: mirror({ list: other }) });
    await project.apply();
    await config({ newsletter: mirror(), daily: mirror({ list: other }) });
    expect(await errors()).toEqual([expect.stringContaining(BLOCK)]);
    const { [connection]: account } = project.connections();
    const connections = { [connection]: account, second: account };
    await config(
      { newsletter: mirror({ connection: "second" }), daily: mirror({ list: other }) },
      { connections },
    );
    expect([await said("error"), await said("warning")]).toEqual([[], []]);
  });

  test("is told of an export that goes from its own list to that of one that is gone", async () => {
    await config({ weekly: mirror(), daily: mirror({ list: other }) });
    await project.apply();
    const moved = [{ export: "daily", fromList: other, toList: list, oldMembers: "keep" }];
    await config({ daily: mirror() }, { moved });
    const told = `"daily" goes to list ${list}, which is that of "weekly"`;
    const removed = 'removed: [{export: "weekly", members: keep}]';
    expect(await errors()).toEqual([expect.stringContaining(told)]);
    expect(await errors()).toEqual([expect.stringContaining(removed)]);
    expect((await project.planOf("daily")).error).toMatchObject({
      message: expect.stringContaining(told) as string,
      hint: expect.not.stringContaining("from:") as string,
    });
    expect(await project.applyOf("daily")).toMatchObject({ status: "failed", removed: 0 });

    await config({ daily: mirror() }, { moved, removed: [{ export: "weekly", members: "remove" }] });
    expect(await errors()).toEqual([]);
    expect((await project.planOf("daily")).error).toBeUndefined();
  });

  test("is refused of a list that was adopted and never applied, which the record knows", async () => {
    for (const { email } of people(12)) await remote.addStranger(String(email), [list]);
    await config({ weekly: mirror() });
    const { signal } = new AbortController();
    const done = await adopt({
      cwd: project.folder,
      exportName: "weekly",
      emit: () => undefined,
      signal,
      actor: "tester",
      approve: () => Promise.resolve(true),
    });
    expect(done.adopted).toBe(true);
    const looking = { cwd: project.folder, emit: () => undefined, signal };
    expect((await stateShow({ ...looking, subject: "weekly" })).result).toMatchObject({
      list: { id: list },
      lastRun: undefined,
      moving: false,
      observation: { operation: "adopt", people: 12 },
    });
    // To policies it is as new as before.
    expect(await project.plan()).toMatchObject({
      configChanges: [{ kind: "new" }],
      accounts: [{ isNew: true }],
    });
    // Also after a run that was refused.
    await project.profiles(people(9));
    await config({ weekly: mirror({ safeguards: { maxRemovals: { count: 1 } } }) });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    expect(await project.plan()).toMatchObject({
      configChanges: [{ kind: "new" }],
      accounts: [{ isNew: true }],
    });

    await config({ weekly: mirror({ list: other }) });
    expect((await project.planOf("weekly")).error?.message).toContain(
      `adopted list ${list} and now points at list ${other}`,
    );

    // Who leaves is taken off by a run that only takes people off: they are ours.
    await config({ weekly: mirror() });
    await project.profiles(people(11));
    expect(await project.applyOf("weekly", { removalsOnly: true })).toMatchObject({ removed: 1 });
    expect(await project.plan()).toMatchObject({ configChanges: [{ kind: "new" }] });

    await config({ newsletter: mirror() });
    expect(await refusals()).toEqual([expect.stringContaining(BLOCK)]);
    await config({ newsletter: mirror() }, { moved });
    await project.profiles(people(10));
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 1 });
    expect(await on(list)).toBe(10);
  });

  test("is forgotten after an adoption, and the people stay", async () => {
    for (const { email } of people(12)) await remote.addStranger(String(email), [list]);
    await config({ weekly: mirror() });
    const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: project.folder });
    // What is told where nobody can be asked takes over no more people.
    const unasked = await run("adopt", "weekly", "--only-desired");
    expect(unasked.code).toBe(3);
    expect(unasked.stderr).toContain("`rollcall adopt weekly --only-desired --auto-approve`");
    expect((await run("adopt", "weekly", "--auto-approve")).code).toBe(0);
    expect((await run("state", "rm", "weekly", "--auto-approve")).code).toBe(0);
    await project.profiles(people(10));
    expect(await project.applyOf("weekly")).toMatchObject({ removed: 0 });
    expect(await on(list)).toBe(12);
  });

  test("is led back where both have been applied: what one put on the list is the other's", async () => {
    await config({ weekly: mirror() });
    await project.apply();
    await config({ weekly: mirror(), newsletter: mirror({ mode: "upsert" }) });
    await project.apply();
    await project.profiles(people(16));
    await config({ newsletter: mirror() });
    await project.apply();
    await project.profiles([...people(15), { email: "new@example.com" }]);
    await project.apply();
    await remote.addStranger("stranger@example.com", [list]);
    expect(await on(list)).toBe(22);
    const { accounts, configChanges } = await project.plan();
    expect(accounts.flatMap(({ checks }) => checks)).toEqual([
      expect.objectContaining({ name: "held-by-orphan", hint: expect.stringContaining(BLOCK) as string }),
    ]);
    expect(configChanges).toMatchObject([
      { kind: "orphaned", hint: expect.stringContaining(BLOCK) as string },
    ]);

    await config({ newsletter: mirror() }, { moved });
    expect((await project.plan()).configChanges).toMatchObject([{ kind: "renamed", from: "weekly" }]);
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 5 });
    expect(await on(list)).toBe(17);
    await project.profiles([...people(12), { email: "new@example.com" }]);
    expect(await project.applyOf("newsletter")).toMatchObject({ removed: 3 });
    expect([...(await remote.members(list)).keys()]).toContain("stranger@example.com");
  });

  test("is refused of two on one list alike, until one of them is it", async () => {
    await config({ weekly: mirror() });
    await project.apply();
    await config({ newsletter: mirror(), daily: mirror({ mode: "upsert" }) });
    expect(await refusals()).toEqual([
      expect.stringContaining(BLOCK),
      expect.stringContaining(BLOCK.replace("newsletter", "daily")),
    ]);
    await config({ newsletter: mirror(), daily: mirror({ mode: "upsert" }) }, { moved });
    expect(await refusals()).toEqual([undefined, undefined]);
  });

  test("is told where the list changes too, and the block that cannot be carried out is an error", async () => {
    await config({ weekly: mirror(), newsletter: mirror({ list: other }) });
    await project.apply();
    await config({ newsletter: mirror({ list: other }) }, { moved });
    expect(await refusals()).toEqual([
      expect.stringContaining('removed: [{export: "weekly", members: keep}]'),
    ]);
    expect(await errors()).toEqual([
      expect.stringMatching(/^record-differs: "weekly" cannot become "newsletter"/),
    ]);
    // Swapped names are exports that point at each other's list.
    await config({ weekly: mirror({ list: other }), newsletter: mirror() });
    expect(await refusals()).toEqual([
      expect.stringMatching(/^refused: .*moved/),
      expect.stringMatching(/^refused: .*moved/),
    ]);
  });

  test("is refused through another connection to the same account, and in that environment alone", async () => {
    const { [connection]: account } = project.connections();
    const environments = { production: {}, staging: { exports: { newsletter: { list: other } } } };
    const before = { production: {}, staging: { exports: { weekly: { list: other } } } };
    await config({ weekly: mirror() }, { environments: before });
    await project.apply({ environment: "production" });
    await config(
      { newsletter: mirror({ connection: "account" }) },
      { environments, connections: { account } },
    );
    expect(await said("warning")).toEqual([expect.stringContaining(BLOCK)]);
    expect([await said("error", "staging"), await said("warning", "staging")]).toEqual([[], []]);
    const plan = await project.plan({ environment: "production" });
    expect(plan.exports[0]?.error?.hint).toContain(BLOCK);
    expect(await project.applyOf("newsletter", { environment: "staging" })).toMatchObject({ added: 20 });
  });
});
