import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

/** Which of several profiles of one address is delivered; never a matter of file order. */
let project: Project;

beforeEach(async () => {
  project = await openProject();
  await remoteOf(project, "file").addList("customers");
});
afterEach(() => project.stop());

async function winner(rows: readonly Row[], segments: Yaml): Promise<unknown> {
  await project.config({
    segments,
    exports: {
      weekly: {
        connection: "file",
        list: "customers",
        segments: Object.keys(segments),
        match: { email: "email" },
        attributes: { firstName: "first_name" },
      },
    },
  });
  await project.profiles(rows);
  await project.apply();
  const members = await remoteOf(project, "file").members("customers");
  expect(members.size).toBe(1);
  return members.get("ann@example.com")?.["firstName"];
}

const profile = (first_name: string, more: Row = {}): Row => ({
  email: "ann@example.com",
  first_name,
  ...more,
});

it("the profile of the first segment wins, whatever comes first in the file", async () => {
  const segments = { second: { source: "crm", where: "n = 2" }, first: { source: "crm", where: "n = 1" } };
  expect(
    await winner([profile("One", { n: 1 }), profile("Two", { n: 2, email: "ANN@example.com" })], segments),
  ).toBe("Two");
});

it("the profile that the segment orders first wins within a segment", async () => {
  const segments = { all: { source: "crm", orderBy: "updated_at desc, n" } };
  const rows = [
    profile("Older", { updated_at: "2026-01-01", n: 1 }),
    profile("Newest", { updated_at: "2026-03-01", n: 2 }),
    profile("Newest but later", { updated_at: "2026-03-01", n: 3 }),
  ];
  expect(await winner(rows, segments)).toBe("Newest");
  expect(await winner(rows.toReversed(), segments)).toBe("Newest");
});

it("the same profile wins a tie however the file is sorted", async () => {
  const rows = ["Ada", "Bea", "Cia", "Dee", "Eva", "Fay"].map((name) => profile(name, { n: 1 }));
  const rotated = (by: number): Row[] => [...rows.slice(by), ...rows.slice(0, by)];
  for (const segments of [{ all: { source: "crm" } }, { all: { source: "crm", orderBy: "n" } }]) {
    const won = await winner(rows, segments);
    for (const by of [1, 2, 3, 4, 5]) expect(await winner(rotated(by), segments)).toBe(won);
  }
});

it("any profile without consent holds the address back, whoever wins", async () => {
  await project.config({
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: "file",
        list: "customers",
        segments: ["all"],
        match: { email: "email" },
        consent: "consent = 'yes'",
      },
    },
  });
  await project.profiles([
    profile("One", { consent: "yes" }),
    profile("Two", { consent: "no", email: " Ann@Example.com" }),
    { email: "bob@example.com", consent: "" },
    { email: "carl@example.com", consent: "yes" },
    { email: "nobody", consent: "yes" },
    { email: "", consent: "yes" },
  ]);
  const {
    planned: { counts },
  } = await project.planAndApply("weekly");
  expect(counts).toMatchObject({ desired: 3, add: 1, heldBack: { "no consent": 2, invalid: 2 } });
  expect([...(await remoteOf(project, "file").members("customers")).keys()]).toEqual(["carl@example.com"]);
});
