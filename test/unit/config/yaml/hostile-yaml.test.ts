import { describe, expect, test } from "vitest";
import { checkAgreements } from "../../../../src/config/checks/agreements.js";
import { loadEnvironments } from "../../../../src/config/environments/load.js";
import { loadConfig } from "../../../../src/config/load.js";
import { parseConfigText } from "../../../../src/config/yaml/parse.js";
import type { Config } from "../../../../src/model/config/config.js";
import type { Diagnostic } from "../../../../src/model/diagnostic.js";
import { maskAddresses } from "../../../../src/platform/secrets/mask-addresses.js";
import { FULL } from "../../../support/full.js";
import { folderOf, loadText, MINIMAL, signal } from "../support.js";

/*
 * Each of these once took minutes, or gigabytes, or ended the process. None is
 * timed: whatever grows faster than the file would not end within the time that a test has.
 */

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");
const exportLine = (name: string, more = ""): string =>
  `  ${name}: {connection: box, list: ${name}, segments: [all], match: {email: email}${more}}`;
const exportsOf = (count: number, more: (index: number) => string = () => ""): string =>
  `${MINIMAL}${many(count, (index) => exportLine(`e${index}`, more(index)))}\n`;
/** The full run tries what is still read; the other one what would not end if it grew with the square. */
const LARGE = FULL ? 8000 : 2500;
const codes = (diagnostics: readonly Diagnostic[]): string[] => [
  ...new Set(diagnostics.map(({ code }) => code)),
];

describe("excessive YAML is refused before it is parsed", () => {
  test.each([
    ["[", "yaml-depth"],
    ["{a: ", "yaml-depth"],
    ["- ", "yaml-depth"],
    ["? ", "yaml-depth"],
    [": ", "yaml-depth"],
    ["[? ", "yaml-depth"],
    ["- ? ", "yaml-depth"],
    ["a: *a\n", "yaml-alias-bomb"],
    ["[*a, ", "yaml-depth"],
    ["&a ", "yaml-size"],
    ["!a ", "yaml-size"],
    ["%a\n", "yaml-size"],
    ["--- a\n", "yaml-size"],
    ["a: b\n", "yaml-size"],
    ["- a\n", "yaml-size"],
  ])("when it repeats %j endlessly", (part, code) => {
    const { faults, document } = parseConfigText("a", "a", part.repeat(200_000));
    expect(faults).toMatchObject([{ code }]);
    expect(faults[0]?.hint).toBeDefined();
    expect(document).toBeUndefined();
  });

  test("when a block is indented a thousand times", () => {
    const text = many(1000, (index) => `${" ".repeat(index)}a:`);
    expect(parseConfigText("a", "a", text).faults).toMatchObject([{ code: "yaml-depth" }]);
  });

  test("but a hundred levels and a thousand aliases are read", () => {
    expect(parseConfigText("a", "a", `${"[".repeat(90)}${"]".repeat(90)}`).faults).toEqual([]);
    const aliases = `a: &a [1, 2]\nb:\n${many(900, () => "  - *a")}`;
    expect(parseConfigText("a", "a", aliases).value).toMatchObject({ b: { length: 900 } });
  });

  test("when a few lines expand to more than any memory holds", () => {
    const text = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${many(30, (index) => `a${index + 1}: &a${index + 1} [${`*a${index}, `.repeat(9)}]`)}`;
    expect(parseConfigText("a", "a", text).faults).toMatchObject([{ code: "yaml-alias-bomb" }]);
    const merged = `a0: &a0 {k: 1}\n${many(40, (index) => `a${index + 1}: &a${index + 1} {x: *a${index}, y: *a${index}}`)}`;
    expect(parseConfigText("a", "a", merged).faults).toMatchObject([{ code: "yaml-alias-bomb" }]);
  });
});

describe("diagnostics stay short", () => {
  test("for 30,000 unknown keys", async () => {
    const { diagnostics } = await loadText(`${MINIMAL}${many(30_000, (index) => `bogus${index}: 1`)}\n`);
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)).toMatchObject({
      severity: "error",
      code: "more-findings",
      message: "There are 29900 more findings like these.",
    });
    expect(JSON.stringify(diagnostics).length).toBeLessThan(100_000);
  }, 180_000);

  test("for a mistake in a line of a million characters, or next to one", async () => {
    const long = "x".repeat(1_000_000);
    const { diagnostics } = await loadText(
      `version: 1\ntimezone: ${long}\nbogus: 1\nx: {y: ${long}, z: ${long}}\n`,
    );
    expect(codes(diagnostics)).toContain("unknown-key");
    for (const { frame = "", hint = "", message } of diagnostics)
      expect(frame.length + hint.length + message.length).toBeLessThan(2000);
  });

  test("with errors before warnings when not all are shown", async () => {
    const unused = many(200, (index) => `  s${index}: {source: crm}`);
    const { diagnostics } = await loadText(
      MINIMAL.replace("  all:", `${unused}\n  all:`).replace("list: all", "list: 1.5, bogus: 1"),
    );
    expect(codes(diagnostics)).toEqual(expect.arrayContaining(["wrong-type", "unknown-key"]));
  });
});

describe("every pass takes time in proportion to the config", () => {
  test("for connections without an agreement, with an export each", () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `c${index}`);
    const of = <Thing>(make: (name: string) => Thing): Map<string, Thing> =>
      new Map(names.map((name) => [name, make(name)]));
    const config = {
      connections: of((name) => ({ name, dataPrivacy: { agreed: false } })),
      exports: of((name) => ({ name: `of-${name}`, connection: name })),
    } as unknown as Config;
    const problems = checkAgreements(config);
    expect(problems).toHaveLength(names.length);
    expect(problems[7]?.message).toMatch(/`c7`.* Detached: of-c7\.$/);
  });

  test("for words of a million letters, which are masked", async () => {
    const word = "abc.def+ghi-".repeat(100_000);
    expect(maskAddresses(`${word} anna@example.com`)).toBe(`${word} a•••@example.com`);
    expect(maskAddresses(`.anna@example.com`)).toBe(".a•••@example.com");
    const { diagnostics } = await loadText(`${MINIMAL}bogus: ${word}\n`);
    expect(codes(diagnostics)).toEqual(["unknown-key"]);
  });

  test.each<[string, () => string, string]>([
    ["exports", () => exportsOf(LARGE), ""],
    [
      "unknown connections",
      () =>
        exportsOf(LARGE)
          .replaceAll("e1", "e1")
          .replaceAll("connection: box, list: e", "connection: nobox, list: e"),
      "unknown-connection",
    ],
    ["unknown segments", () => exportsOf(LARGE).replaceAll(/all\], match/g, "al], match"), "unknown-segment"],
    ["broken exports", () => exportsOf(LARGE, () => ", mode: 1"), "wrong-value"],
    [
      "empty exports",
      () => `version: 1\nexports:\n${many(FULL ? 90_000 : 30_000, (index) => `  e${index}: {}`)}\n`,
      "missing-key",
    ],
    ["unknown keys in them", () => exportsOf(LARGE, () => ", bogus: 1"), "unknown-key"],
    [
      "schedules",
      () =>
        exportsOf(
          5000,
          (index) => `, schedule: {cron: "${index % 60} * ${1 + (index % 28)} * *", timezone: Europe/Berlin}`,
        ),
      "",
    ],
    [
      "schedules that never come",
      () =>
        exportsOf(1000, (index) => `, schedule: {cron: "${index % 60} 0 ${"30,".repeat(index % 40)}31 2 *"}`),
      "wrong-cron",
    ],
    [
      "time zones",
      () => exportsOf(LARGE, (index) => `, schedule: {cron: "0 6 * * *", timezone: Europ/Berlin${index}}`),
      "unknown-timezone",
    ],
    [
      "renamed exports",
      () => `${MINIMAL}moved:\n${many(LARGE, (index) => `  - {from: a${index}, to: a${index + 1}}`)}\n`,
      "unknown-export",
    ],
    [
      "exports that go",
      () => `${MINIMAL}removed:\n${many(LARGE, (index) => `  - {export: a${index}, members: keep}`)}\n`,
      "",
    ],
    [
      "segments that exclude each other",
      () =>
        `${MINIMAL.replace("{source: crm}", "{source: crm, exclude: [s0]}")}`.replace(
          "segments:\n",
          `segments:\n${many(10_000, (index) => `  s${index}: {source: crm, exclude: [s${index + 1}]}`)}\n  s10000: {source: crm}\n`,
        ),
      "exclude-depth",
    ],
    [
      "segments in the other order",
      () =>
        MINIMAL.replace(
          "segments:\n",
          `segments:\n  s0: {source: crm}\n${many(10_000, (index) => `  s${index + 1}: {source: crm, exclude: [s${index}]}`)}\n`,
        ),
      "exclude-depth",
    ],
    [
      "policies",
      () =>
        `${MINIMAL}policies:\n${many(201, (index) => `  p${index}: {deny: "plan.adds > 1", level: advisory, message: m}`)}\n`,
      "too-many-policies",
    ],
  ])(
    "%s",
    async (_, text, code) => {
      const { diagnostics } = await loadText(text());
      const found = codes(diagnostics.filter(({ severity }) => severity === "error")).filter(
        (one) => one !== "more-findings",
      );
      expect(found).toEqual(code === "" ? [] : [code]);
    },
    180_000,
  );
});

describe("files", () => {
  test("are limited in a chain of includes", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `f${index}.yaml`,
        `version: 1\ninclude: [f${index + 1}.yaml]\n`,
      ]),
    );
    const cwd = await folderOf({ ...files, "f60.yaml": MINIMAL });
    const { diagnostics } = await loadConfig({ cwd, configPath: "f0.yaml", signal });
    expect(codes(diagnostics)).toContain("include-limit");
  });

  test("are limited in number and by patterns", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `version: 1\ninclude: [${"a.yaml, ".repeat(2000)}]\n`,
      "a.yaml": MINIMAL,
    });
    const { diagnostics } = await loadConfig({ cwd, configPath: "exports.config.yaml", signal });
    expect(codes(diagnostics)).toContain("include-limit");
  });

  test("are limited with the environments", async () => {
    const cwd = await folderOf({
      "exports.config.yaml": `${MINIMAL}environments:\n${many(51, (index) => `  v${index}: {}`)}\n`,
    });
    const { diagnostics } = await loadEnvironments({ cwd, configPath: "exports.config.yaml", signal });
    expect(diagnostics).toMatchObject([{ code: "too-many-environments" }]);
  });
});

describe("other features of YAML", () => {
  test.each([
    ["an object where a word belongs", "connections:\n  a: {type: {toString: 1}, list: 1}\n"],
    ["a list where a word belongs", "connections:\n  a: {type: [brevo]}\n"],
    ["numbers that are none", "timezone: .nan\nsql: {timeout: 1e999}\n"],
    ["a set", "connections: !!set {a, b}\n"],
    ["binary", "timezone: !!binary aGVsbG8=\n"],
    ["a script", "timezone: !!js/function 'function () {}'\n"],
    ["keys that are none", "? {a: b}\n: 1\n? [1]\n: 2\n~: 3\ntrue: 4\n1.5: 5\n"],
    ["a merge of a text", "<<: text\n"],
    ["a merge of itself", "a: &a\n  <<: *a\n"],
    ["control characters", 'timezone: "\\0\\x07\\e[2J"\nb\u0007: 1\n'],
    [
      "names that every object has",
      "constructor: 1\ntoString: {valueOf: 1}\n__proto__: {polluted: 1}\nhasOwnProperty: []\n",
    ],
    ["a prototype by merge", "exports:\n  a:\n    <<: {__proto__: {mode: mirror}}\n"],
    ["line ends of a Macintosh", "timezone: a\rb: c\r"],
  ])("%s is a mistake like any other", async (_, text) => {
    const { config, diagnostics } = await loadText(`version: 1\n${text}`);
    expect(config).toBeUndefined();
    expect(diagnostics.filter(({ severity }) => severity === "error")).not.toEqual([]);
    expect(JSON.stringify(diagnostics)).not.toMatch(/\[object|native code|not a function/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
