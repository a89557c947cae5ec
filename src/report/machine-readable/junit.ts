import type { TestFailure, TestResult } from "../../model/reports/test-result.js";
import { escapeForScreen } from "../layout/printable.js";
import { disarmRunnerCommands } from "./runner-commands.js";

/** The results as JUnit XML, the form that CI systems read: a suite a file, a test case a case. */
export function junit(results: readonly TestResult[]): string {
  const files = [...new Set(results.map(({ file }) => file))];
  const suites = files.map((file) =>
    suite(
      file,
      results.filter((result) => result.file === file),
    ),
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "rollcall", ...totals(results) })}>`,
    ...suites,
    "</testsuites>\n",
  ];
  // A job may print it.
  return disarmRunnerCommands(lines.join("\n"));
}

function suite(file: string, results: readonly TestResult[]): string {
  const cases = results.map((result) => {
    const { name, position, milliseconds, failures } = result;
    const head = attributes({
      name,
      classname: file,
      file,
      line: position.line,
      time: seconds(milliseconds),
    });
    const inner = failures.map(failureElement).join("");
    return inner === "" ? `    <testcase${head}/>` : `    <testcase${head}>\n${inner}    </testcase>`;
  });
  return `  <testsuite${attributes({ name: file, ...totals(results) })}>\n${cases.join("\n")}\n  </testsuite>`;
}

function totals(results: readonly TestResult[]): Record<string, string | number> {
  return {
    tests: results.length,
    failures: results.filter(({ failures }) => failures.length > 0).length,
    errors: 0,
    time: seconds(results.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

function failureElement({ message, expectation, position, expected, got, hint }: TestFailure): string {
  const text = [
    `${position.file}:${position.line}:${position.column} ${expectation}`,
    ...expected.map((line) => `- ${line}`),
    ...got.map((line) => `+ ${line}`),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ].join("\n");
  return `      <failure${attributes({ message, type: "expectation" })}>${escaped(text)}</failure>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** What XML 1.0 cannot hold, not even escaped, and is not spelled out already. */
const FORBIDDEN = /[\uFFFE\uFFFF]|\p{Cs}/gu;

function escaped(text: string): string {
  return escapeForScreen(text, false)
    .replaceAll(FORBIDDEN, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;");
}
