import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ForgetProof } from "../../src/model/reports/forget.js";
import { forget, type ForgetOptions, type ForgetResult } from "../../src/usecases/forget.js";
import { keepBeginning } from "../support/beginning.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL, onlyAt } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
import type { Story, StoryOptions } from "../support/story.js";
import { withSql, select } from "../support/sql.js";

const main = fileURLToPath(new URL("../../dist/command/rollcall.js", import.meta.url));
const KEY = "canary-forget-key-0123456789abcdef";
const OTHER_KEY = "canary-other-forget-key-0123456789";
const ANNA = "anna.canary@example.com";
const BOB = "bob@example.com";
const never = new AbortController().signal;

async function run(
  project: Project,
  options: Partial<ForgetOptions> & { words?: string[] },
): Promise<ForgetResult> {
  return forget({
    cwd: project.folder,
    input: { words: options.words ?? [], file: undefined, stdin: undefined },
    deleting: false,
    dryRun: false,
    emit: (event) => project.events.push(event),
    signal: never,
    approve: () => Promise.resolve(true),
    actor: "tester",
    ...options,
  });
}

async function proofOf(project: Project, options: Parameters<typeof run>[1]): Promise<ForgetProof> {
  const { proof, diagnostics } = await run(project, options);
  if (proof === undefined) throw new Error(`no proof: ${JSON.stringify(diagnostics)}`);
  return proof;
}

/** Where a text is in the state, also inside Parquet files. */
async function standsIn(project: Project, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const [name, bytes] of await project.stateFiles()) {
    const decoded = bytes.subarray(0, 4).toString("latin1") === "PAR1" ? await rowsOf(project, name) : "";
    if (`${bytes.toString("utf8")}${decoded}`.toLowerCase().includes(text)) found.push(name);
  }
  return found;
}

const rowsOf = (project: Project, name: string): Promise<string> =>
  withSql(async (sql) =>
    JSON.stringify(
      await select(
        sql,
        `SELECT CAST(t AS VARCHAR) AS t FROM read_parquet('${join(project.folder, ".rollcall", name)}') AS t`,
      ),
    ),
  );

describe.each(["brevo", "sendgrid", "file"] as const)("%s", (type) => {
  const atSendgrid = onlyAt(type, "sendgrid");
  let project: Project;
  let remote: Remote;
  let list: string;
  let other: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
    other = await remote.addList("theirs");
    await project.write("forget.key", KEY);
    await config();
  });
  afterEach(async () => {
    resetClock();
    await project.stop();
  });

  const config = (more: Readonly<Record<string, unknown>> = {}): Promise<void> =>
    project.config({
      forget: { key: { file: "forget.key" } },
      segments: { all: { source: "crm" } },
      exports: { weekly: weekly() },
      ...more,
    });
  const weekly = (): Record<string, unknown> => ({
    connection: type,
    list,
    segments: ["all"],
    match: { email: "email" },
    attributes: { firstName: "first_name" },
    safeguards: { maxRemovals: { share: "100%" } },
  });
  const people: Row[] = [
    { email: ANNA, first_name: "Anna" },
    { email: BOB, first_name: "Bob" },
    { email: "cy@example.com", first_name: "Cy" },
  ];
  const membersOf = async (id: string): Promise<string[]> => {
    await project.sandbox.settle();
    return [...(await remote.members(id)).keys()].sort();
  };

  it("takes the person off every list, clears what we wrote, and leaves nothing in state", async () => {
    await project.profiles(people);
    await remote.addStranger(ANNA, [other]);
    await project.apply();
    // A leaver and a change, so that there are deltas and several change sets.
    await project.profiles(
      people.slice(0, 2).map((row) => ({ ...row, first_name: `${row["first_name"]}!` })),
    );
    await project.apply();
    expect(await standsIn(project, ANNA)).not.toEqual([]);

    const { preview } = await run(project, { words: [ANNA], dryRun: true });
    expect(preview).toMatchObject({ people: 1, known: 0, samples: ["a•••@example.com"] });
    expect(await membersOf(list)).toContain(ANNA);

    const proof = await proofOf(project, { words: [`  ${ANNA.toUpperCase()}`] });
    expect(proof).toMatchObject({ people: 1, known: 0, complete: true, state: { memberships: 1 } });
    const account = proof.accounts.find(({ connection }) => connection === type);
    expect(account).toMatchObject({ status: "cleared", contacts: 1, evidence: "read-back", recorded: 1 });
    expect(account?.lists.map(({ id }) => id).sort()).toEqual([list, other].sort());
    expect(account?.fields.map(({ name }) => name)).toContain(remote.firstName);
    expect(account?.kept).toBe(type === "file" ? 0 : 1);
    expect(
      proof.accounts.filter(({ connection }) => connection !== type).map(({ status }) => status),
    ).toEqual(["nothing there", "nothing there"]);

    expect(await membersOf(list)).toEqual([BOB]);
    expect(await membersOf(other)).toEqual([]);
    if (type === "brevo")
      expect(project.sandbox.brevo().contact(ANNA)).toMatchObject({ lists: [], attributes: {} });
    if (type === "sendgrid")
      expect(project.sandbox.sendgrid().contact(ANNA)).toMatchObject({ list_ids: [], first_name: "" });
    expect(await standsIn(project, ANNA)).toEqual([]);
    expect(await standsIn(project, KEY)).toEqual([]);
    expect(JSON.stringify([project.events, proof])).not.toContain(ANNA);

    // Still wanted by the source, in other clothes: held back.
    const plan = await project.planOf("weekly");
    expect(plan.counts).toMatchObject({ add: 0, update: 0, remove: 0, heldBack: { forgotten: 1 } });
    await project.profiles([...people.slice(1, 2), { email: "Anna.Canary@EXAMPLE.com", first_name: "A" }]);
    await project.apply();
    expect(await membersOf(list)).toEqual([BOB]);
    expect(await standsIn(project, ANNA)).toEqual([]);

    // Again: nothing to do, nobody is written about.
    const before = project.exchanges.length;
    const again = await proofOf(project, { words: [ANNA] });
    expect(again).toMatchObject({
      known: 1,
      complete: true,
      state: { memberships: 0, optOuts: 0, files: 0 },
    });
    const writes = project.exchanges
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && !path.includes("search"));
    expect(writes).toEqual([]);
  });

  atSendgrid(
    "keeps who opted out held back, with a new address too, and remembers who is known nowhere",
    async () => {
      const exports = { weekly: { ...weekly(), match: { email: "email", id: "id" } } };
      await config({ exports });
      await project.profiles(people.map((row, index) => ({ ...row, id: `customer ${index}` })));
      await project.apply();
      await remote.optOut(ANNA);
      await project.apply();
      // After the last run that read opt-outs.
      await remote.optOut("cy@example.com");
      const proof = await proofOf(project, { words: [ANNA, "nobody.canary@example.com", "cy@example.com"] });
      expect(proof).toMatchObject({ people: 3, complete: true, state: { optOuts: 1 } });
      expect(await remote.optedOut(ANNA)).toBe(true);
      expect(await standsIn(project, "canary@")).toEqual([]);
      const came = ["nobody.canary@example.com", "anna.new@example.com"];
      await project.profiles([
        ...people.slice(0, 2).map((row, index) => ({ ...row, id: `customer ${index}` })),
        { email: came[0], first_name: "N", id: "nobody" },
        { email: came[1], first_name: "Anna", id: "customer 0" },
        { email: "cy.new@example.com", first_name: "Cy", id: "customer 2" },
      ]);
      expect(await project.applyOf("weekly")).toMatchObject({ added: 0 });
      expect((await project.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 4 });
      // The read of opt-outs meets Anna again, and does not write her down.
      expect(await standsIn(project, "canary@")).toEqual([]);
      expect(await membersOf(list)).toEqual([BOB]);
    },
  );
});

/** At how many moments a forget is killed; in the full run after each of its requests. */
const KILLS = FULL ? Number.POSITIVE_INFINITY : 1;

describe.each(["brevo", "sendgrid"] as const)("%s, when things go wrong", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  const address = (n: number): string => `p${n}.canary@example.com`;
  const options: StoryOptions = { weekly: { attributes: { firstName: "first_name" } } };
  let story: Story;
  let other: string;

  const open = keepBeginning(type, options, async (one) => {
    other = await one.remote.addList("theirs");
    await one.write("forget.key", KEY);
    await config(one);
    const rows = Array.from({ length: 40 }, (_, n) => ({ email: address(n), first_name: "Ann" }));
    await one.profiles(rows);
    // Long ago: right after it SendGrid may still be about to show whom it does not show.
    letTimePass(-300);
    await one.apply();
    resetClock();
    for (const { email } of rows) await one.remote.addStranger(email, [other]);
  });
  beforeEach(async () => {
    story = await open();
  });
  afterEach(async () => {
    resetClock();
    await story.stop();
  });

  const config = (
    one: Story,
    connections: Yaml = one.connections(),
    forgetKey = "forget.key",
  ): Promise<void> =>
    one.config({
      connections,
      forget: { key: { file: forgetKey } },
      exports: {
        weekly: one.weekly(),
        files: {
          connection: "file",
          list: { name: "copy", create: true },
          segments: ["all"],
          match: { email: "email" },
        },
      },
    });

  async function mustBeForgotten(email: string): Promise<void> {
    await story.sandbox.settle();
    for (const id of [story.list, other])
      expect([...(await story.remote.members(id)).keys()]).not.toContain(email);
    expect(await standsIn(story, email)).toEqual([]);
    expect(await story.read("lists/copy.csv")).not.toContain(email);
  }

  // The kills of test/faults strike `forget` as well.
  if (FULL || type === "brevo")
    it(`is finished by the same command after a kill at any moment`, { timeout: 300_000 }, async () => {
      const start = story.exchanges.length;
      await proofOf(story, { words: [address(0)] });
      await mustBeForgotten(address(0));
      const requests = story.exchanges.length - start;
      const kills = Math.min(KILLS, requests);
      for (let kill = 1; kill <= kills; kill++) {
        const moment = Math.ceil((kill * requests) / (KILLS === 1 ? 2 : kills));
        const seen = story.exchanges.length;
        const words = ["forget", address(kill), "--auto-approve"];
        await killed(story, words, () => story.exchanges.length >= seen + moment);
        const proof = await proofOf(story, { words: [address(kill)] });
        expect(proof.complete).toBe(true);
        await mustBeForgotten(address(kill));
      }
      const { heldBack, add, remove } = (await story.planOf("weekly")).counts;
      expect({ heldBack, add, remove }).toEqual({ heldBack: { forgotten: kills + 1 }, add: 0, remove: 0 });
    });

  atSendgrid(
    "an account that cannot be reached is left, the person is held back at once, and the next run finishes",
    async () => {
      await story.write("wrong.key", "canary-wrong");
      const away = { ...story.connections()[type], apiKey: { file: "wrong.key" } };
      await config(story, { ...story.connections(), [type]: away });
      const first = await rollcall(["forget", "-", "--auto-approve", "--json"], {
        cwd: story.folder,
        input: `${address(0)}\n`,
      });
      expect(first.code).toBe(8);
      expect(first.stdout + first.stderr).not.toContain("canary");
      const { proof } = first.events.find(({ type: kind }) => kind === "result")!["data"] as {
        proof: ForgetProof;
      };
      expect(proof).toMatchObject({ complete: false, people: 1, samples: ["p•••@example.com"] });
      expect(
        Object.fromEntries(
          proof.accounts.map(({ connection, account, status }) => [connection ?? account, status]),
        ),
      ).toMatchObject({
        file: "cleared",
        [type]: "left",
      });
      await config(story);
      // What is still recorded is withdrawn by any apply, and nobody is added again.
      expect((await story.planOf("weekly")).counts).toMatchObject({
        remove: 1,
        heldBack: { forgotten: 1 },
      });
      expect(await proofOf(story, { words: [address(0)] })).toMatchObject({ complete: true, known: 1 });
      await mustBeForgotten(address(0));
    },
  );

  it("clears every type of field, and says which only a deletion clears", async () => {
    const state = type === "brevo" ? brevoFields(story) : sendgridFields(story);
    await story.config({
      forget: { key: { file: "forget.key" } },
      // An encrypted state is swept just the same.
      state: { encryption: { key: { file: "state.key" } } },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: story.weekly({
          strangers: "adopt",
          attributes: { firstName: "first_name", ...state.attributes },
          safeguards: { maxRemovals: { share: "100%" } },
        }),
      },
    });
    await story.write("state.key", "A".repeat(43) + "=");
    await story.profiles([
      { email: address(0), first_name: "Ann", score: 7, since: "2021-02-11", phone: "+4915112345678" },
      { email: address(1), first_name: "Bob", score: 8, since: "2021-02-12", phone: "+4915112345679" },
    ]);
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded" });
    await story.sandbox.settle();
    for (const email of [address(0), address(1)]) state.identify(email);
    expect(state.values(address(0))).toHaveLength(4);
    const proof = await proofOf(story, { words: [address(0)] });
    const account = proof.accounts.find(({ connection }) => connection === type);
    expect(proof.complete).toBe(true);
    expect(account?.fixed.map(({ name }) => name)).toEqual(state.fixed);
    await story.sandbox.settle();
    expect(state.values(address(0))).toEqual(state.fixed);
    expect(state.values(address(1))).toHaveLength(4);
    expect(await standsIn(story, address(0))).toEqual([]);
    // Back by a form of the vendor's: reported, and neither adopted nor updated.
    await story.remote.addStranger(address(0), [story.list]);
    const before = story.exchanges.length;
    await story.apply();
    expect((await story.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 1 });
    const sent = story.exchanges.slice(before).map(({ requestBody }) => JSON.stringify(requestBody ?? ""));
    expect(sent.filter((text) => text.includes(address(0)))).toEqual([]);
  });

  atBrevo(
    "takes recorded people off where dataPrivacy was withdrawn, and tells of nobody else there",
    async () => {
      const { dataPrivacy: _, ...withdrawn } = story.connections()[type] as Record<string, unknown>;
      await config(story, { ...story.connections(), [type]: withdrawn });
      const before = story.exchanges.length;
      const stranger = "stranger.canary@example.com";
      await story.remote.addStranger(stranger, [other]);
      const proof = await proofOf(story, { words: [address(0), stranger] });
      const account = proof.accounts.find(({ connection }) => connection === type);
      expect(account).toMatchObject({ status: "cleared", contacts: 1, recorded: 1, notAsked: 1, kept: 1 });
      expect(proof.complete).toBe(true);
      await mustBeForgotten(address(0));
      expect([...(await story.remote.members(other)).keys()]).toContain(stranger);
      const told = story.exchanges
        .slice(before)
        .filter(({ vendor }) => vendor === type)
        .map(({ path, requestBody }) => [path, requestBody]);
      expect(JSON.stringify(told)).not.toContain("stranger");
      // Nobody is recorded there any more, so it is not asked again.
      const again = await proofOf(story, { words: [address(0)] });
      expect(again.accounts.find(({ connection }) => connection === type)).toMatchObject({
        status: "not asked",
        notAsked: 1,
      });
    },
  );

  atSendgrid(
    "is not complete while an unfinished run on an account that the config has no more may hold the person",
    async () => {
      const newcomer = "newcomer.canary@example.com";
      await story.profiles([{ email: newcomer, first_name: "New" }], "new.csv");
      const exports = {
        trial: { connection: type, list: other, segments: ["newcomers"], match: { email: "email" } },
      };
      const sources = { new: { type: "files", path: "new.csv" } };
      const forgetting = { forget: { key: { file: "forget.key" } } };
      await story.config({ ...forgetting, sources, segments: { newcomers: { source: "new" } }, exports });
      const seen = story.exchanges.length;
      await killed(story, ["apply", "--auto-approve"], () =>
        story.exchanges
          .slice(seen)
          .some(({ requestBody }) => JSON.stringify(requestBody ?? "").includes(newcomer)),
      );
      const { [type]: _, ...connections } = story.connections();
      await story.config({ ...forgetting, connections, sources, segments: {}, exports: {} });
      const proof = await proofOf(story, { words: [newcomer] });
      expect(await standsIn(story, newcomer)).not.toEqual([]);
      expect(proof).toMatchObject({ complete: false });
      expect(proof.accounts.map(({ status }) => status)).toContain("left");
      await story.config({ ...forgetting, sources, segments: { newcomers: { source: "new" } }, exports });
      expect(await proofOf(story, { words: [newcomer] })).toMatchObject({ complete: true });
      await mustBeForgotten(newcomer);
    },
  );

  it("looks up the effect of a request whose reply was lost", async () => {
    const heal = story.sandbox.inject({
      vendor: type,
      method: "PUT",
      nth: 1,
      effect: { kind: "drop", carriedOut: true },
    });
    expect(await proofOf(story, { words: [address(0)] })).toMatchObject({ complete: true });
    heal();
    await mustBeForgotten(address(0));
  });

  // What the key decides happens before any vendor is asked.
  if (type === "brevo")
    it("refuses without the key, with another one, and beside a copy that holds who knows whom", async () => {
      await proofOf(story, { words: [address(0)] });
      await story.write("other.key", OTHER_KEY);
      await config(story, story.connections(), "other.key");
      await expect(story.plan()).rejects.toMatchObject({ kind: "refused" });
      await expect(story.apply()).rejects.toMatchObject({ kind: "refused" });
      const ended = await rollcall(["forget", address(1), "--auto-approve"], { cwd: story.folder });
      expect(ended).toMatchObject({ code: 5 });
      expect(ended.stdout + ended.stderr).not.toMatch(/canary/);
      await story.write("short.key", "canary");
      await config(story, story.connections(), "short.key");
      await expect(story.plan()).rejects.toMatchObject({ kind: "invalid" });
      await config(story);
      expect((await story.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 1 });
      await story.write("rollcall-errored-20261125T000000Z/root.json", "{}");
      await expect(run(story, { words: [address(1)] })).rejects.toMatchObject({ kind: "refused" });
    });

  it("deletes contacts only when that is written out, and says so in the journal", async () => {
    await story.remote.optOut(address(0));
    const words = ["forget", "--file", "who.csv", "--auto-approve", "--json", "--proof", "proof.json"];
    // As a spreadsheet writes it.
    await story.write("who.csv", `sep=;\r\nname;email\r\nAnn;${address(0)}\r\n`);
    const refused = await rollcall([...words, "--delete-at-destination"], { cwd: story.folder });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("--delete-at-destination=and-lose-the-blocklist-flag");
    const done = await rollcall([...words, "--delete-at-destination=and-lose-the-blocklist-flag"], {
      cwd: story.folder,
    });
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout + done.stderr).not.toContain("canary");
    const proof = JSON.parse(await story.read("proof.json")) as ForgetProof;
    expect(proof.accounts.find(({ connection }) => connection === type)).toMatchObject({
      deleted: 1,
      kept: 0,
    });
    await mustBeForgotten(address(0));
    const stored = type === "brevo" ? story.sandbox.brevo() : story.sandbox.sendgrid();
    expect(stored.contact(address(0))).toBeUndefined();
    if (type === "sendgrid") {
      // Somebody else's contact is not deleted because it names the address as another of theirs.
      story.sandbox.sendgrid().addContact({ email: address(1), alternate_emails: [address(0)] });
      expect(await proofOf(story, { words: [address(0)], deleting: true })).toMatchObject({
        complete: true,
      });
    }
    expect(stored.contact(address(1))).toBeDefined();
    const journal = [...(await story.stateFiles())].filter(([name]) => name.includes("journal/"));
    expect(journal.map(([, bytes]) => bytes.toString()).join("\n")).toContain("delete-contacts");
    // The blocklist flag is lost, and the hash holds her back all the same.
    expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { forgotten: 1 } });
  });
});

interface Fields {
  readonly attributes: Record<string, unknown>;
  /** Which only a deletion clears. */
  readonly fixed: readonly string[];
  /** Gives a contact what others identify it by, where that is never ours to write. */
  identify(email: string): void;
  /** Names of the fields of a contact that hold a value. */
  values(email: string): string[];
}

function brevoFields(project: Project): Fields {
  const state = project.sandbox.brevo();
  state.addAttribute({ name: "SCORE", category: "normal", type: "float" });
  state.addAttribute({ name: "SINCE", category: "normal", type: "date" });
  return {
    attributes: {
      SCORE: { column: "score", type: "number" },
      SINCE: { column: "since", type: "date" },
      phone: { column: "phone", type: "phone", as: "sms" },
    },
    fixed: [],
    identify: () => undefined,
    values: (email) => Object.keys(state.contact(email)?.attributes ?? {}).sort(),
  };
}

function sendgridFields(project: Project): Fields {
  const state = project.sandbox.sendgrid();
  state.addField("Score", "Number");
  state.addField("Since", "Date");
  return {
    attributes: {
      Score: { column: "score", type: "number" },
      Since: { column: "since", type: "date" },
    },
    fixed: ["external_id"],
    identify: (email) => state.addContact({ email, external_id: `id of ${email}` }),
    values: (email) => {
      const { first_name, external_id, custom_fields } = state.contact(email) ?? {};
      const all = { first_name, external_id, ...(custom_fields as object) };
      return Object.entries(all).flatMap(([name, value]) => (value ? [name] : []));
    },
  };
}

/** Starts the built command and kills it outright once `reached` says so, unless it ends before. */
async function killed(project: Project, words: readonly string[], reached: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [main, ...words, "-C", project.folder], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!reached() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill("SIGKILL");
  await ended;
}

it("forget waits from its last progress on, because looking up many people takes long", async () => {
  let lookups = 0;
  const project = await openProject({
    sandbox: {
      // The first look is the preview's; the second one finds what is to be done.
      onExchange: ({ path }) => path.startsWith("/contacts/slow") && (lookups += 1) === 2 && letTimePass(45),
    },
  });
  try {
    await project.write("forget.key", KEY);
    await project.config({ forget: { key: { file: "forget.key" } }, segments: {}, exports: {} });
    const remote = remoteOf(project, "brevo");
    const list = await remote.addList("customers");
    await remote.addStranger("slow@example.com", [list]);
    expect(await proofOf(project, { words: ["slow@example.com"] })).toMatchObject({ complete: true });
    expect((await remote.members(list)).size).toBe(0);
    expect(lookups).toBeGreaterThan(2);
  } finally {
    resetClock();
    await project.stop();
  }
});
