import { expect, test } from "vitest";
import type { Diagnostic } from "../../../../src/model/diagnostic.js";
import { codeQuality, githubAnnotations } from "../../../../src/report/machine-readable/annotations.js";
import { diagnostics } from "../../../golden/report/values.js";

const place = (file: string): string => `team/${file}`;
const quality = (found: readonly Diagnostic[]) =>
  codeQuality(found, { place, fallback: "team/exports.config.yaml", digest: (text) => text });

test("a diagnostic is one workflow command with its place", () => {
  expect(githubAnnotations(diagnostics, place)).toEqual([
    "::error file=team/exports.config.yaml,line=14,col=5,title=unknown-key::" +
      "Unknown key `segmnets` in export `weekly`; did you mean `segments`?%0ARename the key.",
    "::warning title=no-schedule::Export `weekly` has no schedule.",
  ]);
});

test("no text ends a workflow command or its properties", () => {
  const text = "50% a,b:c\r\n::error::forged";
  const [line] = githubAnnotations(
    [
      {
        severity: "error",
        code: text,
        message: text,
        position: { file: text, line: 1, column: 2, endLine: 3 },
      },
    ],
    (file) => file,
  );
  const escaped = "50%25 a%2Cb%3Ac%0D%0A%3A%3Aerror%3A%3Aforged";
  expect(line).toBe(
    `::error file=${escaped},line=1,endLine=3,col=2,title=${escaped}::50%25 a,b:c%0A::error::forged`,
  );
});

test("GitLab's report has a fingerprint that lines do not change and that no two problems share", () => {
  const [error, warning] = diagnostics as [Diagnostic, Diagnostic];
  const moved = { ...error, position: { ...error.position!, line: 99 } };
  expect(quality([moved])[0]?.fingerprint).toBe(quality([error])[0]?.fingerprint);
  const twice = quality([error, moved, warning]).map(({ fingerprint }) => fingerprint);
  expect(new Set(twice).size).toBe(3);
  expect(quality([warning])).toMatchObject([
    {
      check_name: "no-schedule",
      severity: "minor",
      location: { path: "team/exports.config.yaml", lines: { begin: 1 } },
    },
  ]);
});

test("what would reorder or hide the text of an annotation is spelled out", () => {
  const message = "a \u202eb\u001b[2K";
  const [line] = githubAnnotations([{ severity: "error", code: "x", message }], place);
  expect(line).toBe("::error title=x::a \\u{202e}b\\u{1b}[2K");
});
