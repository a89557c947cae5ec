import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { adopt } from "../../src/usecases/adopt.js";
import { forget } from "../../src/usecases/forget.js";
import {
  startAnswerProxy,
  unchanged,
  type Answer,
  type AnswerProxy,
  type Passed,
} from "../support/answer-proxy.js";
import { FULL } from "../support/full.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

// Several runs a story, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 });

type Type = "brevo" | "sendgrid";
const never = new AbortController().signal;
const OUT = "canary-out@example.com";
const LATER = "canary-later@example.com";
const IN = "canary-in@example.com";

/** An answer that restrains, and what it says instead. */
interface Case {
  readonly name: string;
  readonly method?: string;
  readonly path: RegExp;
  readonly body: (said: string) => string | Buffer;
}

const json = (change: (said: never) => unknown) => (said: string) =>
  JSON.stringify(change(JSON.parse(said) as never));
const contacts = (change: (contact: Record<string, unknown>) => unknown) =>
  json((page: { contacts: Record<string, unknown>[] }) => ({ ...page, contacts: page.contacts.map(change) }));
const ACCOUNT = /\/contacts$/;
const MEMBERS = /\/contacts\/lists\/\d+\/contacts$/;

const CASES: Readonly<Record<Type, readonly Case[]>> = {
  brevo: [ACCOUNT, MEMBERS].flatMap((path) => [
    { name: "a count and no contacts", path, body: json(() => ({ contacts: [], count: 5 })) },
    {
      name: "contacts without the flag",
      path,
      body: contacts((one) => ({ ...one, emailBlacklisted: undefined })),
    },
    { name: "the flag as text", path, body: contacts((one) => ({ ...one, emailBlacklisted: "false" })) },
    { name: "contacts without an address", path, body: contacts((one) => ({ ...one, email: undefined })) },
    {
      name: "fewer than it counts",
      path,
      body: json((page: { contacts: unknown[]; count: number }) => ({
        ...page,
        contacts: page.contacts.slice(1),
        count: Math.max(2, page.count),
      })),
    },
    { name: "an HTML page", path, body: () => "<html>canary</html>" },
    { name: "nothing", path, body: () => "" },
    { name: "a broken end", path, body: (said: string) => said.slice(0, -10) },
  ]),
  sendgrid: [/\/suppression\/unsubscribes$/, /\/asm\/groups\/\d+\/suppressions$/].flatMap((path) => [
    { name: "objects without an address", path, body: () => '[{"address":"x"}]' },
    { name: "an object", path, body: () => '{"result":[]}' },
    { name: "null", path, body: () => "null" },
    { name: "nothing", path, body: () => "" },
    { name: "a broken end", path, body: () => '[{"email":"canary-out@exam' },
    { name: "an HTML page", path, body: () => "<html>canary</html>" },
  ]),
};
/** Answers to look-ups and about accounts, which hold up what hangs on them. */
const LOOKUPS: Readonly<Record<Type, readonly Case[]>> = {
  brevo: [
    {
      name: "a contact without its lists",
      path: /%40/,
      body: json((one: object) => ({ ...one, listIds: undefined })),
    },
    {
      name: "another contact",
      path: /%40/,
      body: json((one: object) => ({ ...one, email: "canary-else@example.com" })),
    },
    { name: "no contact", path: /%40/, body: () => "{}" },
  ],
  sendgrid: [
    { name: "nobody", method: "POST", path: /search\/emails$/, body: json(() => ({ result: {} })) },
    {
      name: "contacts without their lists",
      method: "POST",
      path: /search\/emails$/,
      body: (said) => said.replaceAll('"list_ids"', '"lists"'),
    },
    { name: "null", method: "POST", path: /search\/emails$/, body: json(() => ({ result: null })) },
  ],
};

describe.each(FULL ? (["brevo", "sendgrid"] as const) : (["brevo"] as const))("at %s", (type) => {
  const other = type === "brevo" ? "sendgrid" : "brevo";
  let project: Project;
  let proxy: AnswerProxy;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    proxy = await startAnswerProxy(project.sandbox.url);
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
    const group = project.sandbox.sendgrid().addGroup("news").id;
    const connections = project.connections();
    const baseUrl = String(connections[type]!["baseUrl"]).replace(project.sandbox.url, proxy.url);
    const exports = {
      [`to-${type}`]: list,
      [`to-${other}`]: await remoteOf(project, other).addList("customers"),
    };
    await project.config({
      connections: {
        ...connections,
        [type]: {
          ...connections[type],
          baseUrl,
          optOuts: { maxAge: "1s" },
          ...(type === "sendgrid" ? { unsubscribeGroups: [group] } : {}),
        },
      },
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm" } },
      exports: Object.fromEntries(
        Object.entries(exports).map(([name, id]) => [
          name,
          {
            connection: name.slice(3),
            list: id,
            segments: ["all"],
            match: { email: "email" },
            attributes: { firstName: "name" },
          },
        ]),
      ),
    });
    await project.write("forget.key", "canary-forget-key-0123456789abcdef");
    await remote.addStranger(OUT, [list]);
    await remote.optOut(OUT);
    await people(OUT, IN);
  });
  afterEach(async () => {
    await proxy.close();
    await project.stop();
  });

  const people = (...emails: string[]) =>
    project.profiles(emails.map((email) => ({ email, name: `${email.length} ${proxy.passed.length}` })));
  const cases = CASES[type];
  const some = (all: readonly Case[]): readonly Case[] =>
    FULL ? all : all.filter((_, index) => index % 3 === 0);

  /** From here on the answers are those of the case. */
  function answer({ method = "GET", path, body }: Case): void {
    proxy.change = (request: Passed, said: Answer): Answer =>
      said.status < 300 && request.method === method && path.test(request.path)
        ? { ...said, body: Buffer.from(body(said.body.toString())) }
        : said;
  }

  /** Nobody who opted out was in a body that writes people, whatever became of it. */
  function nobodyOut(...out: string[]): void {
    const bodies = proxy.passed
      .filter(({ method, path }) => method === "PUT" || path.endsWith("/import"))
      .map(({ path, sent }) => decodeURIComponent(path) + sent);
    for (const email of out) expect(bodies.filter((body) => body.includes(email))).toEqual([]);
  }

  /** What is told names the request and nobody. */
  function mustTell(message: string | undefined, { method = "GET" }: Case): void {
    expect(message).toMatch(new RegExp(`${method} /`));
    expect(message).not.toMatch(/canary|unexpected/);
  }

  it("stop a first run from adding anybody, while the other vendor's goes on", async () => {
    for (const one of some(cases)) {
      answer(one);
      const plan = await project.planOf(`to-${type}`);
      mustTell(plan.error?.message, one);
      const { exports } = await project.apply();
      const [mine, theirs] = [type, other].map((name) => exports.find((row) => row.name === `to-${name}`));
      expect(mine, one.name).toMatchObject({ status: "failed", added: 0, requests: 0 });
      mustTell(mine?.error?.message, one);
      expect(["succeeded", "unchanged"]).toContain(theirs?.status);
    }
    proxy.change = unchanged;
    expect(await project.applyOf(`to-${type}`)).toMatchObject({ status: "succeeded", added: 1 });
    nobodyOut(OUT);
  });

  it("stop a later run from adding anybody, also in a repeated read before sending", async () => {
    await project.apply();
    await people(OUT, IN, LATER);
    await remote.addStranger(LATER, []);
    await remote.optOut(LATER);
    for (const one of some(cases)) {
      answer(one);
      const result = await project.applyOf(`to-${type}`, { targets: [`to-${type}`] });
      expect(result, one.name).toMatchObject({ status: "failed", added: 0, updated: 0 });
      mustTell(result.error?.message, one);
    }
    const one = some(cases)[0]!;
    proxy.change = unchanged;
    await people(OUT, IN, "canary-new@example.com");
    const result = await project.applyOf(`to-${type}`, {
      targets: [`to-${type}`],
      approve: async () => {
        // Longer than a read counts as fresh; meanwhile somebody opts out, and the answers change.
        await new Promise((done) => setTimeout(done, 1100));
        await remote.addStranger("canary-new@example.com", []);
        await remote.optOut("canary-new@example.com");
        answer(one);
        return true;
      },
    });
    expect(result).toMatchObject({ status: "failed", added: 0 });
    mustTell(result.error?.message, one);
    nobodyOut(OUT, LATER, "canary-new@example.com");
  });

  it("do not make a person be sent again whose outcome is unknown", async () => {
    await project.apply();
    await people(OUT, IN, "canary-next@example.com");
    const add =
      type === "brevo"
        ? { method: "POST", path: "/contacts/import" }
        : { method: "PUT", path: "/v3/marketing/contacts" };
    const stop = project.sandbox.inject({
      vendor: type,
      ...add,
      nth: 1,
      effect: { kind: "drop", carriedOut: true },
    });
    const name = `to-${type}`;
    answer(LOOKUPS[type][0]!);
    await project.apply({ targets: [name] });
    stop();
    await project.sandbox.settle();
    const writes = (): number =>
      proxy.passed.filter(({ method, path }) => method === add.method && path.endsWith(add.path)).length;
    const before = writes();
    for (const one of LOOKUPS[type]) {
      answer(one);
      const result = await project.applyOf(name, { targets: [name] });
      expect(result, one.name).toMatchObject({ status: "failed", added: 0 });
      mustTell(result.error?.message, one);
    }
    expect(writes()).toBe(before);
    proxy.change = unchanged;
    expect(await project.applyOf(name, { targets: [name] })).toMatchObject({ unknown: 0, error: undefined });
    expect([...(await remote.members(list)).keys()].toSorted()).toEqual(
      [IN, "canary-next@example.com", OUT].toSorted(),
    );
  });

  it("make drift --record, adopt and forget record nothing", async () => {
    await project.apply();
    await remote.takeOff(IN, list);
    await remote.addStranger("canary-stranger@example.com", [list]);
    const root = async () => {
      const versions = [...(await project.stateFiles())].filter(([name]) => name.startsWith("root/"));
      const [, newest] = versions.toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true })).at(-1)!;
      return JSON.parse(newest.toString()) as {
        accounts: Record<string, { ledger: unknown; optOuts: unknown }>;
      };
    };
    for (const one of some(cases)) {
      answer(one);
      const before = await root();
      const found = await project.drift({ targets: [`to-${type}`], record: true });
      mustTell(found.get(`to-${type}`)?.error?.message, one);
      const taken = adopt({
        cwd: project.folder,
        exportName: `to-${type}`,
        onlyDesired: false,
        emit: () => undefined,
        signal: never,
        actor: "tester",
        approve: () => Promise.resolve(true),
      });
      mustTell(
        await taken.then(
          () => "adopted",
          (error: Error) => error.message,
        ),
        one,
      );
      const after = await root();
      for (const [key, { ledger, optOuts }] of Object.entries(before.accounts))
        expect(after.accounts[key]).toMatchObject({ ledger, optOuts });
    }
    for (const one of LOOKUPS[type]) {
      answer(one);
      const { proof } = await forget({
        cwd: project.folder,
        input: { words: [OUT], file: undefined, stdin: undefined },
        deleting: false,
        dryRun: false,
        emit: () => undefined,
        signal: never,
        actor: "tester",
        approve: () => Promise.resolve(true),
      });
      const at = proof?.accounts.find(({ connection }) => connection === type);
      expect(at?.status, one.name).toBe("left");
      mustTell(at?.error?.message, one);
    }
  });
});
