import { afterEach, expect, it } from "vitest";
import { adopt } from "../../src/usecases/adopt.js";
import { forget } from "../../src/usecases/forget.js";
import { SWITCHES, type SandboxOptions, type Switches } from "../../src/sandbox/index.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Member, type Remote } from "../support/remote.js";

/**
 * A list's whole life: a first run over people who said no before, updates and clears, leavers, opt-outs and removals by
 * hand in between, drift, a list that is taken over, and somebody who is forgotten. Once for each reading of a vendor.
 */
const VENDORS = ["brevo", "sendgrid"] as const;
type Vendor = (typeof VENDORS)[number];
const NAMES = Object.keys(SWITCHES) as (keyof Switches)[];

const READINGS: readonly (readonly [Vendor, string, Partial<SandboxOptions>])[] = VENDORS.flatMap(
  (vendor) => [
    ...(FULL ? [[vendor, "as documented", {}] as const] : []),
    ...(FULL || vendor === "brevo"
      ? [[vendor, "at its most unpleasant", { behaviour: "pessimistic" }] as const]
      : []),
    ...NAMES.filter((name) => FULL && name.startsWith(vendor)).map(
      (name) => [vendor, name, { switches: { [name]: true } }] as const,
    ),
  ],
);

const MOVED_ON = ["said.no@example.com", "left.the.list@example.com"] as const;
const at = (name: string): string => `${name}@example.com`;

let project: Project;
afterEach(async () => {
  resetClock();
  await project.stop();
});

/** What is wanted of a person, by the names of the profiles. */
type Wanted = Readonly<
  Record<string, { readonly name: string; readonly score: string; readonly since: string }>
>;

const profiles = (wanted: Wanted): Row[] =>
  Object.entries(wanted).map(([email, values]) => ({ email, id: `id-${email}`, ...values }));

function configOf(vendor: Vendor, lists: Readonly<Record<string, string>>): Yaml {
  const custom = (name: string): string => (vendor === "brevo" ? name.toUpperCase() : name);
  return {
    connections: { [vendor]: project.connections()[vendor] },
    forget: { key: { file: "forget.key" } },
    segments: { all: { source: "crm" } },
    exports: Object.fromEntries(
      Object.entries(lists).map(([name, list]) => [
        name,
        {
          connection: vendor,
          list: vendor === "brevo" ? Number(list) : list,
          segments: ["all"],
          match: { email: "email", id: "id" },
          attributes: {
            firstName: { column: "name", nulls: "clear" },
            [custom("score")]: { column: "score", type: "number", nulls: "clear" },
            [custom("since")]: { column: "since", type: "date", nulls: "clear" },
          },
          safeguards: { maxRemovals: { share: "100%" } },
        },
      ]),
    ),
  };
}

/** Whose changes a run told to be rejected or unknown: values that are wrong by that are not secret. */
let told = 0;

/**
 * Applies until nothing is left to do: what one reading leaves in doubt, the next run looks up. What a destination will not
 * take is tried again and again, and said each time.
 */
async function settle(): Promise<void> {
  let saidNow = 0;
  for (let run = 0; run < 4; run++) {
    const results = (await project.apply()).exports;
    saidNow = results.reduce((sum, { rejected, unknown }) => sum + rejected + unknown, 0);
    told += saidNow;
    expect(results.map(({ error }) => error)).toEqual(results.map(() => undefined));
    letTimePass(300);
    const plan = await project.plan();
    if (plan.exports.every(({ counts: { add, update, remove } }) => add + update + remove === 0)) return;
  }
  if (saidNow === 0) throw new Error("there is always something left to do");
}

function valuesOf(vendor: Vendor, member: Member): Wanted[string] {
  const [name, score, since] =
    vendor === "brevo" ? ["FIRSTNAME", "SCORE", "SINCE"] : ["first_name", "score", "since"];
  const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
  return {
    name: text(member[name ?? ""]),
    score: text(member[score ?? ""]),
    since: text(member[since ?? ""]).slice(0, 10),
  };
}

/** Addresses that are treated otherwise than they may be. */
async function wronged(
  vendor: Vendor,
  remote: Remote,
  list: string,
  wanted: Wanted,
  { gone, strangers }: { gone: readonly string[]; strangers: readonly string[] },
): Promise<string[]> {
  const members = await remote.members(list);
  const wrong: string[] = [];
  for (const email of gone) if (members.has(email)) wrong.push(`${email} is on the list`);
  for (const email of strangers) if (!members.has(email)) wrong.push(`${email} was taken off`);
  for (const [email, values] of Object.entries(wanted)) {
    if (gone.includes(email)) continue;
    const member = members.get(email);
    if (member === undefined) wrong.push(`${email} is missing`);
    else if (JSON.stringify(valuesOf(vendor, member)) !== JSON.stringify(values))
      wrong.push(`${email} has ${JSON.stringify(valuesOf(vendor, member))}`);
  }
  // A value that the destination would not take is wrong only where nobody said so.
  const otherwise = wrong.filter((said) => said.includes(" has "));
  if (otherwise.length <= told)
    wrong.splice(0, wrong.length, ...wrong.filter((said) => !otherwise.includes(said)));
  for (const email of members.keys())
    if (!(email in wanted) && !strangers.includes(email)) wrong.push(`${email} should not be there`);
  return wrong;
}

it.each(READINGS)(
  "at %s, %s: nobody is wronged in a list's whole life",
  { timeout: 400_000 },
  async (vendor, _name, sandbox) => {
    told = 0;
    project = await openProject({ sandbox: { delays: { jobMs: 0, visibleMs: 0, fieldMs: 20 }, ...sandbox } });
    await project.write("forget.key", "0123456789abcdef0123456789abcdef0123456789abcdef");
    const remote = remoteOf(project, vendor);
    const list = await remote.addList("customers");
    if (vendor === "brevo") {
      project.sandbox.brevo().addAttribute({ name: "SCORE", category: "normal", type: "float" });
      project.sandbox.brevo().addAttribute({ name: "SINCE", category: "normal", type: "date" });
    } else {
      project.sandbox.sendgrid().addField("score", "Number");
      project.sandbox.sendgrid().addField("since", "Date");
    }
    // Before the first run: one opted out of everything, one unsubscribed from this list, and a stranger is on it.
    const [saidNo, leftList] = MOVED_ON;
    await remote.addStranger(saidNo, []);
    await remote.optOut(saidNo);
    await remote.addStranger(leftList, [list]);
    if (vendor === "brevo") project.sandbox.brevo().unsubscribe(leftList, Number(list));
    else await remote.optOut(leftList);
    await remote.addStranger(at("stranger"), [list]);
    const gone: string[] = [saidNo, leftList].filter((email) => vendor === "brevo" || email !== leftList);
    const strangers = [at("stranger")];

    let wanted: Wanted = Object.fromEntries(
      [...MOVED_ON, ...["ann", "bob", "cy", "dora", "eve", "finn"].map(at)].map((email, index) => [
        email,
        { name: email.split("@")[0] ?? "", score: String(index + 1), since: `2001-04-0${index + 1}` },
      ]),
    );
    // Whoever opted out stays where others put them, with the values that they have.
    const asTheyAre: string[] = vendor === "sendgrid" ? [leftList] : [];
    const judge = (): Promise<string[]> => {
      const held = Object.fromEntries(Object.entries(wanted).filter(([email]) => !asTheyAre.includes(email)));
      return wronged(vendor, remote, list, held, { gone, strangers: [...strangers, ...asTheyAre] });
    };
    const change = async (
      changes: Readonly<Record<string, Partial<Wanted[string]> | undefined>>,
    ): Promise<void> => {
      const next: Record<string, Wanted[string]> = { ...wanted };
      for (const [email, values] of Object.entries(changes)) {
        if (values === undefined) delete next[email];
        else next[email] = { name: "new", score: "9", since: "2020-02-29", ...next[email], ...values };
      }
      wanted = next;
      await project.profiles(profiles(wanted));
    };

    await project.profiles(profiles(wanted));
    await project.config(configOf(vendor, { weekly: list }));
    await settle();
    expect(await judge()).toEqual([]);

    // Values change and are cleared, one comes and one leaves.
    await change({
      [at("ann")]: { name: "Anna", score: "" },
      [at("bob")]: { since: "", score: "7.5" },
      [at("gina")]: {},
      [at("cy")]: undefined,
    });
    await settle();
    expect(await judge()).toEqual([]);

    // One opts out, one is taken off by hand, and both have other values since.
    await remote.optOut(at("dora"));
    asTheyAre.push(at("dora"));
    await remote.takeOff(at("eve"), list);
    gone.push(at("eve"));
    const before = (await remote.members(list)).get(at("dora"));
    await project.drift({ record: true });
    await change({
      [at("dora")]: { name: "Dorothea" },
      [at("eve")]: { name: "Eva" },
      [at("finn")]: { score: "" },
    });
    await settle();
    expect((await remote.members(list)).get(at("dora"))).toEqual(before);
    expect(await judge()).toEqual([]);

    // Drift: another value by hand is sent over; another list is taken over.
    await remote.rename(at("bob"), "Robert", list);
    const other = await remote.addList("other");
    await remote.addStranger(at("ann"), [other]);
    await remote.addStranger(at("old.member"), [other]);
    letTimePass(300);
    await project.config(configOf(vendor, { weekly: list, other }));
    const taken = await adopt({
      cwd: project.folder,
      exportName: "other",
      emit: () => undefined,
      signal: new AbortController().signal,
      actor: "tester",
      approve: () => Promise.resolve(true),
    });
    expect(taken).toMatchObject({ adopted: true });
    await project.drift({ record: true });
    await settle();
    expect(await judge()).toEqual([]);
    const onOther = await remote.members(other);
    expect(onOther.has(at("old.member"))).toBe(false);
    for (const email of [saidNo, at("dora")]) expect(onOther.has(email), email).toBe(false);

    // Somebody is forgotten, and stays so.
    const { proof } = await forget({
      cwd: project.folder,
      input: { words: [at("finn")], file: undefined, stdin: undefined },
      deleting: false,
      dryRun: false,
      emit: () => undefined,
      signal: new AbortController().signal,
      actor: "tester",
      approve: () => Promise.resolve(true),
    });
    // Where a value cannot be cleared, the proof says so.
    expect(proof?.complete === true || told > 0).toBe(true);
    gone.push(at("finn"));
    await settle();
    expect(await judge()).toEqual([]);
    expect((await remote.members(other)).has(at("finn"))).toBe(false);
    for (const email of [saidNo, at("dora")]) expect(await remote.optedOut(email), email).toBe(true);
  },
);
