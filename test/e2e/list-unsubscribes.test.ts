import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startAnswerProxy, type AnswerProxy } from "../support/answer-proxy.js";
import { FULL } from "../support/full.js";
import { openProject, type Project } from "../support/project.js";
import type { Switches } from "../../src/sandbox/index.js";
import { forget } from "../../src/usecases/forget.js";

/**
 * Where Brevo may tell who unsubscribed from which list: in the list and of a
 * contact alone, as it is recorded; in one place alone, whichever it is; and
 * everywhere, as it is described. Adding such a person would undo it.
 */
const READINGS: Readonly<Record<string, Partial<Switches>>> = {
  "as recorded": { brevoContactsHideUnsubscribed: true },
  "told by the list alone": { brevoContactsHideUnsubscribed: true, brevoLookupHidesUnsubscribed: true },
  "told of a contact alone": { brevoContactsHideUnsubscribed: true, brevoListDropsUnsubscribed: true },
  ...(FULL && {
    "told everywhere": {},
    "told among all contacts alone": { brevoListDropsUnsubscribed: true, brevoLookupHidesUnsubscribed: true },
  }),
};
interface Contact {
  listIds?: number[] | undefined;
  listUnsubscribed?: number[] | null;
}

const LEFT = "anna@example.com";
const BOB = "bob@example.com";
const CARL = "carl@example.com";
let project: Project;
let proxy: AnswerProxy;
let lists: number[];

async function start(switches: Partial<Switches> = {}): Promise<void> {
  project = await openProject({ sandbox: { switches: { ...switches, brevoAddClearsUnsubscribe: true } } });
  proxy = await startAnswerProxy(project.sandbox.url);
  const state = project.sandbox.brevo();
  lists = [state.addList("first"), state.addList("second")];
}
afterEach(async () => {
  await proxy.close();
  await project.stop();
});

async function configure(...names: string[]): Promise<void> {
  const { brevo } = project.connections();
  const baseUrl = project.sandbox.brevoUrl.replace(project.sandbox.url, proxy.url);
  const all = { first: lists[0], second: lists[1] };
  await project.config({
    connections: { brevo: { ...brevo, baseUrl } },
    segments: { all: { source: "crm" } },
    exports: Object.fromEntries(
      names.map((name) => [
        name,
        {
          connection: "brevo",
          list: all[name as keyof typeof all],
          segments: ["all"],
          match: { email: "email" },
          attributes: { firstName: "name" },
        },
      ]),
    ),
  });
}

const people = (name: string, ...emails: string[]) =>
  project.profiles(emails.map((email) => ({ email, name })));
/** Everybody of the bodies that were sent to be imported or updated since. */
const sent = (from: number): string =>
  proxy.passed
    .slice(from)
    .filter(
      ({ method, path }) => path.endsWith("/contacts/import") || (method === "PUT" && path.includes("%40")),
    )
    .map(({ path, sent: body }) => decodeURIComponent(path) + body)
    .join("\n");

describe.each(Object.entries(READINGS))("%s", (_name, switches) => {
  beforeEach(() => start(switches));

  it("brings nobody back who unsubscribed before the first run, later, or from a list that is new to us", async () => {
    const state = project.sandbox.brevo();
    state.addContact(LEFT, { lists: [lists[0]!] });
    state.unsubscribe(LEFT, lists[0]!);
    await configure("first");
    const everybody = (name: string) => people(name, LEFT, BOB, CARL);
    await everybody("Ann");
    expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 2 });
    expect(sent(0)).not.toContain(LEFT);
    state.unsubscribe(CARL, lists[0]!);
    state.addContact(BOB, { lists: [lists[1]!] });
    state.unsubscribe(BOB, lists[1]!);
    await new Promise((done) => setTimeout(done, 1100));
    await everybody("Anne");
    const before = proxy.passed.length;
    expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 0, updated: 1 });
    expect(sent(before)).toContain(BOB);
    expect(sent(before)).not.toMatch(/anna|carl/);
    await configure("first", "second");
    const { exports } = await project.apply();
    expect(exports).toMatchObject([
      { name: "first", added: 0 },
      { name: "second", added: 2 },
    ]);
    expect(state.contact(BOB)).toMatchObject({ lists: [lists[0]!], listUnsubscribed: [lists[1]!] });
    for (const email of [LEFT, CARL])
      expect(state.contact(email)).toMatchObject({ lists: [lists[1]!], listUnsubscribed: [lists[0]!] });
    // And still not once nothing was changed for a while, and the record is all that is known.
    await everybody("Anna");
    const again = proxy.passed.length;
    expect((await project.apply()).exports).toMatchObject([{ updated: 1 }, { updated: 2 }]);
    expect(sent(again).match(/bob@example\.com/g)).toHaveLength(1);
  });

  it("sends nobody who opts out of a later list, or of everything under an earlier address, while an export is read back", async () => {
    const state = project.sandbox.brevo();
    await configureTwo();
    await profilesOf([], ["anna", "bob"]);
    await project.apply();
    await profilesOf(
      Array.from({ length: 301 }, (_, n) => `new${n}`),
      ["anne", "bob", "carl", "dora"],
    );
    const from = proxy.passed.length;
    let done = false;
    const { run } = await project.applyResult({
      emit: (event) => {
        if (done || event.type !== "stage" || event.export !== "first" || event.stage !== "reading back")
          return;
        done = true;
        state.blocklist(LEFT);
        state.addContact("dora@example.com", { lists: [lists[1]!] });
        state.unsubscribe("dora@example.com", lists[1]!);
      },
    });
    expect(done).toBe(true);
    expect(run?.exports).toMatchObject([
      { name: "first", added: 301 },
      { name: "second", added: 1 },
    ]);
    expect(sent(from)).toContain(CARL);
    expect(sent(from)).not.toMatch(/anne|dora/);
  });

  /** Two exports of a source each, in the order of their names. */
  async function configureTwo(): Promise<void> {
    const { brevo } = project.connections();
    const baseUrl = project.sandbox.brevoUrl.replace(project.sandbox.url, proxy.url);
    const source = (name: string) => ({ type: "files" as const, path: `${name}.csv` });
    const to = (list: number | undefined, segment: string) => ({
      connection: "brevo",
      list,
      segments: [segment],
      mode: "mirror",
      match: { email: "email", id: "id" },
      safeguards: { allowEmpty: true, maxRemovals: { share: "100%" } },
    });
    await project.config({
      connections: { brevo: { ...brevo, baseUrl } },
      sources: { many: source("many"), few: source("few") },
      segments: { crowd: { source: "many" }, others: { source: "few" } },
      exports: { first: to(lists[0], "crowd"), second: to(lists[1], "others") },
    });
  }

  /** Who is called Anne now was Anna. */
  async function profilesOf(many: readonly string[], few: readonly string[]): Promise<void> {
    const csv = (names: readonly string[]) =>
      ["id,email", ...names.map((one) => `${one === "anne" ? "anna" : one},${one}@example.com`), ""].join(
        "\n",
      );
    await project.write("many.csv", csv(many));
    await project.write("few.csv", csv(few));
  }
});

/** Before the answer that says that an import is over. */
const onceImported = (then: () => void): void => {
  let done = false;
  proxy.change = ({ path }, answer) => {
    if (!done && path.includes("/processes") && answer.body.includes('"completed"')) {
      done = true;
      then();
    }
    return answer;
  };
};

it("looks up those of many additions who are contacts already", async () => {
  await start({ brevoContactsHideUnsubscribed: true, brevoListDropsUnsubscribed: true });
  const state = project.sandbox.brevo();
  for (const email of [LEFT, BOB]) state.addContact(email);
  state.unsubscribe(LEFT, lists[0]!);
  await configure("first");
  const many = Array.from({ length: 300 }, (_, n) => `new${n}@example.com`);
  await people("Ann", LEFT, BOB, ...many);
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 301 });
  expect(sent(0)).not.toContain(LEFT);
  const lookedUp = proxy.passed.filter(({ path }) => path.includes("%40"));
  expect(lookedUp).toHaveLength(2);
});

it("looks up everybody of many additions in a later run, and says when they are too many", async () => {
  await start({ brevoContactsHideUnsubscribed: true, brevoListDropsUnsubscribed: true });
  await configure("first");
  await people("Ann", BOB);
  await project.apply();
  const state = project.sandbox.brevo();
  state.addContact(LEFT, { lists: [lists[0]!] });
  state.unsubscribe(LEFT, lists[0]!);
  const many = (rows: number) => Array.from({ length: rows }, (_, n) => `new${n}@example.com`);
  await people("Ann", BOB, ...many(3001));
  expect((await project.planOf("first")).notLookedUp).toMatch(
    /^3,001 people are to be added.*not known: too many/,
  );
  await people("Ann", LEFT, BOB, ...many(300));
  expect((await project.planOf("first")).notLookedUp).toBeUndefined();
  const from = proxy.passed.length;
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 300 });
  expect(sent(from)).not.toContain(LEFT);
});

it("does not change a blocklisted person whom the vendor does not show as modified", async () => {
  await start({ brevoBlocklistingUntold: true, brevoImportUnblocklists: true });
  await configure("first");
  const many = Array.from({ length: 301 }, (_, n) => `old${n}@example.com`);
  await people("Ann", LEFT, ...many);
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 302 });
  // Reads reach back a second before the last one, by the clock of the server's answers.
  await delay(1500);
  expect(await project.applyOf("first")).toMatchObject({ status: "unchanged" });
  project.sandbox.brevo().blocklist(LEFT);
  await people("Anne", LEFT, ...many);
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", updated: 301 });
  expect(project.sandbox.brevo().contact(LEFT)).toMatchObject({ emailBlacklisted: true });
});

it("neither waits for nor sends again a person who unsubscribes before an import is read back", async () => {
  await start({ brevoContactsHideUnsubscribed: true, brevoListDropsUnsubscribed: true });
  await configure("first");
  await people("Ann", LEFT, BOB);
  onceImported(() => project.sandbox.brevo().unsubscribe(LEFT, lists[0]!));
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 1, unknown: 0 });
  const from = proxy.passed.length;
  await people("Anne", LEFT, BOB);
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 0, updated: 1 });
  expect(sent(from)).toContain(BOB);
  expect(sent(from)).not.toContain(LEFT);
});

it("does not add a person again whose first addition is unknown and who unsubscribed since", async () => {
  await start({ brevoContactsHideUnsubscribed: true, brevoListDropsUnsubscribed: true });
  await configure("first");
  await project.profiles([{ email: LEFT, name: "Ann" }]);
  project.sandbox.inject({
    vendor: "brevo",
    method: "POST",
    path: "/contacts/import",
    nth: 1,
    effect: { kind: "answer", status: 524, carriedOut: true },
  });
  const many = Array.from({ length: 301 }, (_, n) => `new${n}@example.com,Ann\n`);
  // The run looks for her at once, and does not go on by itself with other people.
  const { run } = await project.applyResult({
    emit: (event) => {
      if (event.type !== "warning" || !event.message.includes("not known")) return;
      project.sandbox.brevo().unsubscribe(LEFT, lists[0]!);
      writeFileSync(join(project.folder, "profiles.csv"), `email,name\n${LEFT},Ann\n${many.join("")}`);
    },
  });
  expect(run?.exports).toMatchObject([{ added: 0, unknown: 1 }]);
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 301, unknown: 0 });
  expect(sent(0).match(/anna@example\.com/g)).toHaveLength(1);
});

it("reads a new list whole in the run that made it, and later only what changed", async () => {
  await start();
  const { brevo } = project.connections();
  const baseUrl = project.sandbox.brevoUrl.replace(project.sandbox.url, proxy.url);
  await project.config({
    connections: { brevo: { ...brevo, baseUrl } },
    segments: { all: { source: "crm" } },
    exports: {
      made: {
        connection: "brevo",
        list: { name: "made", create: true },
        segments: ["all"],
        match: { email: "email" },
      },
    },
  });
  await project.profiles(Array.from({ length: 301 }, (_, n) => ({ email: `new${n}@example.com` })));
  const ofLists = (from: number) =>
    proxy.passed.slice(from).filter(({ path }) => /\/contacts\/lists\/\d+\/contacts$/.test(path));
  expect(await project.applyOf("made")).toMatchObject({ added: 301 });
  expect(ofLists(0)).not.toEqual([]);
  const from = proxy.passed.length;
  await project.plan();
  expect(ofLists(from)).toHaveLength(1);
  for (const { query } of ofLists(from)) expect(query).toContain("modifiedSince=");
});

it("keeps an unsubscription when a run reads only another list", async () => {
  await start();
  // The account's contacts show her on the list, and not that she unsubscribed from it.
  proxy.change = ({ method, path }, answer) => {
    if (method !== "GET" || !path.endsWith("/v3/contacts")) return answer;
    const said = JSON.parse(answer.body.toString()) as { contacts: Contact[] };
    for (const contact of said.contacts) contact.listUnsubscribed = null;
    return { ...answer, body: Buffer.from(JSON.stringify(said)) };
  };
  await configure("first", "second");
  const state = project.sandbox.brevo();
  state.addContact(LEFT, { lists: [lists[0]!] });
  await project.profiles([{ email: BOB, name: "Ann" }]);
  await project.apply();
  const aWhile = () => new Promise((done) => setTimeout(done, 1200));
  state.unsubscribe(LEFT, lists[0]!);
  await aWhile();
  await project.apply({ targets: ["first"] });
  state.addContact(LEFT, { attributes: { FIRSTNAME: "A" } });
  await project.apply({ targets: ["second"] });
  state.removeFromList(LEFT, lists[0]!);
  await aWhile();
  const from = proxy.passed.length;
  await people("Ann", LEFT, BOB);
  await project.apply({ targets: ["first"] });
  expect(sent(from)).not.toContain(LEFT);
});

it("brings nobody back who unsubscribed from a former list and was forgotten before any run saw it", async () => {
  await start();
  // Each list tells of itself alone.
  proxy.change = ({ method, path }, answer) => {
    if (method !== "GET" || !path.includes("/contacts") || !answer.body.includes("listUnsubscribed"))
      return answer;
    const list = /lists\/(\d+)\/contacts$/.exec(path)?.[1];
    const said = JSON.parse(answer.body.toString()) as { contacts?: Contact[] } & Contact;
    for (const contact of said.contacts ?? [said])
      contact.listUnsubscribed = contact.listUnsubscribed?.filter((id) => String(id) === list) ?? null;
    return { ...answer, body: Buffer.from(JSON.stringify(said)) };
  };
  const { brevo } = project.connections();
  const baseUrl = project.sandbox.brevoUrl.replace(project.sandbox.url, proxy.url);
  const to = (list: number | undefined, more = {}) =>
    project.config({
      connections: { brevo: { ...brevo, baseUrl } },
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm" } },
      exports: {
        first: { connection: "brevo", list, segments: ["all"], match: { email: "email", id: "id" } },
      },
      ...more,
    });
  await project.write("forget.key", "canary-forget-key-0123456789abcdef");
  await to(lists[0]);
  await project.profiles([
    { email: LEFT, id: 1 },
    { email: "bob@example.com", id: 2 },
  ]);
  await project.apply();
  const [fromList, toList] = lists.map(String);
  await to(lists[1], { moved: [{ export: "first", fromList, toList, oldMembers: "keep" }] });
  await project.apply();
  project.sandbox.brevo().unsubscribe(LEFT, lists[0]!);
  const { proof } = await forget({
    cwd: project.folder,
    input: { words: [LEFT], file: undefined, stdin: undefined },
    deleting: false,
    dryRun: false,
    emit: (event) => project.events.push(event),
    signal: new AbortController().signal,
    approve: () => Promise.resolve(true),
    actor: "tester",
  });
  expect(proof).toBeDefined();
  await project.profiles([
    { email: "anne@example.com", id: 1 },
    { email: "bob@example.com", id: 2 },
  ]);
  expect((await project.planOf("first")).counts).toMatchObject({ add: 0, heldBack: { forgotten: 1 } });
});
