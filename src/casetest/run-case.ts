import type { Case } from "../config/test-file/test-file.gen.js";
import { counted } from "../model/words/counted.js";
import { Failure } from "../model/failure.js";
import { compareExport, compareSegment, type Difference } from "./compare.js";
import { evaluateCase, type CaseContext } from "./evaluate-case.js";

/** Evaluates a case and says what did not come out as expected. */
export async function runCase(context: CaseContext, one: Case): Promise<Difference[]> {
  const { keyOf } = context.shared;
  const { segments, exports } = await evaluateCase(context, one);
  return first([
    ...differences("segments", one.expect.segments, segments, (expected, members) =>
      compareSegment(expected, members, keyOf),
    ),
    ...differences("exports", one.expect.exports, exports, (expected, outcome) =>
      compareExport(expected, outcome, keyOf),
    ),
  ]);
}

/** Nobody reads thousands; the first say what is wrong. */
const MOST_TOLD = 100;

function first(found: Difference[]): Difference[] {
  const next = found[MOST_TOLD];
  if (next === undefined) return found;
  const message = `${counted(found.length - MOST_TOLD, "more expectation")} did not come true.`;
  return [...found.slice(0, MOST_TOLD), { at: next.at, message, expected: [], got: [] }];
}

/** What differs in each thing of which something is expected. */
function differences<Expected, Got>(
  kind: "segments" | "exports",
  expectations: Readonly<Record<string, Expected>> = {},
  evaluated: ReadonlyMap<string, Got | Failure>,
  compare: (expected: Expected, got: Got) => Difference[],
): Difference[] {
  return Object.entries(expectations).flatMap(([name, expected]) => {
    const got = evaluated.get(name);
    if (got === undefined) return [];
    const found = got instanceof Failure ? [notEvaluated(got)] : compare(expected, got);
    return found.map((difference) => ({ ...difference, at: [kind, name, ...difference.at] }));
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
