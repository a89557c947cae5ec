import { afterEach, beforeEach, describe, expect } from "vitest";
import { onlyAt } from "../support/full.js";
import { BREVO_KEY, SENDGRID_KEY, type Row } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

/** Read jobs and searches look like writes but change nothing. */
const READS = /^\/v3\/marketing\/contacts\/(exports|search)|^\/contacts\/export$/;

describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type, {
      weekly: {
        match: { email: "email", id: "customer_id" },
        attributes: {
          firstName: "first_name",
          SCORE: { column: "score", type: "number", createMissing: true },
        },
      },
    });
  });
  afterEach(() => story.stop());

  const canaries = (count: number, first_name: string): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      email: `canary-${index}@secret.example`,
      customer_id: `id-canary-${index}`,
      first_name,
      score: index,
    }));

  atSendgrid("plan writes nothing, here or there", async () => {
    await story.remote.addStranger("canary-0@secret.example", [story.list], "Old");
    await story.configure({ list: { name: "Not there yet", create: true } });
    await story.profiles(canaries(5, "Ann"));
    const writes = (): string[] =>
      story.exchanges
        .filter(({ method, path }) => method !== "GET" && !READS.test(path))
        .map(({ method, path }) => `${method} ${path}`);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 5 });
    await story.configure();
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 4, update: 1, found: 1 });
    expect(await story.stateFiles()).toEqual(new Map());
    expect(writes()).toEqual([]);

    await story.apply();
    await story.profiles([...canaries(3, "Zoë"), { ...canaries(1, "Ben")[0], email: "more@secret.example" }]);
    const state = await story.stateFiles();
    const sent = writes().length;
    expect(state.size).toBeGreaterThan(0);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 1, update: 3 });
    expect(await story.stateFiles()).toEqual(state);
    expect(writes()).toHaveLength(sent);
  });

  atBrevo(
    "no address, no key and no value in events, plans, results, journals or the root document",
    async () => {
      await story.remote.addStranger("canary-0@secret.example", [story.list], "Old");
      await story.configure();
      await story.profiles([
        ...canaries(4, "Canaryname"),
        { email: "canary@secret", first_name: "Canaryname", score: 1 },
      ]);
      const shown: unknown[] = [await story.plan(), await story.applyResult()];
      // A refused row, a lost reply, a wrong key and broken data: whatever is said about them is said without them.
      await story.profiles([
        ...canaries(6, "Canarychanged"),
        { email: "canary-7@secret.x", customer_id: "id-canary-7", first_name: "Canaryname", score: "canary" },
      ]);
      const add = { brevo: "/contacts/import", sendgrid: "/v3/marketing/contacts" }[type];
      const method = { brevo: "POST", sendgrid: "PUT" }[type];
      const disarm = story.sandbox.inject({
        method,
        path: add,
        nth: 1,
        effect: {
          kind: "answer",
          status: 500,
          body: "<html>canary-1@secret.example</html>",
          carriedOut: true,
        },
      });
      shown.push(await story.plan(), await story.applyResult());
      disarm();
      await story.profiles(canaries(2, "Canaryname"));
      shown.push(await story.plan(), await story.applyResult());
      await story.write(
        "profiles.csv",
        "email,first_name\ncanary-1@secret.example,Canaryname,one too many\n",
      );
      shown.push(await story.plan(), await story.applyResult());
      await story.write(`${type}.key`, `${type === "brevo" ? BREVO_KEY : SENDGRID_KEY}-wrong`);
      shown.push(await story.plan(), await story.applyResult());

      const texts = [JSON.stringify(shown), JSON.stringify(story.events)];
      for (const [path, content] of await story.stateFiles()) {
        // Ledger, opt-outs and change sets hold the addresses; that is what they are for.
        if (!/\/(ledger|opt-outs|changesets)\//.test(`/${path}`))
          texts.push(`${path}\n${content.toString("latin1")}`);
      }
      expect(texts.length).toBeGreaterThan(3);
      for (const text of texts)
        expect(
          text.match(/canary-[\w@.]*|.{0,60}canaryname.{0,20}|.{0,60}canary@.{0,20}|xkeysib|SG\.canary/gi),
        ).toBeNull();
    },
  );

  atBrevo("shows addresses only when asked to, and masked otherwise", async () => {
    await story.configure();
    await story.profiles(canaries(1, "Ann"));
    expect((await story.planOf("weekly")).samples).toMatchObject([{ address: "c•••@secret.example" }]);
    expect((await story.planOf("weekly", { reveal: true })).samples).toMatchObject([
      { address: "canary-0@secret.example" },
    ]);
  });

  atSendgrid("a row that the vendor refuses waits until it changes", async () => {
    await story.configure();
    const refused = { email: "canary-7@secret.x", customer_id: 7, first_name: "Ann", score: 1 };
    await story.profiles([...canaries(3, "Ann"), refused]);
    expect(await story.applyOf("weekly")).toMatchObject({ status: "partly", added: 3, rejected: 1 });
    expect((await story.remote.members(story.list)).size).toBe(3);
    const waiting = await story.planOf("weekly");
    expect(waiting.counts).toMatchObject({ add: 0, update: 0, unchanged: 3, heldBack: { rejected: 1 } });
    expect(await story.applyOf("weekly")).toMatchObject({ status: "unchanged", requests: 0 });

    await story.profiles([...canaries(3, "Ann"), { ...refused, first_name: "Zoë" }]);
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 1 });
    await story.apply();
    await story.profiles(canaries(3, "Ann"));
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, remove: 0, heldBack: {} });
    await story.apply();
    expect((await story.remote.members(story.list)).size).toBe(3);
  });
});
