import type { Config } from "../../model/config/config.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import type { Path, Problem } from "../diagnostics/problem.js";
import type { RollcallTestFile } from "./test-file.gen.js";

/** Names that the config does not have, and cases that have one name. */
export function referenceProblems(file: RollcallTestFile, config: Config): Problem[] {
  const problems: Problem[] = [];
  const addressFiles = new Map([...config.segments].filter(([, { from }]) => from.kind === "addresses"));
  const known = {
    source: config.sources,
    segment: config.segments,
    export: config.exports,
    connection: config.connections,
    "segment with an address file": addressFiles,
  };
  const check = (kind: keyof typeof known, named: object | undefined, at: Path): void => {
    for (const name of Object.keys(named ?? {})) {
      if (known[kind].has(name)) continue;
      problems.push({
        severity: "error",
        code: `unknown-${kind.split(" ")[0]}`,
        message: `There is no ${kind} \`${name}\`.`,
        hint: () => suggestionFor(name, known[kind].keys(), kind),
        at: [...at, name],
        onKey: true,
      });
    }
  };
  check("source", file.sources, ["sources"]);
  check("segment with an address file", file.addresses, ["addresses"]);
  check("connection", file.fields, ["fields"]);
  for (const [index, { given, expect }] of file.cases.entries()) {
    const at = ["cases", index];
    check("source", given?.sources, [...at, "given", "sources"]);
    check("source", given?.add, [...at, "given", "add"]);
    check("segment with an address file", given?.addresses, [...at, "given", "addresses"]);
    check("export", given?.recorded, [...at, "given", "recorded"]);
    check("segment", expect.segments, [...at, "expect", "segments"]);
    check("export", expect.exports, [...at, "expect", "exports"]);
  }
  return [...problems, ...namedTwice(file), ...noTimes(file)];
}

/** What has the form of a time and is not one. */
function noTimes({ now, cases }: RollcallTestFile): Problem[] {
  const stated: [string | undefined, Path][] = [
    [now, ["now"]],
    ...cases.map(({ given }, index): [string | undefined, Path] => [
      given?.now,
      ["cases", index, "given", "now"],
    ]),
  ];
  return stated.flatMap(([time, at]): Problem[] =>
    time === undefined || !Number.isNaN(Date.parse(time))
      ? []
      : [
          {
            severity: "error",
            code: "wrong-form",
            message: `There is no time ${time}.`,
            hint: "Check month, day and hour.",
            at,
          },
        ],
  );
}

function namedTwice({ cases }: RollcallTestFile): Problem[] {
  const seen = new Set<string>();
  return cases.flatMap(({ name }, index): Problem[] =>
    seen.size < seen.add(name).size
      ? []
      : [
          {
            severity: "error",
            code: "defined-twice",
            message: `Two cases are called "${name}".`,
            hint: "Give each case a name of its own, so that a report can tell them apart.",
            at: ["cases", index, "name"],
          },
        ],
  );
}
