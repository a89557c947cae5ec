import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { showState } from "../../src/usecases/state/show.js";
import { validate } from "../../src/usecases/validate.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { type StoryType, remoteOf, type Remote } from "../support/remote.js";
import { live } from "./mortal.js";

/** More than what SendGrid shows late, and than a dead run is waited for. */
const LATER_SECONDS = 300;
const STRANGER = "stranger@example.com";
const SIGNAL = new AbortController().signal;

/** What the first run of an export sent before it died is the export's, whatever it is called by then. */
describe("an interrupted first run", () => {
  let project: Project;

  beforeEach(async () => {
    project = await openProject();
  });
  afterEach(async () => {
    resetClock();
    await project.stop();
  });

  const people = (last: number): Row[] =>
    Array.from({ length: last }, (_, n) => ({ email: `p${n + 1}@example.com` }));
  const mirror = (connection: StoryType, list: string | Yaml, more: Yaml = {}): Yaml => ({
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
  const block = (from: string, to: string): string => `\`moved: [{from: "${from}", to: "${to}"}]\``;
  const warnings = async (): Promise<string[]> => {
    const { diagnostics } = await validate({ cwd: project.folder, signal: SIGNAL });
    return diagnostics.filter(({ code }) => code === "record-differs").map(({ hint }) => String(hint));
  };
  const on = async (remote: Remote, list: string): Promise<string[]> => {
    await project.sandbox.settle();
    letTimePass(LATER_SECONDS);
    return [...(await remote.members(list)).keys()].sort();
  };
  const wanted = (last: number, ...others: string[]): string[] =>
    [...people(last).map(({ email }) => String(email)), ...others].sort();
  const die = async (moment: string): Promise<void> => {
    const life = await live(project.folder, ["apply", "--auto-approve"], { moment }, 0);
    expect(life.killed, life.output).toBe(true);
    await project.sandbox.settle();
    letTimePass(LATER_SECONDS);
  };

  const recorded = async (): Promise<string[]> => {
    const roots = [...(await project.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
    const root = JSON.parse(String(roots.at(-1)?.[1])) as StateRoot;
    return Object.keys(root.exports);
  };

  test.each([
    ["brevo", "sent POST /brevo/v3/contacts/import"],
    ["brevo", "answered GET /brevo/v3/processes"],
    ["brevo", "link ledger"],
    ["sendgrid", "answered PUT /sendgrid/v3/marketing/contacts"],
    ["sendgrid", "link ledger"],
    ["file", "rm list file"],
    ["file", "link ledger"],
  ] as const)("at %s, at “%s”, is known by its old name", async (connection, moment) => {
    const remote = remoteOf(project, connection);
    const list = await remote.addList("customers");
    await remote.addStranger(STRANGER, [list], "Stranger");
    await project.profiles(people(20));
    await config({ weekly: mirror(connection, list) });
    await die(moment);

    await project.profiles(people(15));
    await config({ newsletter: mirror(connection, list) });
    expect(await warnings()).toEqual([expect.stringContaining(block("weekly", "newsletter"))]);
    const refused = expect.objectContaining({
      kind: "refused",
      message: expect.stringContaining('"weekly", which was applied in part and is no longer') as string,
      hint: expect.stringContaining(block("weekly", "newsletter")) as string,
    }) as unknown;
    expect((await project.planOf("newsletter")).error).toEqual(refused);
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "failed", added: 0, removed: 0 });
    // The run is settled by now, and still nothing else is taken for a new export.
    expect((await project.planOf("newsletter")).error).toEqual(refused);
    expect(await on(remote, list)).toEqual(wanted(20, STRANGER));

    await config({ newsletter: mirror(connection, list) }, { moved: [{ from: "weekly", to: "newsletter" }] });
    expect(await project.plan()).toMatchObject({
      configChanges: [{ kind: "new" }, { kind: "renamed", from: "weekly" }],
      accounts: [{ isNew: true }],
      exports: [{ firstRun: true, counts: { remove: 5 } }],
    });
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 5 });
    expect(await on(remote, list)).toEqual(wanted(15, STRANGER));
    expect(await project.plan()).toMatchObject({
      configChanges: [],
      exports: [{ firstRun: false, counts: { unchanged: 15 } }],
    });
  });

  const SENT = "answered GET /brevo/v3/processes";

  test("is known by the list that it made itself, beside an export that has been applied", async () => {
    const remote = remoteOf(project, "brevo");
    const other = await remote.addList("others");
    await project.profiles(people(20));
    await config({ daily: mirror("brevo", other) });
    await project.apply();
    const made = { name: "Made by us", create: true };
    await config({ daily: mirror("brevo", other), weekly: mirror("brevo", made) });
    await die(SENT);

    await project.profiles(people(15));
    await config({ daily: mirror("brevo", other), newsletter: mirror("brevo", made) });
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "failed", removed: 0 });
    const { hint } = (await project.planOf("newsletter")).error ?? {};
    expect(hint).toContain(block("weekly", "newsletter"));
    await config(
      { daily: mirror("brevo", other), newsletter: mirror("brevo", made) },
      { moved: [{ from: "weekly", to: "newsletter" }] },
    );
    expect(await project.applyOf("newsletter")).toMatchObject({ status: "succeeded", removed: 5 });
  });

  test("is shown, released and moved to another list like an applied one", async () => {
    const remote = remoteOf(project, "brevo");
    const [list, other] = [await remote.addList("customers"), await remote.addList("others")];
    const letGo = { weekly: mirror("brevo", list), daily: mirror("brevo", other, { mode: "upsert" }) };
    await project.profiles(people(20));
    await config({ daily: letGo.daily });
    await project.apply();
    await config(letGo);
    await die(SENT);
    const looking = { cwd: project.folder, emit: () => undefined, signal: SIGNAL };
    expect((await showState({ ...looking, subject: "weekly" })).result).toMatchObject({
      list: { id: list },
      generation: 1,
      lastRun: undefined,
      openRun: { exports: expect.arrayContaining(["weekly"]) as string[] },
    });

    // Another list is refused without a word of the people on this one.
    const third = await remote.addList("third");
    await config({ ...letGo, weekly: mirror("brevo", third) });
    expect((await project.planOf("weekly")).error?.hint).toContain(`fromList: "${list}"`);
    await config({ daily: letGo.daily });
    expect((await project.plan()).configChanges).toMatchObject([{ export: "weekly", kind: "orphaned" }]);

    const moved = [{ export: "weekly", fromList: list, toList: third, oldMembers: "remove" }];
    const every = { maxRemovals: { share: "100%" } };
    await config({ ...letGo, weekly: mirror("brevo", third) }, { moved: [{ ...moved[0], ...every }] });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 20 });
    expect(await on(remote, list)).toEqual([]);

    await config({ daily: letGo.daily }, { removed: [{ export: "weekly", members: "remove", ...every }] });
    await project.apply();
    expect(await on(remote, third)).toEqual([]);
    expect(await on(remote, other)).toEqual(wanted(20));
  });

  test("is the first run of its record when it is finished under its own name", async () => {
    const remote = remoteOf(project, "brevo");
    const list = await remote.addList("customers");
    await project.profiles(people(20));
    await config({ weekly: mirror("brevo", list) });
    const before = await project.plan();
    await die(SENT);
    const { digest, configChanges, accounts } = await project.plan();
    expect(configChanges).toMatchObject([{ kind: "new" }]);
    expect([digest.control, accounts[0]?.isNew]).toEqual([before.digest.control, true]);
    await project.apply();
    const looking = { cwd: project.folder, emit: () => undefined, signal: SIGNAL };
    expect((await showState({ ...looking, subject: "weekly" })).result).toMatchObject({
      generation: 1,
      moving: false,
      lastRun: { status: "unchanged" },
    });
  });

  test("leaves nothing when it was refused, or when nobody was accepted", async () => {
    const remote = remoteOf(project, "brevo");
    const list = await remote.addList("customers");
    await project.profiles(people(20));
    const refusedBy = { safeguards: { maxAdds: { count: 5 } } };
    await config({ weekly: mirror("brevo", list, refusedBy) });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    expect(await recorded()).toEqual([]);
    await config({ weekly: mirror("brevo", list) });
    const stop = new AbortController();
    stop.abort();
    expect(await project.applyOf("weekly", { stop: stop.signal })).toMatchObject({ status: "interrupted" });
    expect(await recorded()).toEqual([]);
  });
});
