import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ExportPlan } from "../../src/model/plan.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

let project: Project;
let remote: Remote;
let list: string;

beforeEach(async () => {
  project = await openProject();
  remote = remoteOf(project, "file");
  list = await remote.addList("customers");
});
afterEach(() => project.stop());

const configure = ({
  segments = {},
  all = {},
  weekly = {},
  ...more
}: Record<string, Yaml> = {}): Promise<void> =>
  project.config({
    ...more,
    segments: { all: { source: "crm", ...all }, ...segments },
    exports: {
      weekly: { connection: "file", list, segments: ["all"], match: { email: "email" }, ...weekly },
    },
  });
const failed = ({ checks }: ExportPlan): string[] =>
  checks.filter(({ status }) => status === "failed").map(({ name }) => name);
const messages = ({ checks }: ExportPlan): string => checks.map(({ message }) => message).join("\n");
const members = async (): Promise<string[]> => [...(await remote.members(list)).keys()].sort();

describe("consent", () => {
  const rows = (values: readonly Row[string][]): Promise<void> =>
    project.profiles(values.map((ok, index) => ({ email: `p${index}@example.com`, ok })));
  const planned = async (values: readonly Row[string][], consent: unknown = "ok"): Promise<ExportPlan> => {
    await rows(values);
    await configure({ weekly: { consent } });
    return project.planOf("weekly");
  };

  test.each<[string, readonly Row[string][], number]>([
    ["words", ["yes", "No", "Y", "n", "t", "F", "TRUE", "false", " yes "], 5],
    ["truth values", ["true", "false", "TRUE"], 2],
    ["digits", [1, 0, 1, 1], 3],
    ["decimals", ["1.0", "0.0", ""], 1],
  ])("is read from %s", async (_, values, willing) => {
    const plan = await planned(values);
    expect(plan.error).toBeUndefined();
    expect(plan.counts.add).toBe(willing);
    expect(plan.checks).toEqual([]);
  });

  test("any other word is no consent, and is reported with its column and number", async () => {
    const plan = await planned(["yes", "maybe", "ja", "", "no"]);
    expect(plan.counts).toMatchObject({ add: 1, heldBack: { "no consent": 4 } });
    expect(plan.checks).toEqual([
      expect.objectContaining({
        name: "unclear-consent",
        status: "warning",
        message: '2 profiles have a value of column "ok" that means neither yes nor no: held back.',
      }),
    ]);
  });

  test.each<[string, readonly Row[string][]]>([
    ["numbers", [0, 1, 2]],
    ["negative numbers", [1, -1]],
    ["halves", ["0.5", "1"]],
    ["text", ["yes", "2"]],
    ["padded digits", ["01", "00"]],
  ])("a code of %s is refused", async (_, values) => {
    const plan = await planned(values);
    expect(plan.error?.message).toContain("other than 0 and 1");
    expect((await project.applyOf("weekly")).status).toBe("failed");
    expect(await members()).toEqual([]);
  });

  test.each<[string, readonly Row[string][], readonly (string | number | boolean)[], number]>([
    ["words", ["ja", "yes", "nein", "", "JA"], ["yes", "ja"], 2],
    ["a code", [0, 1, 2, 2], [2], 2],
    ["decimals", ["1.0", "2.0", "2.5"], [1], 1],
    ["truth values", ["TRUE", "false"], [true], 1],
    ["what looks like SQL", ["x' OR '1'='1", "yes"], ["x' OR '1'='1"], 1],
  ])("may be named by its values: %s", async (_, values, is, willing) => {
    const plan = await planned(values, { column: "ok", is });
    expect(plan.error).toBeUndefined();
    expect(plan.counts.add).toBe(willing);
    expect(plan.checks).toEqual([]);
  });

  test.each<[string, string]>([
    ["is missing", ""],
    ["cannot be read", "#REF!"],
  ])("where it %s for many who had it, nobody is removed", async (_, broken) => {
    await planned(Array.from({ length: 20 }, () => "yes"));
    await project.apply();
    await rows([...Array.from({ length: 17 }, () => "yes"), broken, broken, broken]);
    const plan = await project.planOf("weekly");
    expect(failed(plan)).toEqual(["missing-consent"]);
    expect(messages(plan)).toContain("3 of 20 delivered members");
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", removed: 0 });
    expect(await members()).toHaveLength(20);
    const overridden = await project.applyOf("weekly", { overrides: ["weekly:missing-consent"] });
    expect(overridden).toMatchObject({ removed: 3 });
  });

  test("a plain no, and one that went missing, remove as ever", async () => {
    await planned(Array.from({ length: 20 }, () => "yes"));
    await project.apply();
    await rows([...Array.from({ length: 14 }, () => "yes"), "no", "no", "no", "no", "no", ""]);
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 6 });
  });
});
