import { expect, test } from "vitest";
import { junit } from "../../../../src/report/machine-readable/junit.js";
import { disarmRunnerCommands } from "../../../../src/report/machine-readable/runner-commands.js";

const COMMANDS = [
  "::error::x",
  "  ::stop-commands::x",
  "a\n\t::add-mask::b",
  "a\r::set-output name=a::b",
  "\u0085\u3000::warning::c",
  "x ##vso[task.setvariable]y",
  "##[error]z",
  "###[set-env name=PATH;]z",
  "##VSO[a]",
  "x ##teamcity[buildStop]",
  "section_start:1700000000:hidden[collapsed=true]",
  "section_end:1700000000:hidden",
];
const IS_ONE = /^[\s\u0085]*::|##\[|##vso\[|##teamcity\[|section_(?:start|end):\d/im;

test.each(COMMANDS)("%j is not a command to a runner", (text) => {
  expect(text).toMatch(IS_ONE);
  const shown = disarmRunnerCommands(text);
  expect(shown).not.toMatch(IS_ONE);
  expect(shown.replaceAll("\u2060", "")).toBe(text);
});

test("other text stays as it is", () => {
  const text = "a::b\n  ## heading\n12:00 section_start: now";
  expect(disarmRunnerCommands(text)).toBe(text);
});

test.each(COMMANDS)("%j is none in JUnit, either, and nothing is reordered there", (text) => {
  const hostile = `${text}\n${text}\u202e\u{1b}[2K`;
  const position = { file: "a.test.yaml", line: 1, column: 1 };
  const failure = {
    expectation: hostile,
    message: hostile,
    expected: [hostile],
    got: [],
    position,
    frame: "",
  };
  const xml = junit([{ file: hostile, name: hostile, position, milliseconds: 1, failures: [failure] }]);
  expect(xml).not.toMatch(IS_ONE);
  expect(xml).not.toMatch(/(?![\n\u2060])[\p{Cc}\u202e]/u);
});
