import type { TestFailure, TestResult } from "../model/reports/test-result.js";
import { lineRuns } from "./line-diff.js";
import type { Palette } from "./layout/palette.js";
import { counted } from "./layout/quantity.js";
import { wrap } from "./layout/text.js";

/** The line of a case that has just ended. Addresses are the test's own rows, so that they are shown. */
export function testLine({ name, failures, milliseconds }: TestResult, paint: Palette): string {
  const time = paint.quiet(` (${milliseconds} ms)`);
  return failures.length === 0
    ? `  ${paint.add("✓")} ${name}${time}`
    : `  ${paint.error(`✗ ${name}`)}${time}`;
}

/** Every expectation that did not come true, with its place and the difference. Empty for none. */
export function testFailuresHuman(results: readonly TestResult[], paint: Palette): string {
  const lines = results.flatMap(({ name, failures }) =>
    failures.flatMap((failure) => [
      ...wrap(`${paint.error("✗")} `, `${name}: ${failure.message}`),
      ...failureLines(failure, paint),
      "",
    ]),
  );
  return lines.join("\n");
}

function failureLines(
  { expectation, position, frame, hint, ...sides }: TestFailure,
  paint: Palette,
): string[] {
  const { file, line, column } = position;
  return [
    paint.quiet(`  at ${file}:${line}:${column}  ${expectation}`),
    ...frame.split("\n").map((text) => `  ${text}`.trimEnd()),
    ...difference(sides, paint).map((text) => `  ${text}`),
    ...(hint === undefined ? [] : wrap("  hint: ", hint)),
  ].filter((text) => text !== "");
}

/**
 * The lines of both sides as a diff: `-` is expected, `+` is what came. Long
 * runs of equal lines are cut. Of a single value the message has said it all.
 */
function difference({ expected, got }: Pick<TestFailure, "expected" | "got">, paint: Palette): string[] {
  if (expected.length <= 1 && got.length <= 1) return [];
  const runs = lineRuns(expected, got).flatMap(({ in: side, lines }) => {
    if (side === "new") return lines.map((text) => paint.add(`+ ${text}`));
    if (side === "old") return lines.map((text) => paint.remove(`- ${text}`));
    return lines.length <= 4
      ? lines.map((text) => `  ${text}`)
      : [
          `  ${lines[0] ?? ""}`,
          paint.quiet(`  … ${counted(lines.length - 2, "more line")}`),
          `  ${lines.at(-1) ?? ""}`,
        ];
  });
  return [`${paint.remove("- expected")}  ${paint.add("+ got")}`, ...runs];
}

/** The last line. */
export function testSummary(results: readonly TestResult[], milliseconds: number, paint: Palette): string {
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const passed = results.length - failed;
  const files = new Set(results.map(({ file }) => file)).size;
  const time = `in ${counted(files, "file")} (${(milliseconds / 1000).toFixed(1)} s)`;
  if (failed === 0) return paint.add(`${counted(passed, "case")} passed ${time}.`);
  return paint.error(`${failed} of ${counted(results.length, "case")} failed ${time}.`);
}
