import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ForgetProof } from "../../src/model/reports/forget.js";
import { forget, type ForgetOptions, type ForgetResult } from "../../src/usecases/forget.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL, onlyAt } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { rollcall } from "../support/rollcall.js";
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
  let project: Project;
  let remote: Remote;
  let list: string;
  let other: string;
  const address = (n: number): string => `p${n}.canary@example.com`;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
    other = await remote.addList("theirs");
    await project.write("forget.key", KEY);
    await config(project.connections());
    const rows = Array.from({ length: 40 }, (_, n) => ({ email: address(n), first_name: "Ann" }));
    await project.profiles(rows);
    // Long ago: right after it SendGrid may still be about to show whom it does not show.
    letTimePass(-300);
    await project.apply();
    resetClock();
    for (const { email } of rows) await remote.addStranger(email, [other]);
  });
  afterEach(async () => {
    resetClock();
    await project.stop();
  });

  const config = (connections: Readonly<Record<string, unknown>>, forgetKey = "forget.key"): Promise<void> =>
    project.config({
      connections,
      forget: { key: { file: forgetKey } },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email" },
          attributes: { firstName: "first_name" },
        },
        files: {
          connection: "file",
          list: { name: "copy", create: true },
          segments: ["all"],
          match: { email: "email" },
        },
      },
    });

  async function mustBeForgotten(email: string): Promise<void> {
    await project.sandbox.settle();
    for (const id of [list, other]) expect([...(await remote.members(id)).keys()]).not.toContain(email);
    expect(await standsIn(project, email)).toEqual([]);
    expect(await project.read("lists/copy.csv")).not.toContain(email);
  }

  // The kills of test/faults strike `forget` as well.
  if (FULL || type === "brevo")
    it(`is finished by the same command after a kill at any moment`, { timeout: 300_000 }, async () => {
      const start = project.exchanges.length;
      await proofOf(project, { words: [address(0)] });
      await mustBeForgotten(address(0));
      const requests = project.exchanges.length - start;
      const kills = Math.min(KILLS, requests);
      for (let kill = 1; kill <= kills; kill++) {
        const moment = Math.ceil((kill * requests) / (KILLS === 1 ? 2 : kills));
        const seen = project.exchanges.length;
        const words = ["forget", address(kill), "--auto-approve"];
        await killed(project, words, () => project.exchanges.length >= seen + moment);
        const proof = await proofOf(project, { words: [address(kill)] });
        expect(proof.complete).toBe(true);
        await mustBeForgotten(address(kill));
      }
      const { heldBack, add, remove } = (await project.planOf("weekly")).counts;
      expect({ heldBack, add, remove }).toEqual({ heldBack: { forgotten: kills + 1 }, add: 0, remove: 0 });
    });

  atSendgrid(
    "an account that cannot be reached is left, the person is held back at once, and the next run finishes",
    async () => {
      await project.write("wrong.key", "canary-wrong");
      const away = { ...project.connections()[type], apiKey: { file: "wrong.key" } };
      await config({ ...project.connections(), [type]: away });
      const first = await rollcall(["forget", "-", "--auto-approve", "--json"], {
        cwd: project.folder,
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
      await config(project.connections());
      // What is still recorded is withdrawn by any apply, and nobody is added again.
      expect((await project.planOf("weekly")).counts).toMatchObject({
        remove: 1,
        heldBack: { forgotten: 1 },
      });
      expect(await proofOf(project, { words: [address(0)] })).toMatchObject({ complete: true, known: 1 });
      await mustBeForgotten(address(0));
    },
  );

  it("clears every type of field, and says which only a deletion clears", async () => {
    const state = type === "brevo" ? brevoFields(project) : sendgridFields(project);
    await project.config({
      forget: { key: { file: "forget.key" } },
      // An encrypted state is swept just the same.
      state: { encryption: { key: { file: "state.key" } } },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email" },
          strangers: "adopt",
          attributes: { firstName: "first_name", ...state.attributes },
          safeguards: { maxRemovals: { share: "100%" } },
        },
      },
    });
    await project.write("state.key", "A".repeat(43) + "=");
    await project.profiles([
      { email: address(0), first_name: "Ann", score: 7, since: "2021-02-11", phone: "+4915112345678" },
      { email: address(1), first_name: "Bob", score: 8, since: "2021-02-12", phone: "+4915112345679" },
    ]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded" });
    await project.sandbox.settle();
    for (const email of [address(0), address(1)]) state.identify(email);
    expect(state.values(address(0))).toHaveLength(4);
    const proof = await proofOf(project, { words: [address(0)] });
    const account = proof.accounts.find(({ connection }) => connection === type);
    expect(proof.complete).toBe(true);
    expect(account?.fixed.map(({ name }) => name)).toEqual(state.fixed);
    await project.sandbox.settle();
    expect(state.values(address(0))).toEqual(state.fixed);
    expect(state.values(address(1))).toHaveLength(4);
    expect(await standsIn(project, address(0))).toEqual([]);
    // Back by a form of the vendor's: reported, and neither adopted nor updated.
    await remote.addStranger(address(0), [list]);
    const before = project.exchanges.length;
    await project.apply();
    expect((await project.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 1 });
    const sent = project.exchanges.slice(before).map(({ requestBody }) => JSON.stringify(requestBody ?? ""));
    expect(sent.filter((text) => text.includes(address(0)))).toEqual([]);
  });

  atBrevo(
    "takes recorded people off where dataPrivacy was withdrawn, and tells of nobody else there",
    async () => {
      const { dataPrivacy: _, ...withdrawn } = project.connections()[type] as Record<string, unknown>;
      await config({ ...project.connections(), [type]: withdrawn });
      const before = project.exchanges.length;
      const stranger = "stranger.canary@example.com";
      await remote.addStranger(stranger, [other]);
      const proof = await proofOf(project, { words: [address(0), stranger] });
      const account = proof.accounts.find(({ connection }) => connection === type);
      expect(account).toMatchObject({ status: "cleared", contacts: 1, recorded: 1, notAsked: 1, kept: 1 });
      expect(proof.complete).toBe(true);
      await mustBeForgotten(address(0));
      expect([...(await remote.members(other)).keys()]).toContain(stranger);
      const told = project.exchanges
        .slice(before)
        .filter(({ vendor }) => vendor === type)
        .map(({ path, requestBody }) => [path, requestBody]);
      expect(JSON.stringify(told)).not.toContain("stranger");
      // Nobody is recorded there any more, so it is not asked again.
      const again = await proofOf(project, { words: [address(0)] });
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
      await project.profiles([{ email: newcomer, first_name: "New" }], "new.csv");
      const exports = {
        trial: { connection: type, list: other, segments: ["newcomers"], match: { email: "email" } },
      };
      const sources = { new: { type: "files", path: "new.csv" } };
      const forgetting = { forget: { key: { file: "forget.key" } } };
      await project.config({ ...forgetting, sources, segments: { newcomers: { source: "new" } }, exports });
      const seen = project.exchanges.length;
      await killed(project, ["apply", "--auto-approve"], () =>
        project.exchanges
          .slice(seen)
          .some(({ requestBody }) => JSON.stringify(requestBody ?? "").includes(newcomer)),
      );
      const { [type]: _, ...connections } = project.connections();
      await project.config({ ...forgetting, connections, sources, segments: {}, exports: {} });
      const proof = await proofOf(project, { words: [newcomer] });
      expect(await standsIn(project, newcomer)).not.toEqual([]);
      expect(proof).toMatchObject({ complete: false });
      expect(proof.accounts.map(({ status }) => status)).toContain("left");
      await project.config({ ...forgetting, sources, segments: { newcomers: { source: "new" } }, exports });
      expect(await proofOf(project, { words: [newcomer] })).toMatchObject({ complete: true });
      await mustBeForgotten(newcomer);
    },
  );

  it("looks up the effect of a request whose reply was lost", async () => {
    const heal = project.sandbox.inject({
      vendor: type,
      method: "PUT",
      nth: 1,
      effect: { kind: "drop", carriedOut: true },
    });
    expect(await proofOf(project, { words: [address(0)] })).toMatchObject({ complete: true });
    heal();
    await mustBeForgotten(address(0));
  });

  // What the key decides happens before any vendor is asked.
  if (type === "brevo")
    it("refuses without the key, with another one, and beside a copy that holds who knows whom", async () => {
      await proofOf(project, { words: [address(0)] });
      await project.write("other.key", OTHER_KEY);
      await config(project.connections(), "other.key");
      await expect(project.plan()).rejects.toMatchObject({ kind: "refused" });
      await expect(project.apply()).rejects.toMatchObject({ kind: "refused" });
      const ended = await rollcall(["forget", address(1), "--auto-approve"], { cwd: project.folder });
      expect(ended).toMatchObject({ code: 5 });
      expect(ended.stdout + ended.stderr).not.toMatch(/canary/);
      await project.write("short.key", "canary");
      await config(project.connections(), "short.key");
      await expect(project.plan()).rejects.toMatchObject({ kind: "invalid" });
      await config(project.connections());
      expect((await project.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 1 });
      await project.write("rollcall-errored-20261125T000000Z/root.json", "{}");
      await expect(run(project, { words: [address(1)] })).rejects.toMatchObject({ kind: "refused" });
    });

  it("deletes contacts only when that is written out, and says so in the journal", async () => {
    await remote.optOut(address(0));
    const words = ["forget", "--file", "who.csv", "--auto-approve", "--json", "--proof", "proof.json"];
    // As a spreadsheet writes it.
    await project.write("who.csv", `sep=;\r\nname;email\r\nAnn;${address(0)}\r\n`);
    const refused = await rollcall([...words, "--delete-at-destination"], { cwd: project.folder });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("--delete-at-destination=and-lose-the-blocklist-flag");
    const done = await rollcall([...words, "--delete-at-destination=and-lose-the-blocklist-flag"], {
      cwd: project.folder,
    });
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout + done.stderr).not.toContain("canary");
    const proof = JSON.parse(await project.read("proof.json")) as ForgetProof;
    expect(proof.accounts.find(({ connection }) => connection === type)).toMatchObject({
      deleted: 1,
      kept: 0,
    });
    await mustBeForgotten(address(0));
    const stored = type === "brevo" ? project.sandbox.brevo() : project.sandbox.sendgrid();
    expect(stored.contact(address(0))).toBeUndefined();
    if (type === "sendgrid") {
      // Somebody else's contact is not deleted because it names the address as another of theirs.
      project.sandbox.sendgrid().addContact({ email: address(1), alternate_emails: [address(0)] });
      expect(await proofOf(project, { words: [address(0)], deleting: true })).toMatchObject({
        complete: true,
      });
    }
    expect(stored.contact(address(1))).toBeDefined();
    const journal = [...(await project.stateFiles())].filter(([name]) => name.includes("journal/"));
    expect(journal.map(([, bytes]) => bytes.toString()).join("\n")).toContain("delete-contacts");
    // The blocklist flag is lost, and the hash holds her back all the same.
    expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, heldBack: { forgotten: 1 } });
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
