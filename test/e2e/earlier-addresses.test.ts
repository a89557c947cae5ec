import { afterEach, beforeEach, describe, expect } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { onlyAt } from "../support/full.js";
import { addressOf, person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

/** With `match.id`, whoever opted out stays out under every address. */
describe.each(["brevo", "sendgrid"] as const)(
  "%s: somebody who opted out and changed the address",
  (type) => {
    const atBrevo = onlyAt(type, "brevo");
    const atSendgrid = onlyAt(type, "sendgrid");
    let story: Story;
    let other: string;

    beforeEach(async () => {
      story = await openStory(type, {
        behaviour: "pessimistic",
        weekly: {
          match: { email: "email", id: "id" },
          safeguards: {
            maxRemovals: { share: "100%" },
            maxWithdrawals: { share: "100%" },
            allowEmpty: true,
          },
        },
      });
      other = await story.remote.addList("others");
      await story.write("complaints.csv", "email\nnobody@example.com\n");
      await configure();
    });
    afterEach(async () => {
      resetClock();
      await story.stop();
    });

    const configure = (more: Yaml = {}): Promise<void> =>
      story.config({
        segments: {
          first: { source: "crm", where: "place <> 'second'" },
          second: { source: "crm", where: "place <> 'first'" },
          complaints: { addresses: "complaints.csv" },
        },
        suppressions: ["complaints"],
        exports: {
          first: story.weekly({ segments: ["first"], ...more }),
          second: story.weekly({ segments: ["second"], list: other, ...more }),
        },
      });
    const row = (name: string, id: number | string, place = "first"): Row => person(name, { id, place });
    /** Somebody is always there, so that no column is lost. */
    const be = async (...rows: Row[]): Promise<void> => {
      await story.profiles([row("ann", 1, "both"), ...rows]);
      await story.apply();
    };
    const optOut = (name: string): Promise<void> => story.remote.optOut(addressOf(name));

    atBrevo(
      "is held back although the earlier address was never ours, in whatever order and however often",
      async () => {
        // Opted out before the first run, so that nothing was ever delivered.
        await story.remote.addStranger("bob@example.com", []);
        await optOut("bob");
        await be(row("bob", 7), row("dora", 8), row("eve", 9));
        expect(await story.members()).toEqual(["ann", "dora", "eve"]);
        await be(row("bob2", 7), row("dora", 8), row("eve", 9));
        await be(row("bob3", 7), row("dora", 8), row("eve", 9));
        expect((await story.planOf("first")).counts.heldBack).toEqual({
          "address changed after opt-out": 1,
        });
        expect(await story.members()).toEqual(["ann", "dora", "eve"]);

        // Changed first, opted out with the old address later; Eve had been let go long before.
        await be(row("dora2", 8));
        await optOut("dora");
        await optOut("eve");
        const planned = await story.planOf("first");
        expect(planned.counts).toMatchObject({ remove: 1, heldBack: { "address changed after opt-out": 1 } });
        await be(row("dora2", 8), row("eve2", 9));
        await be(row("dora3", 8), row("eve3", 9));
        expect(await story.members()).toEqual(["ann"]);
        await story.mustBeSettled();

        // The new address goes to another export of the account.
        await be(row("bob4", 7, "second"), row("dora4", 8, "second"), row("eve4", 9, "second"));
        expect(await story.members(other)).toEqual(["ann"]);
        await story.mustBeSettled();
      },
    );

    atSendgrid(
      "is held back with an address that another person shares, whose profile wins there",
      async () => {
        await be(row("bob", 7), row("home", 5));
        await optOut("bob");
        await configure({ attributes: { firstName: "first_name" } });
        await story.profiles([
          { ...row("ann", 1, "both"), first_name: "Ann" },
          // Of equal profiles the smaller id wins.
          row("home", 5),
          row("home", 7),
          row("flat", 6),
          row("flat", 7),
          row("flat", 8),
        ]);
        await story.apply();
        expect(await story.members()).toEqual(["ann", "bob"]);
        await story.mustBeSettled();
      },
    );

    atBrevo(
      "is held back with all who had the address, although it was opted out after all of them had left it",
      async () => {
        await be(row("home", 5), row("home", 7), row("flat", 6), row("work", 8));
        // Handed on, and then on.
        await be(row("home", 5), row("home", 7), row("flat", 9), row("work", 8));
        expect(await story.members()).toEqual(["ann", "flat", "home", "work"]);
        await optOut("home");
        await optOut("flat");
        await be(row("y", 5), row("z", 7), row("six", 6), row("nine", 9), row("work", 8));
        expect(await story.members()).toEqual(["ann", "flat", "home", "work"]);
        await story.mustBeSettled();
      },
    );

    atBrevo("is held back although the export learned who they are only later", async () => {
      await configure({ match: { email: "email" } });
      await be(row("bob", 7), row("dora", 8));
      await configure();
      await story.apply();
      await configure({ match: { email: "email" } });
      await be(row("bob", 7), row("dora", 8));
      await optOut("bob");
      await configure({ mode: "add-only" });
      await be(row("bob2", 7), row("dora", 8));
      expect(await story.members()).toEqual(["ann", "bob", "dora"]);
      await story.mustBeSettled();
    });

    atSendgrid("is held back whatever type another row gives the ids", async () => {
      await be(row("bob", 7), row("dora", 8));
      await optOut("bob");
      // Read as decimals, then as text, and then as they were.
      await be(row("bob2", 7), row("dora", 8), row("eve", 3.5));
      expect(await story.members()).toEqual(["ann", "bob", "dora", "eve"]);
      await be(row("bob3", 7), row("dora2", 8), row("eve", "X3"));
      await optOut("dora");
      await be(row("bob4", 7), row("dora3", 8), row("eve", "X3"));
      await be(row("bob5", 7), row("dora4", 8));
      expect(await story.members()).toEqual(["ann", "bob"]);
      await story.mustBeSettled();
    });

    atSendgrid(
      "is held back when the id is another column from the run on in which the address changes",
      async () => {
        const both = (name: string, id: number | string, sid: string, place = "first"): Row => ({
          ...row(name, id, place),
          sid,
        });
        const ann = both("ann", 1, "A", "both");
        await story.profiles([ann, both("bob", 7, "B"), both("dora", 8, "D")]);
        await story.apply();
        await optOut("bob");
        await configure({ match: { email: "email", id: "sid" } });
        await story.profiles([ann, both("bob2", 7, "B"), both("dora2", 8, "D")]);
        await story.apply();
        expect(await story.members()).toEqual(["ann", "bob", "dora2"]);
        await optOut("dora");
        // The next run knows them by the new ids alone.
        await story.profiles([ann, { ...both("bob3", "", "B") }, { ...both("dora3", "", "D") }]);
        await story.apply();
        expect(await story.members()).toEqual(["ann", "bob"]);

        // Once more, and the column that was is gone.
        await configure();
        await story.profiles([row("ann", 1, "both"), row("bob4", 7)]);
        const {
          planned: { checks },
        } = await story.planAndApply("first");
        expect(checks.filter(({ status }) => status === "failed")).toMatchObject([{ name: "former-id" }]);
        expect(await story.members()).toEqual(["ann", "bob"]);
      },
    );

    atBrevo("is held back although a clock was far ahead in between", async () => {
      await be(row("bob", 7), row("dora", 8));
      await be(row("dora", 8));
      for (let run = 0; run < 2; run += 1) {
        letTimePass(400 * 86_400);
        await be(row("dora", 8), row("eve", 9 + run));
      }
      resetClock();
      await optOut("bob");
      await be(row("bob2", 7), row("dora", 8));
      expect(await story.members()).toEqual(["ann", "dora"]);
    });

    atSendgrid(
      "is held back after a suppression, lets go of a bounce, and comes back when the opt-out is taken back",
      async () => {
        await be(row("bob", 7), row("dora", ""), row("eve", ""));
        await story.write("complaints.csv", "email\nbob@example.com\n");
        await be(row("bob", 7), row("dora", ""), row("eve", ""));
        expect(await story.members()).toEqual(["ann", "dora", "eve"]);
        await be(row("bob2", 7), row("dora", ""), row("eve", ""));
        expect(await story.members()).toEqual(["ann", "dora", "eve"]);
        await story.write("complaints.csv", "email\nnobody@example.com\n");
        await be(row("bob2", 7), row("dora", ""), row("eve", ""));
        expect(await story.members()).toEqual(["ann", "bob2", "dora", "eve"]);
        // An empty id is nobody's.
        await optOut("dora");
        await be(row("bob2", 7), row("eve", ""), row("fay", ""));
        expect(await story.members()).toEqual(["ann", "bob2", "dora", "eve", "fay"]);
        if (type === "sendgrid") {
          story.sandbox.sendgrid().bounce("bob2@example.com");
          await be(row("bob3", 7), row("eve", ""), row("fay", ""));
          expect(await story.members()).toContain("bob3");
        }
        await story.mustBeSettled();
      },
    );
  },
);
