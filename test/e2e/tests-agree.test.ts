import { afterEach, expect, test } from "vitest";
import { stringify } from "yaml";
import type { ExportPlan } from "../../src/model/plan/plan.js";
import type { TestResult } from "../../src/model/reports/test-result.js";
import { test as runTests } from "../../src/usecases/test.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

let project: Project;
afterEach(() => project.stop());

/** Rows of a first day, with everything that can happen to a person. */
const DAY_ONE: readonly Row[] = [
  {
    id: 1,
    email: "Ann@Example.com",
    first: "Ann",
    born: "1990-02-03",
    zip: "01067",
    phone: "030 901820",
    score: 1.5,
    ok: true,
  },
  { id: 2, email: "ben@example.com", first: "Ben", born: "1991-02-03", zip: "10115", score: 2, ok: true },
  { id: 3, email: "cid@example.com", first: "Cid", zip: "20095", phone: "12", score: 3, ok: true },
  { id: 4, email: "dan@example.com", first: "Dan", zip: "50667", score: 4, ok: false },
  { id: 5, email: "no address", first: "Eve", zip: "80331", score: 5, ok: true },
];
/** Ann has another name, Ben's consent is gone, Cid left, and Fay is new. */
const DAY_TWO: readonly Row[] = [
  { ...DAY_ONE[0], first: "Anna", score: 7 },
  { ...DAY_ONE[1], ok: false },
  { ...DAY_ONE[3], ok: true },
  { id: 6, email: "fay@example.com", first: "Fay", zip: "1", score: 1, ok: true },
];

/** The numbers of a plan in the words of a test. */
const numbers = ({ counts }: ExportPlan): Yaml => ({
  add: counts.add,
  update: counts.update,
  remove: counts.remove,
  unchanged: counts.unchanged,
  heldBack: counts.heldBack,
});

test.each(["brevo", "sendgrid"] as const)(
  "a test of %s agrees with what plan says and apply sends",
  async (type) => {
    project = await openProject();
    const remote = remoteOf(project, type);
    const list = await remote.addList("customers");
    const typed = { column: "score", type: "number" };
    await project.config({
      sources: { crm: { type: "files", path: "profiles.csv", columns: { zip: "text" } } },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: {
          connection: type,
          list,
          segments: ["all"],
          match: { email: "email", id: "id" },
          consent: "ok",
          mode: "mirror",
          createMissing: true,
          safeguards: { maxRemovals: { count: 9 } },
          attributes: {
            firstName: "first",
            postalCode: "zip",
            phone: { column: "phone", defaultCountry: "DE" },
            BORN: { column: "born", type: "date" },
            SCORE: typed,
          },
        },
      },
    });
    await project.profiles(DAY_ONE);
    const first = numbers(await project.planOf("weekly"));
    await project.apply();
    const sent = [...(await remote.members(list)).keys()].sort();
    await project.profiles(DAY_TWO);
    const second = numbers(await project.planOf("weekly"));
    const columns = { crm: DAY_TWO };
    const ann = { email: "ann@example.com", values: { firstName: "Ann", SCORE: 1.5 } };
    await project.write(
      "plans.test.yaml",
      stringify({
        sources: { crm: DAY_ONE },
        cases: [
          { name: "day one", expect: { exports: { weekly: { members: sent, plan: first } } } },
          {
            name: "day two",
            given: {
              sources: columns,
              recorded: { weekly: [ann, ...sent.filter((key) => key !== ann.email)] },
            },
            expect: { exports: { weekly: { plan: second } } },
          },
        ],
      }),
    );
    const results: TestResult[] = [];
    const run = await runTests({
      cwd: project.folder,
      onResult: (result) => results.push(result),
      signal: new AbortController().signal,
    });
    expect(run.diagnostics).toEqual([]);
    expect(results.map(({ name, failures }) => [name, failures])).toEqual([
      ["day one", []],
      ["day two", []],
    ]);
    expect(first).toMatchObject({ add: 3, heldBack: { "no consent": 1, invalid: 1 } });
    expect(second).toMatchObject({ add: 2, update: 1, remove: 2 });
  },
);
