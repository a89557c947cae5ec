import { afterEach, beforeEach, expect, it } from "vitest";
import { exportOf, openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "sendgrid");
  list = await remote.addList("customers");
});
afterEach(() => project.stop());

const weekly = (more: Yaml = {}): Yaml => ({
  connection: "sendgrid",
  list,
  segments: ["all"],
  match: { email: "email" },
  ...more,
});
const configure = (more: Yaml = {}): Promise<void> =>
  project.config({ segments: { all: { source: "crm" } }, exports: { weekly: weekly(more) } });
const people = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));

/** Plan shows the failed check, apply refuses, and not one write reaches the vendor. */
async function mustRefuse(check: string): Promise<void> {
  const plan = await project.plan();
  const all = [...exportOf(plan, "weekly").checks, ...plan.accounts.flatMap((account) => account.checks)];
  expect(all.filter(({ status }) => status === "failed").map(({ name }) => name)).toContain(check);
  const before = writes();
  expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", error: { kind: "refused" } });
  expect(writes()).toBe(before);
}

function writes(): number {
  return project.exchanges.filter(({ method, path }) => method !== "GET" && !/search|exports/.test(path))
    .length;
}

it("sends nothing to a connection that nobody agreed to", async () => {
  await configure();
  const { sendgrid, ...others } = project.connections();
  const { dataPrivacy: _, ...unagreed } = sendgrid ?? {};
  await project.config({
    connections: { ...others, sendgrid: unagreed },
    segments: { all: { source: "crm" } },
    exports: { weekly: weekly() },
  });
  await project.profiles(people(2));
  await mustRefuse("data-privacy");
  expect(
    project.exchanges.filter(({ requestBody }) => JSON.stringify(requestBody ?? "").includes("@")),
  ).toEqual([]);
});

it("refuses a segment that fell to nobody, unless that is allowed", async () => {
  await configure();
  await project.profiles(people(5));
  await project.apply();
  await project.profiles([], undefined, ["email"]);
  await mustRefuse("empty-segment");
  expect(await remote.members(list)).toHaveProperty("size", 5);
  await configure({ safeguards: { allowEmpty: true } });
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 5 });
});

it("refuses more removals than a share of the recorded members, by default 30%", async () => {
  await configure();
  await project.profiles(people(20));
  await project.apply();
  await project.profiles(people(13));
  await mustRefuse("max-removals");
  await project.profiles(people(14));
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 6 });
});

it("refuses more removals, adds and profiles than a count", async () => {
  await configure({ safeguards: { maxRemovals: { count: 1 }, maxAdds: { count: 4 }, maxProfiles: 5 } });
  await project.profiles(people(5));
  await mustRefuse("max-adds");
  await project.profiles(people(4));
  await project.apply();
  await project.profiles(people(2));
  await mustRefuse("max-removals");
  await configure({ safeguards: { maxProfiles: 5 } });
  await project.profiles(people(6));
  await mustRefuse("max-profiles");
});

it("refuses sources that are smaller than they should be", async () => {
  await configure({ safeguards: { minSourceRows: 3 } });
  await project.profiles(people(2));
  await mustRefuse("min-source-rows");
});

it("refuses more addresses over all exports than the contract allows", async () => {
  const second = await remote.addList("second");
  await project.profiles([
    ...people(3).map((row) => ({ ...row, half: 1 })),
    { email: "q1@example.com", half: 2 },
    { email: "q2@example.com", half: 2 },
  ]);
  const halves = (contacts: number): Promise<void> =>
    project.config({
      connections: { ...project.connections({ contract: { contacts } }) },
      segments: { first: { source: "crm", where: "half = 1" }, rest: { source: "crm", where: "half = 2" } },
      exports: {
        weekly: weekly({ segments: ["first"] }),
        other: weekly({ segments: ["rest"], list: second }),
      },
    });
  await halves(4);
  await mustRefuse("max-addresses");
  await halves(5);
  expect((await project.apply()).exports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
});

it("allows a SendGrid account 100,000 addresses unless the contract says more", async () => {
  await configure();
  await project.write(
    "profiles.csv",
    `email\n${Array.from({ length: 100_001 }, (_, index) => `p${index}@example.com`).join("\n")}\n`,
  );
  await mustRefuse("max-addresses");
  await project.config({
    connections: project.connections({ contract: { contacts: 200_000 } }),
    segments: { all: { source: "crm" } },
    exports: { weekly: weekly() },
  });
  const { accounts } = await project.plan();
  expect(accounts[0]).toMatchObject({ addresses: 100_001, limit: 200_000, checks: [] });
});
