import { afterEach, describe, expect, test } from "vitest";
import { adopt } from "../../src/usecases/adopt.js";
import { showState } from "../../src/usecases/state/show.js";
import { validate } from "../../src/usecases/validate.js";
import { keepBeginning } from "../support/beginning.js";
import { numbered, person } from "../support/people.js";
import type { Plan } from "../../src/model/plan/plan.js";
import type { Yaml } from "../support/project.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

const BLOCK = '`moved: [{from: "weekly", to: "newsletter"}]`';

/** An export that gets another name and no word of it: whoever leaves would stay on the list for ever. */
describe.each(["brevo", "sendgrid", "file"] as const)("%s", (type) => {
  let story: Story;
  let other: string;
  let clients: string;
  afterEach(() => story.stop());

  const options = { weekly: { mode: "mirror", safeguards: { maxRemovals: { share: "100%" } } } };
  const prepare = async (one: Story): Promise<Story> => {
    other = await one.remote.addList("clients");
    await one.profiles(numbered(1, 20));
    return one;
  };
  const open = async (): Promise<Story> => prepare(await openStory(type, options));
  /** Where `weekly` was applied, and has twenty people on its list. */
  const openApplied = keepBeginning(type, options, async (one) => {
    await prepare(one);
    await one.configure();
    await one.apply();
  });
  /** Where `daily` was applied as well, to the list `clients`. */
  const openBothApplied = keepBeginning(type, options, async (one) => {
    await prepare(one);
    clients = other;
    await one.config({ exports: { weekly: one.weekly(), daily: one.weekly({ list: clients }) } });
    await one.apply();
  });
  const config = (exports: Yaml, more: Yaml = {}): Promise<void> => story.config({ exports, ...more });
  const moved = [{ from: "weekly", to: "newsletter" }];
  /** What `validate` says without a key. */
  const said = async (environment?: string): Promise<{ errors: string[]; warnings: string[] }> => {
    const { signal } = new AbortController();
    const { diagnostics } = await validate({ cwd: story.folder, environment, signal });
    const text = (wanted: typeof diagnostics): string[] =>
      wanted.map(({ code, message, hint }) => `${code}: ${message} ${hint}`);
    return {
      errors: text(diagnostics.filter(({ severity }) => severity === "error")),
      warnings: text(
        diagnostics.filter(({ severity, code }) => severity === "warning" && code === "record-differs"),
      ),
    };
  };
  const NOTHING = { errors: [], warnings: [] };
  const refusalsOf = ({ exports }: Plan): (string | undefined)[] =>
    exports.map(({ error }) => error && `${error.kind}: ${error.hint}`);
  const refusals = async (): Promise<(string | undefined)[]> => refusalsOf(await story.plan());

  test("is refused with the block that says it, also without a key, and then takes off who left", async () => {
    story = await openApplied();
    await story.profiles(numbered(1, 15));
    await config({ newsletter: story.weekly() });
    const refused = await refusals();
    expect(refused).toEqual([expect.stringMatching(/^refused: /)]);
    expect(refused).toEqual([expect.stringContaining(BLOCK)]);
    // Nothing tells any more where the connection leads.
    const { errors, warnings } = await said();
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^record-differs: If the connection "\w+" leads to /)]);
    expect(warnings).toEqual([expect.stringContaining(BLOCK)]);
    expect(await story.applyOf("newsletter")).toMatchObject({ status: "failed", removed: 0 });
    expect(await story.members()).toHaveLength(20);

    await config({ newsletter: story.weekly() }, { moved });
    expect(await said()).toEqual(NOTHING);
    expect(await story.applyOf("newsletter")).toMatchObject({ removed: 5 });
    expect(await story.members()).toHaveLength(15);
    expect(await story.plan()).toMatchObject({
      configChanges: [],
      exports: [{ counts: { unchanged: 15 } }],
    });
  });

  test("is another export where `removed` says so, and the people of the old one stay", async () => {
    story = await openApplied();
    await story.profiles(numbered(1, 15));
    const removed = [{ export: "weekly", members: "keep" }];
    await config({ newsletter: story.weekly() }, { removed });
    expect(await story.applyOf("newsletter")).toMatchObject({ status: "unchanged", removed: 0 });
    expect(await story.members()).toHaveLength(20);
  });

  test("is an error without a key where another export says where the connection leads, and nothing where it leads elsewhere", async () => {
    story = await openBothApplied();
    await config({ newsletter: story.weekly(), daily: story.weekly({ list: clients }) });
    expect((await said()).errors).toEqual([expect.stringContaining(BLOCK)]);
    const { [type]: account } = story.connections();
    const connections = { [type]: account, second: account };
    await config(
      { newsletter: story.weekly({ connection: "second" }), daily: story.weekly({ list: clients }) },
      { connections },
    );
    expect(await said()).toEqual(NOTHING);
  });

  test("is told of an export that goes from its own list to that of one that is gone", async () => {
    story = await openBothApplied();
    const moved = [{ export: "daily", fromList: clients, toList: story.list, oldMembers: "keep" }];
    await config({ daily: story.weekly() }, { moved });
    const told = `"daily" goes to list ${story.list}, which is that of "weekly"`;
    const removed = 'removed: [{export: "weekly", members: keep}]';
    const { errors } = await said();
    expect(errors).toEqual([expect.stringContaining(told)]);
    expect(errors).toEqual([expect.stringContaining(removed)]);
    const run = await story.planAndApply("daily");
    expect(run.planned.error).toMatchObject({
      message: expect.stringContaining(told) as string,
      hint: expect.not.stringContaining("from:") as string,
    });
    expect(run.result).toMatchObject({ status: "failed", removed: 0 });

    await config({ daily: story.weekly() }, { moved, removed: [{ export: "weekly", members: "remove" }] });
    expect((await said()).errors).toEqual([]);
    expect((await story.planOf("daily")).error).toBeUndefined();
  });

  test("is refused of a list that was adopted and never applied, which the record knows", async () => {
    story = await open();
    for (const { email } of numbered(1, 12)) await story.remote.addStranger(String(email), [story.list]);
    await story.configure();
    const { signal } = new AbortController();
    const done = await adopt({
      cwd: story.folder,
      exportName: "weekly",
      emit: () => undefined,
      signal,
      actor: "tester",
      approve: () => Promise.resolve(true),
    });
    expect(done.adopted).toBe(true);
    const looking = { cwd: story.folder, emit: () => undefined, signal };
    expect((await showState({ ...looking, subject: "weekly" })).result).toMatchObject({
      list: { id: story.list },
      lastRun: undefined,
      moving: false,
      observation: { operation: "adopt", people: 12 },
    });
    // To policies it is as new as before.
    expect(await story.plan()).toMatchObject({
      configChanges: [{ kind: "new" }],
      accounts: [{ isNew: true }],
    });
    // Also after a run that was refused.
    await story.profiles(numbered(1, 9));
    await story.configure({ safeguards: { maxRemovals: { count: 1 } } });
    expect(await story.applyOf("weekly")).toMatchObject({ status: "refused" });
    expect(await story.plan()).toMatchObject({
      configChanges: [{ kind: "new" }],
      accounts: [{ isNew: true }],
    });

    await story.configure({ list: other });
    expect((await story.planOf("weekly")).error?.message).toContain(
      `adopted list ${story.list} and now points at list ${other}`,
    );

    // Who leaves is taken off by a run that only takes people off: they are ours.
    await story.configure();
    await story.profiles(numbered(1, 11));
    expect(await story.applyOf("weekly", { removalsOnly: true })).toMatchObject({ removed: 1 });
    expect(await story.plan()).toMatchObject({ configChanges: [{ kind: "new" }] });

    await config({ newsletter: story.weekly() });
    expect(await refusals()).toEqual([expect.stringContaining(BLOCK)]);
    await config({ newsletter: story.weekly() }, { moved });
    await story.profiles(numbered(1, 10));
    expect(await story.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 1 });
    expect(await story.members()).toHaveLength(10);
  });

  test("is forgotten after an adoption, and the people stay", async () => {
    story = await open();
    for (const { email } of numbered(1, 12)) await story.remote.addStranger(String(email), [story.list]);
    await story.configure();
    const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: story.folder });
    // What is told where nobody can be asked takes over no more people.
    const unasked = await run("adopt", "weekly", "--only-desired");
    expect(unasked.code).toBe(3);
    expect(unasked.stderr).toContain("`rollcall adopt weekly --only-desired --auto-approve`");
    expect((await run("adopt", "weekly", "--auto-approve")).code).toBe(0);
    expect((await run("state", "rm", "weekly", "--auto-approve")).code).toBe(0);
    await story.profiles(numbered(1, 10));
    expect(await story.applyOf("weekly")).toMatchObject({ removed: 0 });
    expect(await story.members()).toHaveLength(12);
  });

  test("is led back where both have been applied: what one put on the list is the other's", async () => {
    story = await openApplied();
    await config({ weekly: story.weekly(), newsletter: story.weekly({ mode: "upsert" }) });
    await story.apply();
    await story.profiles(numbered(1, 16));
    await config({ newsletter: story.weekly() });
    await story.apply();
    await story.profiles([...numbered(1, 15), person("new")]);
    await story.apply();
    await story.remote.addStranger("stranger@example.com", [story.list]);
    expect(await story.members()).toHaveLength(22);
    const { accounts, configChanges } = await story.plan();
    expect(accounts.flatMap(({ checks }) => checks)).toEqual([
      expect.objectContaining({ name: "held-by-orphan", hint: expect.stringContaining(BLOCK) as string }),
    ]);
    expect(configChanges).toMatchObject([
      { kind: "orphaned", hint: expect.stringContaining(BLOCK) as string },
    ]);

    await config({ newsletter: story.weekly() }, { moved });
    expect((await story.plan()).configChanges).toMatchObject([{ kind: "renamed", from: "weekly" }]);
    expect(await story.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 5 });
    expect(await story.members()).toHaveLength(17);
    await story.profiles([...numbered(1, 12), person("new")]);
    expect(await story.applyOf("newsletter")).toMatchObject({ removed: 3 });
    expect(await story.members()).toContain("stranger");
  });

  test("is refused of two on one list alike, until one of them is it", async () => {
    story = await openApplied();
    await config({ newsletter: story.weekly(), daily: story.weekly({ mode: "upsert" }) });
    expect(await refusals()).toEqual([
      expect.stringContaining(BLOCK),
      expect.stringContaining(BLOCK.replace("newsletter", "daily")),
    ]);
    await config({ newsletter: story.weekly(), daily: story.weekly({ mode: "upsert" }) }, { moved });
    expect(await refusals()).toEqual([undefined, undefined]);
  });

  test("is told where the list changes too, and the block that cannot be carried out is an error", async () => {
    story = await open();
    await config({ weekly: story.weekly(), newsletter: story.weekly({ list: other }) });
    await story.apply();
    await config({ newsletter: story.weekly({ list: other }) }, { moved });
    expect(await refusals()).toEqual([
      expect.stringContaining('removed: [{export: "weekly", members: keep}]'),
    ]);
    expect((await said()).errors).toEqual([
      expect.stringMatching(/^record-differs: "weekly" cannot become "newsletter"/),
    ]);
    // Swapped names are exports that point at each other's list.
    await config({ weekly: story.weekly({ list: other }), newsletter: story.weekly() });
    expect(await refusals()).toEqual([
      expect.stringMatching(/^refused: .*moved/),
      expect.stringMatching(/^refused: .*moved/),
    ]);
  });

  test("is refused through another connection to the same account, and in that environment alone", async () => {
    story = await open();
    const { [type]: account } = story.connections();
    const environments = { production: {}, staging: { exports: { newsletter: { list: other } } } };
    const before = { production: {}, staging: { exports: { weekly: { list: other } } } };
    await story.configure({}, { environments: before });
    await story.apply({ environment: "production" });
    await config(
      { newsletter: story.weekly({ connection: "account" }) },
      { environments, connections: { account } },
    );
    expect((await said()).warnings).toEqual([expect.stringContaining(BLOCK)]);
    expect(await said("staging")).toEqual(NOTHING);
    const plan = await story.plan({ environment: "production" });
    expect(plan.exports[0]?.error?.hint).toContain(BLOCK);
    expect(await story.applyOf("newsletter", { environment: "staging" })).toMatchObject({ added: 20 });
  });
});
