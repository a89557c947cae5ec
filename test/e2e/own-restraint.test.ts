import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { ExportPlan } from "../../src/model/plan/plan.js";
import { forget } from "../../src/usecases/forget.js";
import { FULL } from "../support/full.js";
import { person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;

beforeEach(async () => {
  story = await openStory("file", { person: (name) => person(name, { one: 1 }) });
  await story.people("anna", "ben", "carl");
});
afterEach(() => story.stop());

const configure = ({
  segments = {},
  all = {},
  weekly = {},
  ...more
}: Record<string, Yaml> = {}): Promise<void> =>
  story.configure(weekly, { ...more, segments: { all: { source: "crm", ...all }, ...segments } });
const sources = (path: string | readonly string[]): Yaml => ({
  crm: { type: "files", path: "profiles.csv" },
  left: { type: "files", path },
});
const failed = ({ checks }: ExportPlan): string[] =>
  checks.filter(({ status }) => status === "failed").map(({ name }) => name);
const messages = ({ checks }: ExportPlan): string => checks.map(({ message }) => message).join("\n");

/** Both ways to hold people back by a segment. */
const uses: readonly [string, (segment: Yaml, more?: Yaml) => Promise<void>][] = [
  [
    "suppressions",
    (blocked, more = {}) =>
      configure({ ...more, segments: { blocked }, suppressions: ["blocked"] as unknown as Yaml }),
  ],
  [
    "exclude",
    (blocked, more = {}) => configure({ ...more, segments: { blocked }, all: { exclude: ["blocked"] } }),
  ],
];

describe.each(FULL ? uses : uses.slice(0, 1))("%s", (use, held) => {
  it.each([
    ["as Excel saves one column", "anna@example.com;\nben@example.com;\n"],
    ["quoted", '"anna@example.com"\n"ben@example.com"\n'],
    ["with a date and a reason", "anna@example.com,2026-11-01,complained\nben@example.com;2026-11-02;\n"],
    ["with names", "Anna <anna@example.com>\nBen Müller <Ben@Example.com>\n"],
    ["as links, with what nobody sees", "mailto:anna@example.com\r\n\ufeffben@example.com\r\n"],
    ["with a heading", "email;left\nanna@example.com;2026-11-01\n<ben@example.com>;\n"],
  ])("is read with addresses %s", async (_, text) => {
    await story.write("blocked.csv", text);
    await held({ addresses: "blocked.csv" });
    const plan = await story.planOf("weekly");
    expect(plan.counts.add, messages(plan)).toBe(1);
    expect(plan.restraints).toEqual([{ segment: "blocked", addresses: 2 }]);
  });

  it.each([
    ["without an address", "anna@example.com\nben(at)example.com\n", "line 2 of blocked.csv"],
    ["half of one", "zoe@example.com\n\nanna @example.com\n", "line 3 of blocked.csv"],
    ["with an empty cell", "email,left\nzoe@example.com,x\n,2026-11-01\n", "line 3 of blocked.csv"],
    [
      "with a second one behind",
      "anna@example.com,ben at example,ben[at]example.com\n",
      "line 1 of blocked.csv",
    ],
  ])("stops the run at a line %s", async (_, text, where) => {
    await story.write("blocked.csv", text);
    await held({ addresses: "blocked.csv", allowEmpty: true });
    const plan = await story.planOf("weekly");
    expect(failed(plan)).toEqual(["unreadable-addresses"]);
    expect(messages(plan)).toContain(where);
    expect(messages(plan)).not.toContain("example.com");
  });

  it.each<[string, Record<string, string>]>([
    ["unusable cells", { "blocked.csv": "email,left\nzoe@example.com,x\nanna,2026-11-01\n" }],
    ["an empty cell", { "blocked.csv": "email,left\nzoe@example.com,x\n,2026-11-01\n" }],
    ["only a header", { "blocked.csv": "email,left\n" }],
    ["an empty file in its glob", { "blocked.csv": "email,left\nzoe@example.com,x\n", "blocked-2.csv": "" }],
    ["a blank file in its glob", { "blocked.csv": "email,left\nzoe@example.com,x\n", "blocked-2.csv": "\n" }],
    [
      "a file without a heading",
      { "blocked-1.csv": "email\nzoe@example.com\n", "blocked.csv": "anna@example.com\nben@example.com\n" },
    ],
  ])("stops the run at a source with %s", async (_, files) => {
    for (const [path, text] of Object.entries(files)) await story.write(path, text);
    await held({ source: "left" }, { sources: sources("blocked*.csv") });
    const plan = await story.planOf("weekly");
    const stopped = plan.error !== undefined || failed(plan).length > 0;
    expect(stopped, JSON.stringify(plan.counts)).toBe(true);
  });

  it("may name nobody when the config or an override allows it", async () => {
    await story.write("blocked.csv", "email\n");
    await held({ addresses: "blocked.csv" });
    expect(failed(await story.planOf("weekly"))).toEqual(["empty-suppression"]);
    expect(failed(await story.planOf("weekly", { overrides: ["empty-suppression"] }))).toEqual([]);
    await held({ addresses: "blocked.csv", allowEmpty: true });
    const run = await story.planAndApply("weekly");
    expect(failed(run.planned)).toEqual([]);
    expect(run.result).toMatchObject({ added: 3 });
  });

  it("takes off people who are named for certain while another line is in doubt", async () => {
    await story.write("blocked.csv", "zoe@example.com\n");
    await held({ addresses: "blocked.csv" });
    await story.apply();
    await story.write("blocked.csv", "anna@example.com\n?\n");
    await story.people("anna", "ben", "carl", "dora");
    const result = await story.applyOf("weekly");
    expect(result).toMatchObject({ added: 0, removed: use === "exclude" ? 0 : 1 });
    expect(await story.members()).not.toContain("dora");
  });
});

describe("forget", () => {
  const looked = async (text: string | Buffer): Promise<number | undefined> => {
    await story.write("forget.key", "canary-forget-key-0123456789abcdef");
    await story.write("gone.csv", text);
    await configure({ forget: { key: { file: "forget.key" } } });
    const never = new AbortController().signal;
    const { preview } = await forget({
      cwd: story.folder,
      input: { words: [], file: "gone.csv", stdin: undefined },
      deleting: false,
      dryRun: true,
      emit: () => undefined,
      signal: never,
      approve: () => Promise.resolve(false),
      actor: "tester",
    });
    return preview?.people;
  };

  it("reads addresses as people write them", async () => {
    expect(await looked('Anna <anna@example.com>;\n"ben@example.com",2026-11-01,asked by letter\n')).toBe(2);
    expect(await looked("left;email\n2026-11-01;mailto:anna@example.com\n")).toBe(1);
  });

  it("reads them as Excel saves them", async () => {
    const text = "left\temail\r\n2026-11-01\tanna@example.com\r\nJ\u00f6rg\tben@example.com\r\n";
    expect(await looked(Buffer.from(`\ufeff${text}`, "utf16le"))).toBe(2);
  });

  it.each<[string | Buffer, string]>([
    ["anna@example.com\nben(at)example.com\n", "line 2 of gone.csv"],
    ["anna@example.com\nben@example\n", "line 2 of gone.csv"],
    ["email,left\nanna@example.com,x\n,y\n", "line 3 of gone.csv"],
    ['email,left\nanna@example.com,"x\ny"\n,y\n', "line 4 of gone.csv"],
    ["email,Email\nanna@example.com,x\n", "first line of gone.csv names more than one column `email`"],
    ["Emil Canary\nanna@example.com\n", "The first line of gone.csv is not an address"],
    ["email,left\nanna@example.com\n", "gone.csv: line 2 "],
    [
      Buffer.from("anna@example.com\nj\u00f6rg@example.com\n", "latin1"),
      "Line 2 of gone.csv is not text in UTF-8",
    ],
    [Buffer.from("anna@example.com\n", "utf16le"), "Line 1 of gone.csv is not text in UTF-8"],
  ])("forgets nobody while part of %j cannot be read", async (text, where) => {
    await expect(looked(text)).rejects.toThrow(where);
  });

  it("does not pass over a row that is too short", async () => {
    await expect(looked("email,left\nanna@example.com,x\nben@example.com\n")).rejects.toThrow();
  });
});

describe("consent", () => {
  const rows = (values: readonly Row[string][]): Promise<void> =>
    story.profiles(values.map((ok, index) => person(`p${index}`, { ok })));
  const ask = async (values: readonly Row[string][], consent: unknown = "ok"): Promise<void> => {
    await rows(values);
    await configure({ weekly: { consent } });
  };
  const planned = async (values: readonly Row[string][], consent?: unknown): Promise<ExportPlan> => {
    await ask(values, consent);
    return story.planOf("weekly");
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

  test("is missing for any other word, which is reported with its column and count", async () => {
    const plan = await planned(["yes", "maybe", "ja", "", "no"]);
    expect(plan.counts).toMatchObject({ add: 1, heldBack: { "no consent": 4 } });
    expect(plan.checks).toEqual([
      expect.objectContaining({
        name: "unclear-consent",
        status: "warning",
        message:
          '2 profiles have a value of column "ok" that means neither yes nor no (first in profiles.csv, line 3): held back.',
      }),
    ]);
  });

  test.each<[string, readonly Row[string][]]>([
    ["numbers", [0, 1, 2]],
    ["negative numbers", [1, -1]],
    ["halves", ["0.5", "1"]],
    ["text", ["yes", "2"]],
    ["padded digits", ["01", "00"]],
  ])("is refused when it is a code of %s", async (_, values) => {
    await ask(values);
    const run = await story.planAndApply("weekly");
    expect(run.planned.error?.message).toContain("other than 0 and 1");
    expect(run.result.status).toBe("failed");
    expect(await story.members()).toEqual([]);
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
  ])("removes nobody when it %s for many who had it", async (_, broken) => {
    await ask(Array.from({ length: 20 }, () => "yes"));
    await story.apply();
    await rows([...Array.from({ length: 17 }, () => "yes"), broken, broken, broken]);
    const { planned: plan, result } = await story.planAndApply("weekly");
    expect(failed(plan)).toEqual(["missing-consent"]);
    expect(messages(plan)).toContain("3 of 20 delivered members");
    expect(result).toMatchObject({ status: "refused", removed: 0 });
    expect(await story.members()).toHaveLength(20);
    const overridden = await story.applyOf("weekly", { overrides: ["weekly:missing-consent"] });
    expect(overridden).toMatchObject({ removed: 3 });
  });

  test("removes people for a plain no, and for an answer that went missing", async () => {
    await ask(Array.from({ length: 20 }, () => "yes"));
    await story.apply();
    await rows([...Array.from({ length: 14 }, () => "yes"), "no", "no", "no", "no", "no", ""]);
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded", removed: 6 });
  });
});
