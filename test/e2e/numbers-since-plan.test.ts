import { afterEach, beforeEach, expect, it } from "vitest";
import type { PlanFile } from "../../src/model/plan/plan-file.js";
import type { ExportResult } from "../../src/model/run/run.js";
import type { Exchange } from "../../src/sandbox/index.js";
import { plan } from "../../src/usecases/plan.js";
import { parsePlanFile } from "../../src/approvals/saved-plan/plan-file.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

const ANN = "4930111111";
const BOB = "4930222222";
const CARL = "4930333333";

let project: Project;
let remote: Remote;
let first: string;
let second: string;
let onExchange: (exchange: Exchange) => void;

beforeEach(async () => {
  onExchange = () => undefined;
  // Joining two contacts loses the blocklist flag of the one that goes.
  project = await openProject({
    behaviour: "pessimistic",
    sandbox: { onExchange: (exchange) => onExchange(exchange) },
  });
  remote = remoteOf(project, "brevo");
  first = await remote.addList("first");
  second = await remote.addList("second");
  const mirror = { connection: "brevo", match: { email: "email" } };
  const attributes = { phone: { column: "phone", type: "phone", as: "sms" } };
  await project.config({
    connections: { brevo: project.connections({ optOuts: { maxAge: "1s" } })["brevo"] },
    sources: { crm: { type: "files", path: "profiles.csv", columns: { phone: "text" } } },
    segments: { some: { source: "crm", where: "NOT late" }, late: { source: "crm", where: "late" } },
    exports: {
      weekly: { ...mirror, list: first, segments: ["some"], attributes },
      after: { ...mirror, list: second, segments: ["late"], attributes },
    },
  });
  await project.profiles([
    { email: "ann@example.com", phone: `+${ANN}`, late: false },
    { email: "bob@example.com", phone: `+${BOB}`, late: false },
    { email: "carl@example.com", phone: `+${CARL}`, late: true },
    { email: "dora@example.com", phone: "", late: true },
  ]);
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const save = async (): Promise<PlanFile> => {
  const { file } = await plan({
    cwd: project.folder,
    save: { base: undefined },
    emit: () => undefined,
    signal: new AbortController().signal,
  });
  return parsePlanFile(JSON.stringify(file), "plan.json");
};
const results = (exports: readonly ExportResult[]): Record<string, string> =>
  Object.fromEntries(exports.map(({ name, status, added }) => [name, `${status} ${added}`]));
const numbers = async (list: string): Promise<Record<string, unknown>> =>
  Object.fromEntries([...(await remote.members(list))].map(([email, { SMS }]) => [email.split("@")[0], SMS]));

/** Somebody who takes no mail comes to have a number, as by a form. */
function takeNumber(email: string, number: string): void {
  const account = project.sandbox.brevo();
  account.addContact(email, { attributes: { SMS: number } });
  account.blocklist(email);
}
function expectThere(email: string, number: string): void {
  expect(project.sandbox.brevo().contact(email)).toMatchObject({
    emailBlacklisted: true,
    attributes: { SMS: number },
  });
}

it("phone numbers are not sent with a saved plan when other contacts have them by now", async () => {
  const saved = await save();
  takeNumber("pat@example.com", ANN);
  expect(results((await project.apply({ saved })).exports)).toEqual({
    weekly: "succeeded 2",
    after: "succeeded 2",
  });
  expectThere("pat@example.com", ANN);
  expect(await numbers(first)).toEqual({ ann: undefined, bob: BOB });
  expect(project.events).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining("left out of what is sent") as string }),
  );
  expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0 });
});

it("phone numbers are not sent when other contacts got them while somebody looked at the plan", async () => {
  const { run } = await project.applyResult({
    asks: true,
    approve: () => {
      takeNumber("pat@example.com", ANN);
      // Who has no address has a number all the same.
      takeNumber(`${CARL}@mailin-sms.com`, CARL);
      // Past what the connection calls fresh.
      letTimePass(2);
      return Promise.resolve(true);
    },
  });
  expect(results(run?.exports ?? [])).toEqual({ weekly: "succeeded 2", after: "succeeded 2" });
  expectThere("pat@example.com", ANN);
  expectThere(`${CARL}@mailin-sms.com`, CARL);
  expect(await numbers(first)).toEqual({ ann: undefined, bob: BOB });
  expect(await numbers(second)).toEqual({ carl: undefined, dora: undefined });
});

it("phone numbers wait for the next run when other contacts got them during this one", async () => {
  const saved = await save();
  let taken = false;
  onExchange = ({ method, path }) => {
    if (taken || method !== "POST" || !path.endsWith("/contacts/import")) return;
    taken = true;
    takeNumber("pat@example.com", CARL);
    letTimePass(2);
  };
  expect(results((await project.apply({ saved })).exports)).toEqual({
    weekly: "succeeded 2",
    after: "partly 1",
  });
  expectThere("pat@example.com", CARL);
  expect(await numbers(second)).toEqual({ dora: undefined });
  // The plan is not used up, and goes on.
  expect(results((await project.apply({ saved })).exports)).toEqual({
    weekly: "unchanged 0",
    after: "succeeded 1",
  });
  expectThere("pat@example.com", CARL);
  expect(await numbers(second)).toEqual({ carl: undefined, dora: undefined });
});
