import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project } from "../support/project.js";

/** The readings under which labels in single updates are ignored, imports that erase take what they do not name, and CSV knows no ISO dates. */
const switches = { brevoPutIgnoresLabels: true, brevoAbsentErases: true, brevoCsvDatesDayFirst: true };
const ANN = "ann@example.com";
/** Read by the sandbox with each request: an import with one of them is refused as a whole. */
const refuses: string[] = [];
let project: Project;
let list: number;

beforeEach(async () => {
  refuses.length = 0;
  project = await openProject({ sandbox: { switches }, refuses });
  const state = project.sandbox.brevo();
  list = state.addList("customers");
  const enumeration = ["gold", "silver"].map((label, index) => ({ value: index + 1, label }));
  state.addAttribute({ name: "TIER", category: "category", enumeration });
  state.addAttribute({ name: "BORN", category: "normal", type: "date" });
  state.addAttribute({ name: "VIP", category: "normal", type: "boolean" });
  state.addAttribute({ name: "OWN", category: "normal", type: "text" });
});
afterEach(() => project.stop());

async function configure(attributes: Record<string, string>): Promise<void> {
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "brevo",
        list,
        segments: ["all"],
        match: { email: "email" },
        nulls: "clear",
        attributes,
      },
    },
  });
}

const stored = () => project.sandbox.brevo().contact(ANN)?.attributes;

it("a category is updated where its label would be ignored, and the update is read back", async () => {
  await configure({ TIER: "tier", firstName: "name" });
  await project.profiles([{ email: ANN, tier: "gold", name: "Ann" }]);
  await project.apply();
  await project.profiles([{ email: ANN, tier: "silver", name: "Anne" }]);
  expect(await project.applyOf("weekly")).toMatchObject({ updated: 1, rejected: 0, evidence: "read-back" });
  expect(stored()).toEqual({ TIER: 2, FIRSTNAME: "Anne" });
  expect(await project.applyOf("weekly")).toMatchObject({ status: "unchanged" });
});

it("clearing a value keeps every value that is not mapped, for additions and for many updates", async () => {
  const state = project.sandbox.brevo();
  state.addContact(ANN, { attributes: { FIRSTNAME: "Old", OWN: "kept" } });
  await configure({ firstName: "name", TIER: "tier" });
  const people = Array.from({ length: 100 }, (_, n) => ({
    email: `p${n}@example.com`,
    name: "P",
    tier: "gold",
  }));
  await project.profiles([{ email: ANN, name: "", tier: "gold" }, ...people]);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 101 });
  expect(stored()).toEqual({ TIER: 1, OWN: "kept" });
  await project.profiles([
    { email: ANN, name: "Ann", tier: "" },
    ...people.map((one) => ({ ...one, name: "Q" })),
  ]);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", updated: 101 });
  expect(stored()).toEqual({ FIRSTNAME: "Ann", OWN: "kept" });
  expect(state.memberCount(list)).toBe(101);
});

it("dates arrive beside booleans, which go as CSV", async () => {
  await configure({ BORN: "born", VIP: "vip" });
  await project.profiles([{ email: ANN, born: "2001-02-03", vip: "false" }]);
  expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 1 });
  expect(stored()).toEqual({ BORN: "2001-02-03", VIP: false });
});

it("a value that was cleared before a refused attempt does not count as present when the next one fails", async () => {
  await configure({ firstName: "name", TIER: "tier" });
  const cleared = [ANN, "bob@example.com"].map((email) => ({ email, name: "Old", tier: "gold" }));
  const people = Array.from({ length: 100 }, (_, n) => ({ email: `p${n}@example.com`, tier: "gold" }));
  const others = (name: string) => people.map((one) => ({ ...one, name }));
  await project.profiles([...cleared, ...others("P")]);
  await project.apply();
  const answer = (path: string, nth: number, status: number, body: string) =>
    project.sandbox.inject({
      vendor: "brevo",
      method: "PUT",
      path,
      nth,
      effect: { kind: "answer", status, type: "application/json", body },
    });
  answer("/contacts/bob*", 1, 400, '{"code":"invalid_parameter","message":"no"}');
  answer("/contacts/ann*", 2, 401, '{"code":"unauthorized","message":"Key not found"}');
  await project.profiles([...cleared.map((one) => ({ ...one, tier: "" })), ...others("Q")]);
  expect((await project.applyOf("weekly")).status).not.toBe("succeeded");
  expect(stored()).toEqual({ FIRSTNAME: "Old" });
  // The data is again as it was when it was last delivered.
  await project.profiles([...cleared, ...others("Q")]);
  await project.apply();
  expect(stored()).toEqual({ FIRSTNAME: "Old", TIER: 1 });
});

it.each([
  ["one of many", [ANN], { status: "partly", rejected: 1, unknown: 0 }],
  ["everybody in it", [ANN, "bob@example.com"], { rejected: 0, unknown: 2 }],
])(
  "a value that was cleared before an import refused %s does not count as present",
  async (_whom, wrong, ended) => {
    await configure({ firstName: "name", TIER: "tier" });
    const others = Array.from({ length: 100 }, (_, n) => ({
      email: `p${n}@example.com`,
      name: "P",
      tier: "gold",
    }));
    const before = [ANN, "bob@example.com"].map((email) => ({ email, name: "Old", tier: "gold" }));
    await project.profiles([...before, ...others]);
    await project.apply();
    refuses.push(...wrong);
    await project.profiles([
      ...before.map((one) => ({ ...one, name: "New", tier: "" })),
      ...others.map((one) => ({ ...one, name: "Q" })),
    ]);
    expect(await project.applyOf("weekly")).toMatchObject(ended);
    expect(stored()).toEqual({ FIRSTNAME: "Old" });
    // The data is again as it was when it was last delivered.
    refuses.length = 0;
    await project.profiles([...before, ...others.map((one) => ({ ...one, name: "Q" }))]);
    await project.apply();
    expect(stored()).toEqual({ FIRSTNAME: "Old", TIER: 1 });
  },
);
