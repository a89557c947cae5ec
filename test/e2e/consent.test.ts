import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StateRoot } from "../../src/state/root/root.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Yaml } from "../support/project.js";
import { people, person } from "../support/people.js";
import { remoteOf } from "../support/remote.js";
import { rollcall, type Ended } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

const AGREED = { agreed: true, by: "Anna Example", on: "2026-11-01" };

describe.each(FULL ? (["brevo", "sendgrid"] as const) : (["brevo"] as const))(
  "%s: a connection whose agreement is withdrawn",
  (type) => {
    let story: Story;

    beforeEach(async () => {
      story = await openStory(type, { weekly: { consent: "consent", safeguards: { minSourceRows: 2 } } });
      await story.profiles(people(["ann", "bob", "carl", "dora"], { consent: true }));
    });
    afterEach(() => story.stop());

    const configure = async (
      dataPrivacy: Yaml | "missing" | "no connection",
      more: Yaml = {},
    ): Promise<void> => {
      const { [type]: own, ...others } = story.connections();
      const { dataPrivacy: _, ...rest } = own ?? {};
      const connection = dataPrivacy === "missing" ? rest : { ...rest, dataPrivacy };
      await story.config({
        connections: dataPrivacy === "no connection" ? others : { ...others, [type]: connection },
        exports: { weekly: story.weekly(more) },
      });
    };
    const consents = async (): Promise<string[]> => {
      const files = [...(await story.stateFiles())].filter(([path]) => path.startsWith("root/")).sort();
      const root = JSON.parse(String(files.at(-1)?.[1])) as StateRoot;
      return (root.consents?.[type] ?? []).map(({ agreed, text, reason }) => reason ?? `${agreed} ${text}`);
    };
    const run = (...words: string[]): Promise<Ended> => rollcall(words, { cwd: story.folder });

    it("is detached without a failure, keeps everything, and goes on without churn once agreed to again", async () => {
      await configure(AGREED);
      await story.apply();
      expect(await consents()).toEqual(["true rollcall-1"]);
      await configure({ ...AGREED, agreed: false });
      await story.profiles(people(["bob", "carl", "dora", "emil"], { consent: true }));
      const before = story.exchanges.length;
      const planned = await run("plan", "--fail-on-unsafe", "--detailed-exitcode");
      expect(planned.code).toBe(0);
      expect(planned.stdout).toContain(`weekly: Consent to send people to its connection "${type}" is`);
      expect(planned.stdout).toContain("No changes. 1 export is detached.");
      const applied = await run("apply", "--auto-approve", "--json");
      expect(applied.code).toBe(0);
      expect(applied.events.find(({ type: kind }) => kind === "run")).toMatchObject({
        run: { exports: [{ name: "weekly", status: "detached", added: 0, removed: 0, requests: 0 }] },
      });
      expect(story.exchanges).toHaveLength(before);
      expect(await story.members()).toEqual(["ann", "bob", "carl", "dora"]);
      expect(await consents()).toEqual(["true rollcall-1", "not agreed"]);

      await configure({ ...AGREED, text: "ours-7" });
      const agreed = await story.planAndApply("weekly");
      expect(agreed.planned.counts).toMatchObject({
        add: 1,
        update: 0,
        remove: 1,
        unchanged: 3,
      });
      expect(agreed.result).toMatchObject({ status: "succeeded", added: 1, removed: 1 });
      expect(await story.members()).toEqual(["bob", "carl", "dora", "emil"]);
      expect(await consents()).toEqual(["true rollcall-1", "not agreed", "true ours-7"]);
      await story.mustBeSettled();
    });

    it("takes people off only when told to, under safeguards, and adds nobody", async () => {
      await configure(AGREED);
      await story.apply();
      await configure("missing");
      await story.profiles([
        person("ann", { consent: false }),
        ...people(["bob", "emil"], { consent: true }),
      ]);
      expect(await story.applyOf("weekly")).toMatchObject({ status: "detached" });
      expect(await story.members()).toEqual(["ann", "bob", "carl", "dora"]);
      const plan = await story.planOf("weekly", { removalsOnly: true });
      expect(plan.counts).toMatchObject({ add: 0, update: 0, remove: 3, unchanged: 1 });
      expect(plan.checks).toEqual([]);
      const removed = await run("apply", "--removals-only", "--auto-approve");
      expect(removed.code).toBe(0);
      expect(await story.members()).toEqual(["bob"]);
      await story.profiles(people(["emil"], { consent: true }));
      expect(await story.applyOf("weekly", { removalsOnly: true })).toMatchObject({ status: "refused" });
      expect(await story.members()).toEqual(["bob"]);

      await configure(AGREED);
      await story.profiles(people(["bob", "emil"], { consent: true }));
      expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1, removed: 0 });
      expect(await story.members()).toEqual(["bob", "emil"]);
    });

    it("may be taken out of the config, when that is confirmed", async () => {
      await configure(AGREED);
      await story.apply();
      await configure("no connection");
      const refused = await run("plan");
      expect(refused.code).toBe(3);
      expect(refused.stderr).toContain(`There is no connection \`${type}\`.`);
      expect(refused.stderr).toContain("whenDisconnected: detach");
      expect(refused.stderr).toContain("removed: [{export: weekly, members: keep}]");
      for (const detached of [{ whenDisconnected: "detach" }, { connection: null }]) {
        await configure("no connection", detached);
        const applied = await run("apply", "--auto-approve");
        expect(applied.code).toBe(0);
        expect(applied.stdout).toMatch(/weekly +detached/);
        expect((await story.plan()).configChanges).toEqual([]);
      }
      expect(await consents()).toEqual(["true rollcall-1", "the connection is gone"]);
      const shown = await run("connections", "consent", type);
      expect(shown.stdout).toContain("withdrawn: the connection is gone");
      await configure(AGREED);
      expect((await story.planOf("weekly")).counts).toMatchObject({
        add: 0,
        update: 0,
        remove: 0,
        unchanged: 4,
      });
    });
  },
);

describe("the agreement of a file destination", () => {
  let project: Project;
  beforeEach(async () => {
    project = await openProject();
    await remoteOf(project, "file").addList("a");
    await project.profiles([{ email: "ann@example.com" }]);
  });
  afterEach(() => project.stop());
  const exports = {
    weekly: { connection: "file", list: "a", segments: ["all"], match: { email: "email" } },
  };

  it("refuses the export while it was never given", async () => {
    const config = (dataPrivacy?: Yaml): Promise<void> =>
      project.config({
        connections: { file: { type: "file", path: "lists", ...(dataPrivacy && { dataPrivacy }) } },
        exports,
      });
    await config();
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused" });
    await config({ ...AGREED, agreed: false });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "detached" });
  });

  it("shows the text that was agreed to and what was recorded", async () => {
    await project.config({ exports });
    await project.apply();
    const shown = await rollcall(["connections", "consent", "file"], { cwd: project.folder });
    expect(shown.stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")).toMatchInlineSnapshot(`
      "file  agreed
        The configuration says: agreed by Anna Example on 2026-11-01, text rollcall-1.

        Text rollcall-1

          Personal data of customers (e-mail addresses, and the attributes that
          exports map) leaves the systems it comes from and is sent to the account
          that this connection leads to. From there on the rules of the vendor and of
          your contract with it apply, not those of the source.

          Whoever agrees answers for it that this is lawful: that there is a legal
          basis or the consent of the people, that the vendor is bound by a contract
          for processing on your behalf, that the place of processing is allowed, and
          that people are told.

          The agreement can be withdrawn at any time with \`agreed: false\`. From then
          on nobody is added or updated. Those who were sent before stay with the
          vendor until they are taken off with \`rollcall apply --removals-only\` or
          forgotten with \`rollcall forget\`.

        Recorded
          TIME agreed by Anna Example on 2026-11-01, text rollcall-1
          (seen by tester)
      "
    `);
    expect((await rollcall(["connections", "consent", "none"], { cwd: project.folder })).code).toBe(3);
  });
});
