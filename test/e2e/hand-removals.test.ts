import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { forget } from "../../src/usecases/forget.js";
import { plan } from "../../src/usecases/plan.js";
import { rmState } from "../../src/usecases/state/rm.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { onlyAt } from "../support/full.js";
import { keepBeginning } from "../support/beginning.js";
import { addressOf, person } from "../support/people.js";
import type { Yaml } from "../support/project.js";
import type { Story } from "../support/story.js";

/** Whoever was taken off a list by hand stays off it, whatever becomes of the record, until seen there again. */
describe.each(["brevo", "sendgrid", "file"] as const)("%s: whoever was taken off by hand", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  const atFile = onlyAt(type, "file");
  const atVendors = onlyAt(type, "brevo", "sendgrid");
  let story: Story;
  let other: string;

  const begin = keepBeginning(
    type,
    {
      weekly: {
        match: { email: "email", id: "id" },
        safeguards: { maxRemovals: { share: "100%" }, maxWithdrawals: { share: "100%" } },
      },
      // Of whom the address may change.
      person: (name) => person(name, { id: name.replace(/\d+$/, "") }),
    },
    async (one) => {
      other = await one.remote.addList("clients");
      await one.configure();
      await one.people("ann", "bob", "carl");
      await one.apply();
    },
  );

  beforeEach(async () => {
    story = await begin();
    letTimePass(600);
  });
  afterEach(async () => {
    resetClock();
    await story.stop();
  });

  const config = (exports: Yaml, more: Yaml = {}): Promise<void> => story.config({ exports, ...more });
  const takeOff = async (name: string, record = true): Promise<void> => {
    await story.remote.takeOff(addressOf(name), story.list);
    if (record) await story.drift({ record: true });
  };
  /** Nothing is wanted any more, and nobody came back. */
  const apply = async (...expected: string[]): Promise<void> => {
    await story.apply();
    expect(await story.members()).toEqual(expected);
    letTimePass(600);
  };
  const moved = (from: string, to: string, more: Yaml = {}): Yaml => ({
    moved: [{ export: "weekly", fromList: from, toList: to, oldMembers: "keep", ...more }],
  });
  const forgetRecord = (): Promise<unknown> =>
    rmState({
      cwd: story.folder,
      export: "weekly",
      actor: "tester",
      dryRun: false,
      approve: () => Promise.resolve(true),
      emit: () => undefined,
      signal: new AbortController().signal,
    });

  atBrevo("is not added with another address, until seen on the list again", async () => {
    await takeOff("ann");
    await story.people("ann2", "bob", "carl");
    expect((await story.planOf("weekly")).counts).toMatchObject({
      add: 0,
      heldBack: { "gone at destination": 1 },
    });
    await apply("bob", "carl");
    await story.people("ann3", "bob", "carl");
    await apply("bob", "carl");
    // A person puts her back with the address that she had.
    await story.remote.addStranger(addressOf("ann"), [story.list]);
    await story.people("ann", "ann3", "bob", "carl");
    await apply("ann", "ann3", "bob", "carl");
  });

  atSendgrid("is not added with another address in the very run that could have seen it first", async () => {
    await takeOff("ann", false);
    await story.people("ann2", "bob", "carl2");
    await apply("bob", "carl2");
    await story.people("ann3", "bob", "carl2");
    await apply("bob", "carl2");
  });

  atBrevo("is not added with another address although the clock was days ahead when she was", async () => {
    letTimePass(3 * 86_400);
    await story.people("ann", "bob", "carl", "dora");
    await story.apply();
    resetClock();
    await takeOff("dora", false);
    await story.people("ann", "bob", "carl", "dora2");
    await apply("ann", "bob", "carl");
  });

  atBrevo("may have another address there already, which is her new one", async () => {
    await story.remote.takeOff(addressOf("ann"), story.list);
    await story.remote.addStranger(addressOf("ann2"), [story.list]);
    await story.people("ann2", "bob", "carl");
    await apply("ann2", "bob", "carl");
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: {} });
  });

  it("is not added after having left the segments, although no run had seen it before", async () => {
    await takeOff("ann", false);
    await story.people("bob", "carl");
    await apply("bob", "carl");
    await story.people("ann", "bob", "carl");
    expect((await story.planOf("weekly")).counts).toMatchObject({
      add: 0,
      heldBack: { "gone at destination": 1 },
    });
    await apply("bob", "carl");
    await story.configure({ drift: { removed: "restore" } });
    await apply("ann", "bob", "carl");
    // That was the end of it.
    await story.configure();
    await story.people("bob", "carl");
    await apply("bob", "carl");
    await story.people("ann", "bob", "carl");
    await apply("ann", "bob", "carl");
  });

  atFile("is not added on a list to which the export moved meanwhile, nor back on the old one", async () => {
    await takeOff("ann");
    await story.people("bob", "carl");
    await story.configure({ list: other }, moved(story.list, other));
    await apply("bob", "carl");
    expect(await story.members(other)).toEqual(["bob", "carl"]);
    await story.people("ann", "bob", "carl");
    await apply("bob", "carl");
    expect(await story.members(other)).toEqual(["bob", "carl"]);
    await story.configure({}, moved(other, story.list));
    await apply("bob", "carl");
  });

  atBrevo(
    "is not added on the new list although no run had seen it, and nobody wanted her then",
    async () => {
      await story.configure({ mode: "upsert" });
      await story.people("bob", "carl");
      await apply("ann", "bob", "carl");
      await takeOff("ann", false);
      await config(
        { weekly: story.weekly({ list: other, mode: "upsert" }) },
        moved(story.list, other, { oldMembers: "remove" }),
      );
      await apply();
      await story.people("ann2", "bob", "carl");
      await apply();
      expect(await story.members(other)).toEqual(["bob", "carl"]);
    },
  );

  atSendgrid("is not added by a new export on the list in the run that lets go of the old one", async () => {
    await takeOff("ann");
    await config({ next: story.weekly() }, { removed: [{ export: "weekly", members: "keep" }] });
    await apply("bob", "carl");
    await story.people("ann2", "bob", "carl");
    await apply("bob", "carl");
  });

  atBrevo("is not added by a new export on the list although no run had seen it", async () => {
    await takeOff("ann", false);
    await config({ next: story.weekly() }, { removed: [{ export: "weekly", members: "keep" }] });
    await story.people("ann2", "ann", "bob", "carl");
    await apply("bob", "carl");
    await apply("bob", "carl");
  });

  atSendgrid(
    "is not added by another export on the list once theirs is let go, though none had seen it",
    async () => {
      const segments = { all: { source: "crm" }, others: { source: "crm", where: "id <> 'ann'" } };
      const second = (segment: string): Yaml => ({
        second: story.weekly({ mode: "upsert", segments: [segment] }),
      });
      await config({ weekly: story.weekly(), ...second("others") }, { segments });
      await apply("ann", "bob", "carl");
      await takeOff("ann", false);
      await config(second("others"), { segments, removed: [{ export: "weekly", members: "keep" }] });
      await apply("bob", "carl");
      await config(second("all"), { segments });
      await apply("bob", "carl");
    },
  );

  atFile("is not added after the record was thrown away", async () => {
    await takeOff("ann");
    await forgetRecord();
    await apply("bob", "carl");
    await story.people("ann2", "bob", "carl");
    await apply("bob", "carl");
  });

  atBrevo("was none whom we took off ourselves, nor where two exports let go at once", async () => {
    const both = { weekly: story.weekly(), second: story.weekly({ mode: "upsert" }) };
    await config(both);
    await apply("ann", "bob", "carl");
    await config(both, {
      segments: { all: { source: "crm" }, left: { source: "crm", where: "id = 'ann'" } },
      suppressions: ["left"],
    });
    await apply("bob", "carl");
    await config(both);
    await apply("ann", "bob", "carl");
  });

  atVendors("is not added by another export that shares the list, although no run had seen it", async () => {
    const second = (segment: string): Yaml =>
      story.weekly({ mode: "upsert", segments: [segment], match: { email: "email" } });
    const segments = { all: { source: "crm" }, others: { source: "crm", where: "id <> 'ann'" } };
    await config({ weekly: story.weekly(), second: second("others") }, { segments });
    await apply("ann", "bob", "carl");
    await takeOff("ann", false);
    await config({ weekly: story.weekly(), second: second("all") }, { segments });
    await apply("bob", "carl");
    await apply("bob", "carl");
  });

  atBrevo("is not added again by an export that had left them to another one on the list", async () => {
    const second = story.weekly({ mode: "upsert" });
    const segments = { all: { source: "crm" }, others: { source: "crm", where: "id <> 'ann'" } };
    await config({ weekly: story.weekly(), second }, { segments });
    await apply("ann", "bob", "carl");
    await takeOff("ann", false);
    await config({ weekly: story.weekly({ segments: ["others"] }), second }, { segments });
    await apply("bob", "carl");
    await config({ weekly: story.weekly(), second }, { segments });
    await apply("bob", "carl");
  });

  atVendors("is not added by a plan that was saved before", async () => {
    await story.people("ann2", "bob", "carl");
    const { file } = await plan({
      cwd: story.folder,
      save: { base: undefined },
      emit: () => undefined,
      signal: new AbortController().signal,
    });
    await takeOff("ann", false);
    expect(await story.applyOf("weekly", { saved: file })).toMatchObject({ added: 0 });
    expect(await story.members()).toEqual(["bob", "carl"]);
    await apply("bob", "carl");
  });

  atVendors("is not added where it was done while a person was asked", async () => {
    await story.people("ann2", "bob2", "carl");
    const approve = async (): Promise<boolean> => {
      await takeOff("ann", false);
      return true;
    };
    expect(await story.applyOf("weekly", { approve, asks: true })).toMatchObject({ added: 1 });
    expect(await story.members()).toEqual(["bob2", "carl"]);
    expect(story.events).toContainEqual({
      type: "warning",
      export: "weekly",
      message: "1 person was taken off by others since the plan was made: held back.",
    });
    await apply("bob2", "carl");
  });

  atBrevo("is not put back by an import of updates that waited for a person", async () => {
    const many = Array.from({ length: 120 }, (_, index) => `m${index}`);
    const named = (name: string): Promise<void> =>
      story.profiles(["ann", ...many].map((one) => ({ email: addressOf(one), id: one, name })));
    await story.configure({ attributes: { firstName: "name" } });
    await named("before");
    await apply("ann", ...[...many].sort());
    await named("after");
    const approve = async (): Promise<boolean> => {
      await takeOff("ann", false);
      // Long enough, whoever waited.
      letTimePass(600);
      return true;
    };
    expect(await story.applyOf("weekly", { approve })).toMatchObject({ updated: 120 });
    expect(await story.members()).toEqual([...many].sort());
  });

  atVendors(
    "is not added with another address after having been forgotten, although no run had seen it",
    async () => {
      await story.write("forget.key", "a".repeat(64));
      await story.configure({}, { forget: { key: { file: "forget.key" } } });
      await takeOff("ann", false);
      const { proof } = await forget({
        cwd: story.folder,
        input: { words: [addressOf("ann"), addressOf("bob")], file: undefined, stdin: undefined },
        deleting: false,
        dryRun: false,
        emit: () => undefined,
        signal: new AbortController().signal,
        approve: () => Promise.resolve(true),
        actor: "tester",
      });
      expect(proof).toMatchObject({ complete: true });
      // Bob was there still, so that his wish was no "no".
      await story.people("ann2", "bob2", "carl");
      await apply("bob2", "carl");
    },
  );
});
