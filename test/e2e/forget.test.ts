import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ForgetProof } from "../../src/model/forget.js";
import { forget, type ForgetOptions, type ForgetResult } from "../../src/usecases/forget.js";
import { resetClock } from "../support/clock.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";
import { withSql, select } from "../support/sql.js";

const KEY = "canary-forget-key-0123456789abcdef";
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

/** Where a text stands in the state, also inside Parquet files. */
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
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email" },
          attributes: { firstName: "first_name" },
          safeguards: { maxRemovals: { share: "100%" } },
        },
      },
      ...more,
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

  it("keeps who opted out held back, and remembers who is known nowhere", async () => {
    await project.profiles(people);
    await project.apply();
    await remote.optOut(ANNA);
    await project.apply();
    const proof = await proofOf(project, { words: [ANNA, "nobody.canary@example.com"] });
    expect(proof).toMatchObject({ people: 2, complete: true, state: { optOuts: 1 } });
    expect(await remote.optedOut(ANNA)).toBe(true);
    expect(await standsIn(project, "canary@")).toEqual([]);
    await project.profiles([...people, { email: "nobody.canary@example.com", first_name: "N" }]);
    expect(await project.applyOf("weekly")).toMatchObject({ added: 0 });
    expect((await project.planOf("weekly")).counts.heldBack).toEqual({ forgotten: 2 });
    // The read of opt-outs meets Anna again, and does not write her down.
    expect(await standsIn(project, "canary@")).toEqual([]);
    expect(await membersOf(list)).toEqual([BOB, "cy@example.com"]);
  });
});
