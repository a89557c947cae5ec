import { afterEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/cli/process/exit-code.js";
import type { Verdict } from "../../src/model/connections/belief.js";
import type { Verification, VerificationPlan } from "../../src/model/connections/verification.js";
import { SWITCHES, type SandboxOptions, type Switches } from "../../src/sandbox/index.js";
import { plain } from "../../src/report/layout/palette.js";
import { verificationHuman } from "../../src/report/connections/verification-human.js";
import { verify, type VerifyOptions } from "../../src/usecases/connections/verify.js";
import { brevo } from "../../src/destinations/brevo/index.js";
import { sendgrid } from "../../src/destinations/sendgrid/index.js";
import { BREVO_KEY, openProject, SENDGRID_KEY, type Project } from "../support/project.js";
import { rollcall, start as begin } from "../support/rollcall.js";
import { remoteOf } from "../support/remote.js";

const MINE = ["trial.one@example.org", "trial.two@example.org"] as const;
const VENDORS = ["brevo", "sendgrid"] as const;
type Vendor = (typeof VENDORS)[number];

/** Which belief each unpleasant reading contradicts. */
const CONTRADICTED: Readonly<Partial<Record<keyof Switches, string>>> = {
  brevoImportUnblocklists: "import-keeps-blocklist",
  brevoBlocklistingUntold: "blocklisting-is-a-change",
  brevoAbsentErases: "empty-flag-clears-only-empty",
  brevoNullErases: "null-clears-only-with-flag",
  brevoFalseIgnored: "import-stores-false",
  brevoPutIgnoresLabels: "put-takes-labels",
  brevoCsvDatesDayFirst: "csv-takes-year-first",
  brevoWrongTypeDropsRow: "wrong-type-keeps-row",
  brevoListNamesUnique: "list-names-may-repeat",
  brevoLimitsToldOtherwise: "ten-a-second",
  sendgridMissingIdentifierLosesRow: "one-identifier-is-enough",
  sendgridWrongTypeSilent: "wrong-type-is-told",
  sendgridNullLosesRow: "null-leaves-reserved-fields",
  sendgridUnknownListAccepted: "unknown-list-is-refused",
  sendgridRemoveJobUnknown: "removal-job-is-known",
  sendgridNewFieldUnusable: "new-field-at-once",
  sendgridExportsGzipped: "exports-are-plain",
  sendgridListNamesUnique: "list-names-may-repeat",
  sendgridJobStaysPending: "job-ends-with-its-effect",
  sendgridResetIsEpoch: "reset-is-seconds",
  sendgridEmptyLosesRow: "empty-clears-numbers-and-dates",
  sendgridCustomFieldsLeftOut: "custom-fields-are-listed",
};

/** Those that only show once a person has unsubscribed. */
const CONTRADICTED_LATER: Readonly<Partial<Record<keyof Switches, string>>> = {
  brevoAddClearsUnsubscribe: "import-keeps-unsubscribe",
  brevoContactsHideUnsubscribed: "account-tells-unsubscribes",
  brevoLookupHidesUnsubscribed: "lookup-tells-unsubscribes",
  brevoListDropsUnsubscribed: "list-tells-unsubscribes",
};

/** What some readings take to show. */
const SHOWN_BY: Readonly<Partial<Record<keyof Switches, Partial<SandboxOptions>>>> = {
  sendgridNewFieldUnusable: { delays: { jobMs: 20, visibleMs: 0, fieldMs: 300 } },
  sendgridJobStaysPending: { delays: { jobMs: 100, visibleMs: 0 } },
  brevoLimitsToldOtherwise: { limits: "vendor" },
  sendgridResetIsEpoch: { limits: { perMinute: 100_000 } },
};

let project: Project;
let list: string;
afterEach(() => project.stop());

async function start(
  vendor: Vendor,
  switches: Partial<Switches> = {},
  limits: { readonly contactLimit?: number } = {},
): Promise<void> {
  const shown = Object.keys(switches).map((name) => SHOWN_BY[name as keyof Switches]);
  const accounts = [
    { vendor: "brevo", key: BREVO_KEY, ...limits },
    { vendor: "sendgrid", key: SENDGRID_KEY, ...limits },
  ];
  project = await openProject({
    sandbox: Object.assign({ switches, accounts }, ...shown) as Partial<SandboxOptions>,
  });
  list = await remoteOf(project, vendor).addList("scratch");
  await project.config({ connections: { [vendor]: project.connections()[vendor] } });
}

async function run(
  vendor: Vendor,
  options: Partial<VerifyOptions> = {},
): Promise<{ plan: VerificationPlan | undefined; found: Verification }> {
  const { plan, verification, diagnostics } = await verify({
    cwd: project.folder,
    name: vendor,
    stage: "try",
    listId: list,
    addresses: MINE.join("\n"),
    unsubscribe: false,
    emit: () => undefined,
    signal: new AbortController().signal,
    actor: "tester",
    approve: () => Promise.resolve(true),
    ...options,
  });
  if (verification === undefined) throw new Error(JSON.stringify(diagnostics));
  return { plan, found: verification };
}

/** Everything that the sandbox's account holds and a trial could leave behind. */
async function picture(vendor: Vendor): Promise<unknown> {
  const get = async (path: string): Promise<unknown> => {
    const [base, headers] =
      vendor === "brevo"
        ? [project.sandbox.brevoUrl, { "api-key": BREVO_KEY }]
        : [project.sandbox.sendgridUrl, { authorization: `Bearer ${SENDGRID_KEY}` }];
    const { result, contacts, lists, attributes, custom_fields } = (await (
      await fetch(`${base}${path}`, { headers: headers as Record<string, string> })
    ).json()) as Record<string, unknown>;
    return { result, contacts, lists, attributes, custom_fields };
  };
  const paths = {
    brevo: ["/contacts", "/contacts/lists", "/contacts/attributes"],
    sendgrid: ["/v3/marketing/contacts", "/v3/marketing/lists", "/v3/marketing/field_definitions"],
  };
  return Promise.all(paths[vendor].map(get));
}

async function unsubscribe(vendor: Vendor): Promise<void> {
  if (vendor === "brevo") project.sandbox.brevo().unsubscribe(MINE[1], Number(list));
  else await remoteOf(project, vendor).optOut(MINE[1]);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function ofVerdict({ beliefs }: Verification, verdict: Verdict): string[] {
  return beliefs.filter((belief) => belief.verdict === verdict).map(({ id }) => id);
}

describe.each(VENDORS)("at %s", (vendor) => {
  it("confirms every belief that it can try, shows no address, and leaves nothing behind", async () => {
    await start(vendor);
    const account = await picture(vendor);
    const { plan, found } = await run(vendor);
    expect(found.errors).toEqual([]);
    expect(ofVerdict(found, "failed")).toEqual([]);
    const tried = plan?.steps.flatMap(({ beliefs }) => beliefs) ?? [];
    expect(ofVerdict(found, "held").length).toBeGreaterThan(tried.length - 4);
    expect(JSON.stringify({ plan, found })).not.toMatch(/trial\.one|trial\.two/);
    expect(found.traces).toBe("none");
    expect(await picture(vendor)).toEqual(account);
    await expect(run(vendor, { stage: "clean-up" })).rejects.toThrow("has left anything");
  });

  it("tells beliefs that need an unsubscribed person from those that do not", async () => {
    await start(vendor);
    const first = await run(vendor, { unsubscribe: true });
    expect(first.found.traces).toBe("waiting");
    await expect(run(vendor)).rejects.toThrow("waits for its second address to be unsubscribed");
    await unsubscribe(vendor);
    const { found } = await run(vendor, { stage: "unsubscribed" });
    expect(ofVerdict(found, "failed")).toEqual([]);
    expect(ofVerdict(found, "held").length).toBeGreaterThan(2);
    expect(found.traces).toBe("none");
    // A suppression outlives its contact, and no other trial may take the address.
    if (vendor === "brevo") expect(found.stays).toBeUndefined();
    else {
      const said = verificationHuman(found, plain).replaceAll(/\s+/g, " ");
      expect(said).toContain("stays among SendGrid's global unsubscribes");
      expect(said).toContain("`DELETE /v3/asm/suppressions/global/ADDRESS`");
      await expect(run(vendor)).rejects.toThrow("knows one of the addresses already");
    }
  });

  it("says nothing of beliefs while nobody has unsubscribed, and goes on waiting", async () => {
    await start(vendor);
    await run(vendor, { unsubscribe: true });
    const early = await run(vendor, { stage: "unsubscribed" });
    expect(ofVerdict(early.found, "held").concat(ofVerdict(early.found, "failed"))).toEqual([]);
    expect(early.found.traces).toBe("waiting");
    await unsubscribe(vendor);
    const { found } = await run(vendor, { stage: "unsubscribed" });
    expect([ofVerdict(found, "failed"), found.traces]).toEqual([[], "none"]);
  });

  it("says nothing of beliefs where its contacts do not arrive", async () => {
    await start(vendor, {}, { contactLimit: 0 });
    const { found } = await run(vendor);
    expect(found.errors.length).toBeGreaterThan(0);
    const values = ["put-clears-with-empty", "empty-clears-numbers-and-dates", "wrong-type-is-told"];
    for (const belief of found.beliefs.filter(({ id }) => values.includes(id)))
      expect([belief.id, belief.verdict]).toEqual([belief.id, "untried"]);
  });

  it("touches no list in use, and no contact that is known", async () => {
    await start(vendor);
    const remote = remoteOf(project, vendor);
    const other = await remote.addList("other");
    await remote.addStranger("stranger@example.com", [other]);
    const before = await picture(vendor);
    await expect(run(vendor, { listId: other })).rejects.toThrow("is not empty");
    const known = `stranger@example.com\n${MINE[1]}`;
    await expect(run(vendor, { addresses: known })).rejects.toThrow("knows one of the addresses already");
    await expect(run(vendor, { addresses: MINE[0] })).rejects.toThrow("two different addresses");
    await expect(run(vendor, { addresses: `${MINE[0]}\n${MINE[0].toUpperCase()}` })).rejects.toThrow(
      "two different addresses",
    );
    await project.config({
      connections: { [vendor]: project.connections()[vendor] },
      segments: { all: { source: "crm" } },
      exports: { own: { connection: vendor, list, segments: ["all"], match: { email: "email" } } },
    });
    await expect(run(vendor)).rejects.toThrow('is the one of export "own"');
    expect(await picture(vendor)).toEqual(before);
  });
});

it.each(Object.entries(CONTRADICTED))("%s contradicts %s, and nothing else", async (name, belief) => {
  const vendor = name.startsWith("brevo") ? "brevo" : "sendgrid";
  await start(vendor, { [name]: true });
  const { found } = await run(vendor);
  expect(found.errors).toEqual([]);
  expect(ofVerdict(found, "failed")).toEqual([belief]);
});

it.each(Object.entries(CONTRADICTED_LATER))(
  "%s contradicts %s once a person unsubscribed",
  async (name, belief) => {
    await start("brevo", { [name]: true });
    await run("brevo", { unsubscribe: true });
    await unsubscribe("brevo");
    const { found } = await run("brevo", { stage: "unsubscribed" });
    expect(ofVerdict(found, "failed")).toEqual([belief]);
  },
);

it("says of each switch of the sandbox which belief it is about", () => {
  const said = [...brevo.beliefs, ...sendgrid.beliefs].map(({ either }) => either).join();
  expect(Object.keys(SWITCHES).filter((name) => !said.includes(name))).toEqual([]);
});

describe.each(VENDORS)("while a trial at %s waits", (vendor) => {
  const words = ["connections", "verify", vendor];

  async function waiting(): Promise<void> {
    await start(vendor);
    await run(vendor, { unsubscribe: true });
  }

  it("status and the state say so, with the commands that go on and that end it", async () => {
    await waiting();
    for (const asked of [["status"], ["state", "list"]]) {
      const { stdout, code } = await rollcall(asked, { cwd: project.folder });
      expect(code).toBe(0);
      const text = stdout.replaceAll(/\s+/g, " ");
      expect(text).toContain("The trial of ");
      expect(text).toContain("waits for its second address to be unsubscribed");
      for (const option of ["--unsubscribed", "--clean-up"])
        expect(stdout).toContain(`\`rollcall connections verify ${vendor} ${option}\``);
      expect(stdout).not.toMatch(/trial\.one|trial\.two/);
    }
    const { events } = await rollcall(["status", "--json"], { cwd: project.folder });
    const result = events.find(({ type }) => type === "result");
    expect(result).toMatchObject({ data: { trials: [{ connection: vendor, stage: "waiting" }] } });
    await rollcall([...words, "--clean-up", "--auto-approve"], { cwd: project.folder });
    expect((await rollcall(["status"], { cwd: project.folder })).stdout).not.toContain("trial");
  });

  it("a test person who has since joined another list is neither written nor deleted", async () => {
    await waiting();
    const remote = remoteOf(project, vendor);
    const other = await remote.addList("other");
    await remote.addStranger(MINE[1], [other]);
    await expect(run(vendor, { stage: "unsubscribed" })).rejects.toThrow("on another list by now");
    const { found } = await run(vendor, { stage: "clean-up" });
    expect(found).toMatchObject({ traces: "none", kept: 1 });
    expect([...(await remote.members(other)).keys()]).toEqual([MINE[1]]);
    expect([...(await remote.members(list)).keys()]).toEqual([]);
  });

  it("nobody in it can be forgotten before it has ended", async () => {
    await waiting();
    await project.write("people.txt", MINE[1]);
    await project.write("forget.key", Buffer.alloc(32, 9).toString("base64"));
    await project.config({
      forget: { key: { file: "forget.key" } },
      connections: { [vendor]: project.connections()[vendor] },
    });
    const forget = ["forget", "--file", "people.txt", "--auto-approve"];
    const early = await rollcall(forget, { cwd: project.folder });
    expect(early.stdout).toContain(`\`rollcall connections verify ${vendor} --clean-up\``);
    expect(early.code).toBe(EXIT.partly);
    await rollcall([...words, "--clean-up", "--auto-approve"], { cwd: project.folder });
    const late = await rollcall(forget, { cwd: project.folder });
    expect(late.code, late.stderr).toBe(0);
  });
});

it("can be killed at any moment and cleaned up after", async () => {
  await start("brevo");
  const before = await picture("brevo");
  await project.write("mine.txt", MINE.join("\n"));
  const words = ["connections", "verify", "brevo"];
  const begun = begin([...words, "--list", list, "--addresses", "mine.txt", "--auto-approve"], {
    cwd: project.folder,
  });
  await until(() => project.sandbox.brevo().members(Number(list)).length > 0);
  begun.child.kill("SIGKILL");
  await begun.ended;
  expect(await picture("brevo")).not.toEqual(before);
  const { stdout: standing } = await rollcall(["status"], { cwd: project.folder });
  expect(standing).toContain("was cut off.");
  expect(standing).toContain("`rollcall connections verify brevo --clean-up`");
  const again = await rollcall([...words, "--list", list, "--addresses", "mine.txt", "--auto-approve"], {
    cwd: project.folder,
  });
  expect(again.stderr.replaceAll(/\s+/g, " ")).toContain("was cut off before it was cleaned up");
  expect(again.code).toBe(EXIT.refused);
  const cleaned = await rollcall([...words, "--clean-up", "--auto-approve"], { cwd: project.folder });
  expect(cleaned.code, cleaned.stderr).toBe(0);
  expect(await picture("brevo")).toEqual(before);
});

it("shows what it would do, asks, and reports", async () => {
  await start("brevo", { brevoFalseIgnored: true });
  await project.write("mine.txt", MINE.join("\n"));
  const words = ["connections", "verify", "brevo", "--list", list, "--addresses", "mine.txt"];
  const asking = await rollcall(words, { cwd: project.folder });
  expect(asking).toMatchObject({ code: EXIT.invalid, stdout: "" });
  expect(asking.stderr).toContain("There is no terminal to ask for approval");
  const dry = await rollcall([...words, "--dry-run"], { cwd: project.folder });
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toContain("imports the first address with an empty value");
  expect(project.sandbox.brevo().members(Number(list))).toEqual([]);
  const done = await rollcall([...words, "--auto-approve", "--json"], { cwd: project.folder });
  expect(done.code, done.stderr).toBe(0);
  expect(done.stderr).toContain("✗ import-stores-false");
  expect(done.stderr).toMatch(/\d+ beliefs held, 1 did not, \d+ could not be tried\./);
  expect(done.stdout + done.stderr + dry.stdout).not.toMatch(/trial\.one|trial\.two/);
});
