import { mkdir, rm } from "node:fs/promises";
import type { Case } from "../../config/test-file/test-file.gen.js";
import { Failure } from "../../model/failure.js";
import { compareExport, compareSegment, type Difference } from "./compare.js";
import { evaluateExports, freshSession, type CaseContext } from "./evaluate-case.js";
import { givenConfig } from "./given-config.js";
import { emptyState } from "./recorded.js";
import { membersOfSegments } from "./segments.js";

/** Evaluates a case with the code of plan and apply, and says what did not come out as expected. */
export async function runCase(context: CaseContext, one: Case): Promise<Difference[]> {
  const { folder } = context;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const config = await givenConfig(context.config, context.file, one, context.shared, folder);
    return [
      ...(await compareSegments({ ...context, config }, one)),
      ...(await compareExports({ ...context, config }, one)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compareSegments(context: CaseContext, one: Case): Promise<Difference[]> {
  const expected = Object.entries(one.expect.segments ?? {});
  if (expected.length === 0) return [];
  const names = expected.map(([name]) => name);
  const found = await membersOfSegments(await freshSession(context, one, emptyState(context.folder)), names);
  return expected.flatMap(([name, wanted]) => {
    const members = found.get(name) ?? [];
    const differences =
      members instanceof Failure
        ? [notEvaluated(members)]
        : compareSegment(wanted, members, context.shared.keyOf);
    return differences.map((difference) => ({ ...difference, at: ["segments", name, ...difference.at] }));
  });
}

async function compareExports(context: CaseContext, one: Case): Promise<Difference[]> {
  const expected = Object.entries(one.expect.exports ?? {});
  if (expected.length === 0) return [];
  const outcomes = await evaluateExports(context, one);
  return expected.flatMap(([name, wanted]) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) return [];
    const differences =
      outcome instanceof Failure
        ? [notEvaluated(outcome)]
        : compareExport(wanted, outcome, context.shared.keyOf);
    return differences.map((difference) => ({ ...difference, at: ["exports", name, ...difference.at] }));
  });
}

function notEvaluated({ message, hint }: Failure): Difference {
  const column = /There is no column/u.test(message)
    ? "A source has the columns of its rows in this file, and those that `columns` declares in the config: write the column in a row, be it as `null`."
    : undefined;
  return {
    at: [],
    message,
    expected: [],
    got: [],
    hint: [hint, column].filter(Boolean).join(" ") || undefined,
  };
}
