import { afterEach, beforeEach, expect, it } from "vitest";
import { numbered } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;

beforeEach(async () => {
  story = await openStory("brevo", { weekly: { consent: "consent" } });
  await story.write("complaints.csv", "email\nnobody@example.com\n");
});
afterEach(() => story.stop());

const configure = (exports: Yaml, more: Yaml = {}): Promise<void> =>
  story.config({
    segments: { all: { source: "crm" }, complaints: { addresses: "complaints.csv" } },
    suppressions: ["complaints"],
    exports,
    ...more,
  });
/** The first of them refuse. */
const people = (count: number, refusing = 0): Row[] => [
  ...numbered(1, refusing, { consent: false }),
  ...numbered(refusing + 1, count, { consent: true }),
];
const size = async (of?: string): Promise<number> => (await story.members(of)).length;
const cli = (...words: string[]) => rollcall(words, { cwd: story.folder });

it("a refused apply prints the command that overrides, which records who did", async () => {
  await configure({ weekly: story.weekly() });
  await story.profiles(people(20));
  await story.apply();
  await story.profiles(people(10));

  expect((await cli("plan")).code).toBe(0);
  const unsafe = await cli("plan", "--fail-on-unsafe");
  expect(unsafe.code).toBe(5);
  const command = "rollcall apply --override weekly:max-removals";
  expect(unsafe.stdout).toContain(`If all of this is meant: ${command}`);
  const refused = await cli("apply", "--auto-approve");
  expect(refused.code).toBe(5);
  expect(refused.stdout.replaceAll(/\s+/g, " ")).toContain(`If this is meant: \`${command}\`.`);
  expect(await size()).toBe(20);

  // A preview changes nothing, and an override of another export or check does not help.
  const preview = await cli("plan", "--override", "max-removals", "--fail-on-unsafe", "--json");
  expect(preview.code).toBe(0);
  expect(JSON.stringify(preview.events)).toContain('"status":"overridden"');
  expect((await story.applyOf("weekly", { overrides: ["max-adds"] })).status).toBe("refused");
  expect(await size()).toBe(20);

  const done = await cli("apply", "--auto-approve", "--override", "weekly:max-removals", "--json");
  expect(done.code).toBe(0);
  const run = done.events.find(({ type }) => type === "run")?.["run"] as { actor: string; exports: object[] };
  expect(run.exports).toMatchObject([{ status: "succeeded", removed: 10, overrides: ["max-removals"] }]);
  expect(await size()).toBe(10);
  const files = [...(await story.stateFiles()).values()];
  expect(files.some((bytes) => bytes.includes('"check": "max-removals"'))).toBe(true);
  expect(files.some((bytes) => bytes.includes('"override"') && bytes.includes(run.actor))).toBe(true);
  await story.mustBeSettled();
});

it("the command for a saved plan keeps its narrowing and overrides, wherever that plan is shown", async () => {
  const decoy = await story.remote.addList("decoy");
  const strict = { safeguards: { maxRemovals: { count: 1 }, minSourceRows: 15 } };
  await configure({ weekly: story.weekly(strict), monthly: story.weekly({ ...strict, list: decoy }) });
  await story.profiles(people(20));
  await story.apply();
  await story.profiles(people(10));

  const narrow = ["--target", "weekly", "--retry-rejected", "--override", "weekly:min-source-rows"];
  const printed = `rollcall apply ${[...narrow, "--override", "weekly:max-removals"].join(" ")}`;
  const planned = await cli("plan", ...narrow, "--out", "plan.json");
  const shown = await cli("show", "plan.json");
  const approving = await cli("approve", "plan.json", "--key", "id_ed25519");
  const applied = await cli("apply", "plan.json");
  for (const text of [planned.stdout, shown.stdout, approving.stderr, applied.stdout])
    expect(text).toContain(`If all of this is meant: ${printed}\n`);
  expect(applied.code).toBe(5);
  expect(applied.stdout).toContain(`\`${printed}\`.`);

  expect(await cli(...printed.split(" ").slice(1), "--auto-approve")).toMatchObject({ code: 0 });
  expect([await size(), await size(decoy)]).toEqual([10, 20]);
});

it("the command of a refused run keeps earlier overrides", async () => {
  await configure({ weekly: story.weekly({ safeguards: { maxRemovals: { count: 1 }, minSourceRows: 15 } }) });
  await story.profiles(people(20));
  await story.apply();
  await story.profiles(people(10));
  const given = ["--removals-only", "--override", "min-source-rows"];
  const refused = await cli("apply", "--auto-approve", ...given);
  expect(refused.code).toBe(5);
  const printed = [...given, "--override", "weekly:max-removals"];
  expect(refused.stdout).toContain(`\`rollcall apply ${printed.join(" ")}\`.`);
  expect((await cli("apply", "--auto-approve", ...printed)).code).toBe(0);
  expect(await size()).toBe(10);
});

it("each refused export shows what lets it pass, and the plan shows what lets all pass", async () => {
  const second = await story.remote.addList("second");
  const strict = { safeguards: { maxRemovals: { count: 1 } } };
  await configure({ weekly: story.weekly(strict), monthly: story.weekly({ ...strict, list: second }) });
  await story.profiles(people(20));
  await story.apply();
  await story.profiles(people(10));
  const { code, stdout } = await cli("apply", "--auto-approve");
  expect(code).toBe(5);
  expect(stdout).toContain(
    "If all of this is meant: rollcall apply --override weekly:max-removals --override monthly:max-removals\n",
  );
  for (const [name, there] of [
    ["monthly", second],
    ["weekly", story.list],
  ] as const) {
    const words = ["apply", "--target", name, "--override", `${name}:max-removals`];
    expect(stdout).toContain(`\`rollcall ${words.join(" ")}\`.`);
    expect((await cli(...words, "--auto-approve")).code).toBe(0);
    expect(await size(there)).toBe(10);
  }
});

it("the printed command is the same where nobody can be asked", async () => {
  await configure({ weekly: story.weekly() });
  await story.profiles(people(1));
  for (const words of [
    ["--target", "weekly", "--removals-only", "--override", "max-removals"],
    ["--retry-rejected", "--due"],
  ]) {
    const { code, stderr } = await cli("apply", ...words);
    expect(code).toBe(3);
    expect(stderr).toContain(`\`rollcall plan ${words.join(" ")}\``);
    expect(stderr).toContain(`\`rollcall apply ${words.join(" ")} --auto-approve\``);
  }
  const { stderr } = await cli("plan", "--target", "weekly", "--removals-only", "--due");
  expect(stderr).toContain("`rollcall apply --target weekly --removals-only`");
});

it("an override of an unknown check, or of one that nobody may override, is a mistake", async () => {
  await configure({ weekly: story.weekly() });
  await story.profiles(people(1));
  for (const [word, message] of [
    ["data-privacy", 'The check "data-privacy" cannot be overridden.'],
    ["two-mirrors", 'The check "two-mirrors" cannot be overridden.'],
    ["nobody:max-removals", 'There is no export "nobody"'],
  ] as const) {
    await expect(story.plan({ overrides: [word] })).rejects.toThrow(message);
    await expect(story.apply({ overrides: [word] })).rejects.toThrow(message);
  }
  const { code, stderr } = await cli("apply", "--auto-approve", "--override", "max-remvals");
  expect(code).toBe(3);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain('There is no check "max-remvals".');
  expect(stderr).toContain("max-removals");
  expect(await size()).toBe(0);
});

it("withdrawals are sent although a safeguard refuses the export", async () => {
  await configure({ weekly: story.weekly({ safeguards: { minSourceRows: 10, maxAdds: { count: 3 } } }) });
  await story.profiles(people(12));
  expect((await story.applyOf("weekly", { overrides: ["max-adds"] })).added).toBe(12);

  // One withdraws consent, one complains, and eight leave.
  await story.profiles(people(4, 1));
  await story.write("complaints.csv", "email\np2@example.com\n");
  expect(await story.applyOf("weekly")).toMatchObject({
    status: "refused",
    added: 0,
    removed: 2,
    error: { kind: "refused" },
  });
  const left = await story.members();
  expect(left).toHaveLength(10);
  expect(left).not.toContain("p1");
  expect(left).not.toContain("p2");
  expect(await story.applyOf("weekly")).toMatchObject({ status: "refused", removed: 0 });

  // The contract's limit holds up no withdrawal either.
  const { brevo } = story.connections({ contract: { contacts: 5 } });
  await configure({ weekly: story.weekly() }, { connections: { brevo } });
  await story.profiles(people(12, 3));
  const limited = await story.applyOf("weekly");
  expect(limited).toMatchObject({ status: "refused", removed: 1 });
  expect(limited.error?.message).toContain("max-addresses");
  expect(await size()).toBe(9);
});

it("withdrawals are held up when they are more than half of the list", async () => {
  await configure({ weekly: story.weekly() });
  await story.profiles(people(12));
  await story.apply();
  await story.profiles(people(12, 12));
  const refused = await story.applyOf("weekly");
  expect(refused).toMatchObject({ status: "refused", removed: 0 });
  expect(refused.error?.message).toContain("max-withdrawals");
  expect(await size()).toBe(12);
  const meant = await story.applyOf("weekly", { overrides: ["max-removals", "weekly:max-withdrawals"] });
  expect(meant).toMatchObject({
    status: "succeeded",
    removed: 12,
    overrides: ["max-removals", "max-withdrawals"],
  });
  expect(await size()).toBe(0);
});

it("a name and an id, or two connections, are known to mean one list", async () => {
  const { brevo } = story.connections();
  await story.profiles(people(3));
  const mirrors = (second: Yaml): Promise<void> =>
    configure(
      { weekly: story.weekly(), other: story.weekly(second) },
      // Spelled otherwise, so that the YAML does not tell that it is one account.
      { connections: { brevo, again: { ...brevo, apiKey: { file: "./again.key" } } } },
    );
  await story.write("again.key", await story.read("brevo.key"));
  for (const second of [
    { list: { name: "customers" } },
    { connection: "again", list: { name: "customers" } },
    { connection: "again" },
  ]) {
    await mirrors(second);
    const { plan: planned, run } = await story.planAndApply("weekly");
    expect(planned.exports.map(({ checks }) => checks.map(({ name }) => name))).toEqual([
      ["two-mirrors"],
      ["two-mirrors"],
    ]);
    expect(run.exports.map(({ status }) => status)).toEqual(["refused", "refused"]);
  }
  expect(await size()).toBe(0);
  // Not made yet: the name alone says it.
  await configure(
    {
      weekly: story.weekly({ list: { name: "New", create: true } }),
      other: story.weekly({ connection: "again", list: { name: "New", create: true } }),
    },
    { connections: { brevo, again: { ...brevo, apiKey: { file: "./again.key" } } } },
  );
  expect((await story.apply()).exports.map(({ status }) => status)).toEqual(["refused", "refused"]);

  // An export that is left out of a run still owns its list.
  await configure({ weekly: story.weekly() });
  await story.apply();
  await mirrors({ list: { name: "customers" } });
  expect((await story.apply({ targets: ["other"] })).exports).toMatchObject([{ status: "refused" }]);
  await mirrors({ list: { name: "customers" }, mode: "upsert" });
  expect((await story.apply()).exports.map(({ status }) => status)).toEqual(["unchanged", "unchanged"]);
});
