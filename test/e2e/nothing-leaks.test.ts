import { afterEach, beforeEach, describe, expect } from "vitest";
import { onlyAt } from "../support/full.js";
import {
  BREVO_KEY,
  openProject,
  SENDGRID_KEY,
  type Project,
  type Row,
  type Yaml,
} from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

/** Read jobs and searches look like writes but change nothing. */
const READS = /^\/v3\/marketing\/contacts\/(exports|search)|^\/contacts\/export$/;

describe.each(["brevo", "sendgrid"] as const)("%s", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(() => project.stop());

  const weekly = (more: Yaml = {}): Yaml => ({
    connection: type,
    list,
    segments: ["all"],
    match: { email: "email", id: "customer_id" },
    attributes: { firstName: "first_name", SCORE: { column: "score", type: "number", createMissing: true } },
    ...more,
  });
  const configure = (more: Yaml = {}): Promise<void> =>
    project.config({ segments: { all: { source: "crm" } }, exports: { weekly: weekly(more) } });
  const canaries = (count: number, first_name: string): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      email: `canary-${index}@secret.example`,
      customer_id: `id-canary-${index}`,
      first_name,
      score: index,
    }));

  atSendgrid("plan writes nothing, here or there", async () => {
    await remote.addStranger("canary-0@secret.example", [list], "Old");
    await configure({ list: { name: "Not there yet", create: true } });
    await project.profiles(canaries(5, "Ann"));
    const writes = (): string[] =>
      project.exchanges
        .filter(({ method, path }) => method !== "GET" && !READS.test(path))
        .map(({ method, path }) => `${method} ${path}`);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 5 });
    await configure();
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 4, update: 1, found: 1 });
    expect(await project.stateFiles()).toEqual(new Map());
    expect(writes()).toEqual([]);

    await project.apply();
    await project.profiles([
      ...canaries(3, "Zoë"),
      { ...canaries(1, "Ben")[0], email: "more@secret.example" },
    ]);
    const state = await project.stateFiles();
    const sent = writes().length;
    expect(state.size).toBeGreaterThan(0);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1, update: 3 });
    expect(await project.stateFiles()).toEqual(state);
    expect(writes()).toHaveLength(sent);
  });

  atBrevo(
    "no address, no key and no value in events, plans, results, journals or the root document",
    async () => {
      await remote.addStranger("canary-0@secret.example", [list], "Old");
      await configure();
      await project.profiles([
        ...canaries(4, "Canaryname"),
        { email: "canary@secret", first_name: "Canaryname", score: 1 },
      ]);
      const shown: unknown[] = [await project.plan(), await project.applyResult()];
      // A refused row, a lost reply, a wrong key and broken data: whatever is said about them is said without them.
      await project.profiles([
        ...canaries(6, "Canarychanged"),
        { email: "canary-7@secret.x", customer_id: "id-canary-7", first_name: "Canaryname", score: "canary" },
      ]);
      const add = { brevo: "/contacts/import", sendgrid: "/v3/marketing/contacts" }[type];
      const method = { brevo: "POST", sendgrid: "PUT" }[type];
      const disarm = project.sandbox.inject({
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
      shown.push(await project.plan(), await project.applyResult());
      disarm();
      await project.profiles(canaries(2, "Canaryname"));
      shown.push(await project.plan(), await project.applyResult());
      await project.write(
        "profiles.csv",
        "email,first_name\ncanary-1@secret.example,Canaryname,one too many\n",
      );
      shown.push(await project.plan(), await project.applyResult());
      await project.write(`${type}.key`, `${type === "brevo" ? BREVO_KEY : SENDGRID_KEY}-wrong`);
      shown.push(await project.plan(), await project.applyResult());

      const texts = [JSON.stringify(shown), JSON.stringify(project.events)];
      for (const [path, content] of await project.stateFiles()) {
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
    await configure();
    await project.profiles(canaries(1, "Ann"));
    expect((await project.planOf("weekly")).samples).toMatchObject([{ address: "c•••@secret.example" }]);
    expect((await project.planOf("weekly", { reveal: true })).samples).toMatchObject([
      { address: "canary-0@secret.example" },
    ]);
  });

  atSendgrid("a row that the vendor refuses waits until it changes", async () => {
    await configure();
    const refused = { email: "canary-7@secret.x", customer_id: 7, first_name: "Ann", score: 1 };
    await project.profiles([...canaries(3, "Ann"), refused]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "partly", added: 3, rejected: 1 });
    expect((await remote.members(list)).size).toBe(3);
    const waiting = await project.planOf("weekly");
    expect(waiting.counts).toMatchObject({ add: 0, update: 0, unchanged: 3, heldBack: { rejected: 1 } });
    expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged", requests: 0 });

    await project.profiles([...canaries(3, "Ann"), { ...refused, first_name: "Zoë" }]);
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 1 });
    await project.apply();
    await project.profiles(canaries(3, "Ann"));
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, remove: 0, heldBack: {} });
    await project.apply();
    expect((await remote.members(list)).size).toBe(3);
  });
});
