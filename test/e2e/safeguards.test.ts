import { afterEach, beforeEach, expect, it } from "vitest";
import { numbered } from "../support/people.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;

beforeEach(async () => {
  story = await openStory("sendgrid");
});
afterEach(() => story.stop());

/** Its plan shows the failed check, apply refuses, and not one write reaches the vendor. */
async function mustRefuse(check: string): Promise<void> {
  const before = writes();
  const { plan, planned, result } = await story.planAndApply("weekly");
  const all = [...planned.checks, ...plan.accounts.flatMap((account) => account.checks)];
  expect(all.filter(({ status }) => status === "failed").map(({ name }) => name)).toContain(check);
  expect(result).toMatchObject({ status: "refused", error: { kind: "refused" } });
  expect(writes()).toBe(before);
}

function writes(): number {
  return story.exchanges.filter(({ method, path }) => method !== "GET" && !/search|exports/.test(path))
    .length;
}

it("an apply sends nothing to a connection that nobody agreed to", async () => {
  await story.configure();
  const { sendgrid, ...others } = story.connections();
  const { dataPrivacy: _, ...unagreed } = sendgrid ?? {};
  await story.config({
    connections: { ...others, sendgrid: unagreed },
    exports: { weekly: story.weekly() },
  });
  await story.profiles(numbered(1, 2));
  await mustRefuse("data-privacy");
  expect(
    story.exchanges.filter(({ requestBody }) => JSON.stringify(requestBody ?? "").includes("@")),
  ).toEqual([]);
});

it("a segment that became empty is refused, unless that is allowed", async () => {
  await story.configure();
  await story.profiles(numbered(1, 5));
  await story.apply();
  await story.profiles([], undefined, ["email"]);
  await mustRefuse("empty-segment");
  expect(await story.members()).toHaveLength(5);
  await story.configure({ safeguards: { allowEmpty: true } });
  expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 5 });
});

it("removals above a share of the recorded members, by default 30%, are refused", async () => {
  await story.configure();
  await story.profiles(numbered(1, 20));
  await story.apply();
  await story.profiles(numbered(1, 13));
  await mustRefuse("max-removals");
  await story.profiles(numbered(1, 14));
  expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 6 });
});

it("removals, additions and profiles above a count are refused", async () => {
  await story.configure({ safeguards: { maxRemovals: { count: 1 }, maxAdds: { count: 4 }, maxProfiles: 5 } });
  await story.profiles(numbered(1, 5));
  await mustRefuse("max-adds");
  await story.profiles(numbered(1, 4));
  await story.apply();
  await story.profiles(numbered(1, 2));
  await mustRefuse("max-removals");
  await story.configure({ safeguards: { maxProfiles: 5 } });
  await story.profiles(numbered(1, 6));
  await mustRefuse("max-profiles");
});

it("a source that is smaller than it should be is refused", async () => {
  await story.configure({ safeguards: { minSourceRows: 3 } });
  await story.profiles(numbered(1, 2));
  await mustRefuse("min-source-rows");
});

it("addresses of all exports above the limit of the contract are refused", async () => {
  const second = await story.remote.addList("second");
  await story.profiles([
    ...numbered(1, 3).map((row) => ({ ...row, half: 1 })),
    { email: "q1@example.com", half: 2 },
    { email: "q2@example.com", half: 2 },
  ]);
  const halves = (contacts: number): Promise<void> =>
    story.config({
      connections: { ...story.connections({ contract: { contacts } }) },
      segments: { first: { source: "crm", where: "half = 1" }, rest: { source: "crm", where: "half = 2" } },
      exports: {
        weekly: story.weekly({ segments: ["first"] }),
        other: story.weekly({ segments: ["rest"], list: second }),
      },
    });
  await halves(4);
  await mustRefuse("max-addresses");
  await halves(5);
  expect((await story.apply()).exports.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
});

it("a SendGrid account may hold 100,000 addresses unless the contract says more", async () => {
  await story.configure();
  await story.write(
    "profiles.csv",
    `email\n${Array.from({ length: 100_001 }, (_, index) => `p${index}@example.com`).join("\n")}\n`,
  );
  await mustRefuse("max-addresses");
  await story.config({
    connections: story.connections({ contract: { contacts: 200_000 } }),
    exports: { weekly: story.weekly() },
  });
  const { accounts } = await story.plan();
  expect(accounts[0]).toMatchObject({ addresses: 100_001, limit: 200_000, checks: [] });
});
