import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { TestResult } from "../../../../src/model/reports/test-result.js";
import { junit } from "../../../../src/report/machine-readable/junit.js";
import { plain } from "../../../../src/report/layout/palette.js";
import { testFailuresHuman, testLine, testSummary } from "../../../../src/report/tests-human.js";

const position = { file: "a.test.yaml", line: 3, column: 5 };
const hostile = `<b> & "quotes" ]]> \u0000\u001B[31m \uD800 ü — it's\nand a line`;
const results: TestResult[] = [
  { file: "a.test.yaml", name: "passes", position, milliseconds: 1500, failures: [] },
  {
    file: "a.test.yaml",
    name: hostile,
    position,
    milliseconds: 20,
    failures: [
      {
        expectation: "exports.weekly.members",
        message: hostile,
        expected: ["a@example.com", "b@example.com"],
        got: [hostile],
        hint: "b@example.com is held back: no consent.",
        position,
        frame: "> 3 |     members: [a@example.com]",
      },
    ],
  },
  { file: "b.test.yaml", name: "passes too", position, milliseconds: 0, failures: [] },
];

interface Suite {
  readonly "@name": string;
  readonly "@tests": string;
  readonly "@failures": string;
  readonly testcase: readonly {
    readonly "@name": string;
    readonly failure?: readonly { readonly "#text": string; readonly "@message": string }[];
  }[];
}

test("JUnit XML is well formed and says the same, whatever is in it", () => {
  const xml = junit(results);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    trimValues: false,
    htmlEntities: true,
    isArray: (name) => ["testsuite", "testcase", "failure"].includes(name),
  });
  const { testsuites } = parser.parse(xml) as {
    testsuites: { readonly "@tests": string; readonly "@failures": string; readonly testsuite: Suite[] };
  };
  expect(testsuites).toMatchObject({ "@tests": "3", "@failures": "1", "@time": "1.520" });
  const [first, second] = testsuites.testsuite;
  expect([first?.["@tests"], first?.["@failures"], second?.["@name"]]).toEqual(["2", "1", "b.test.yaml"]);
  const bad = first?.testcase[1];
  const readable = hostile
    .replaceAll("\0", "\\u{0}")
    .replaceAll("\u001B", "\\u{1b}")
    .replaceAll("\uD800", "\uFFFD");
  expect(bad?.["@name"]).toBe(readable);
  expect(bad?.failure?.[0]?.["@message"]).toBe(readable);
  expect(bad?.failure?.[0]?.["#text"]).toContain(`+ ${readable}`);
  expect(bad?.failure?.[0]?.["#text"]).toContain("a.test.yaml:3:5 exports.weekly.members");
});

test("people see what was expected and what came", () => {
  expect(results.map((result) => testLine(result, plain)).at(0)).toBe("  ✓ passes (1500 ms)");
  const text = testFailuresHuman(results, plain);
  expect(text).toContain("at a.test.yaml:3:5  exports.weekly.members");
  expect(text).toContain("  - a@example.com\n  - b@example.com\n");
  expect(text).toContain("hint: b@example.com is held back: no consent.");
  expect(testSummary(results, 2040, plain)).toBe("1 of 3 cases failed in 2 files (2.0 s).");
  expect(testSummary(results.slice(0, 1), 40, plain)).toBe("1 case passed in 1 file (0.0 s).");
});

test("a long list of equal people is cut", () => {
  const people = [...Array(50).keys()].map((number) => `p${number}@example.com`);
  const [failed] = results[1]?.failures ?? [];
  const one: TestResult = {
    ...(results[1] as TestResult),
    failures: [{ ...(failed as NonNullable<typeof failed>), expected: [...people, "z"], got: people }],
  };
  const text = testFailuresHuman([one], plain);
  expect(text).toContain("… 48 more lines");
  expect(text).toContain("- z");
  expect(text.split("\n").length).toBeLessThan(12);
});
