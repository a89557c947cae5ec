import { findNearest } from "../config/diagnostics/nearest.js";
import type { Path } from "../config/diagnostics/problem.js";
import type { ExpectedExport, ExpectedPlan, ExpectedSegment } from "../config/test-file/test-file.gen.js";
import type { HoldReason } from "../model/plan/change.js";
import { bindingOf, valueOfPayload, type ExportOutcome } from "./outcome.js";
import { ownValue } from "../model/own-value.js";

/** An expectation that did not come true; `at` starts at the segment or export. */
export interface Difference {
  readonly at: Path;
  readonly message: string;
  readonly expected: readonly string[];
  readonly got: readonly string[];
  readonly hint?: string | undefined;
}

type KeyOf = (address: string) => string;

/** What differs between a segment and what is expected of it. Pure, as everything here. */
export function compareSegment(
  expected: ExpectedSegment,
  members: readonly string[],
  keyOf: KeyOf,
): Difference[] {
  return comparePeople(expected, members, keyOf, "in the segment");
}

/** What differs between an export and what is expected of it. */
export function compareExport(expected: ExpectedExport, outcome: ExportOutcome, keyOf: KeyOf): Difference[] {
  const delivered = new Set(outcome.members);
  return [
    ...comparePeople(expected, outcome.members, keyOf, "delivered").map((difference) =>
      whyNot(difference, outcome, delivered),
    ),
    ...compareMapped(expected.mapped ?? {}, outcome, keyOf),
    ...compareHeldBack(expected.heldBack ?? {}, outcome, delivered, keyOf),
    ...comparePlan(expected.plan ?? {}, outcome),
    ...compareBadValues(expected.badValues ?? {}, outcome),
  ];
}

function comparePeople(
  { members, includes, excludes, count }: ExpectedSegment,
  got: readonly string[],
  keyOf: KeyOf,
  where: string,
): Difference[] {
  const differences: Difference[] = [];
  const has = new Set(got);
  if (members !== undefined) {
    const expected = new Set(members.map(keyOf));
    const wanted = [...expected].sort();
    const missing = wanted.filter((key) => !has.has(key)).length;
    const extra = got.filter((key) => !expected.has(key)).length;
    const parts = [
      ...(missing > 0 ? [`${missing} missing`] : []),
      ...(extra > 0 ? [`${extra} too many`] : []),
    ];
    if (parts.length > 0)
      differences.push({
        at: ["members"],
        message: `Other people are ${where}: ${parts.join(", ")}.`,
        expected: wanted,
        got,
      });
  }
  for (const [index, address] of (includes ?? []).entries()) {
    if (has.has(keyOf(address))) continue;
    differences.push({
      at: ["includes", index],
      message: `${keyOf(address)} is not ${where}.`,
      expected: [keyOf(address)],
      got: [],
    });
  }
  for (const [index, address] of (excludes ?? []).entries()) {
    if (!has.has(keyOf(address))) continue;
    differences.push({
      at: ["excludes", index],
      message: `${keyOf(address)} is ${where}.`,
      expected: [],
      got: [keyOf(address)],
    });
  }
  if (count !== undefined && count !== got.length)
    differences.push({
      at: ["count"],
      message: `${got.length} ${got.length === 1 ? "is" : "are"} ${where}, not ${count}.`,
      expected: [`${count}`],
      got: [`${got.length}`],
    });
  return differences;
}

/** Who was expected and is held back is told why. */
function whyNot(
  difference: Difference,
  { heldBack }: ExportOutcome,
  delivered: ReadonlySet<string>,
): Difference {
  const missing = difference.expected.filter((key) => !delivered.has(key));
  const reasons = missing.flatMap((key) => {
    const reason = heldBack.get(key);
    return reason === undefined ? [] : [`${key} is held back: ${reason}`];
  });
  return reasons.length === 0 ? difference : { ...difference, hint: `${reasons.join("; ")}.` };
}

function compareMapped(
  mapped: NonNullable<ExpectedExport["mapped"]>,
  outcome: ExportOutcome,
  keyOf: KeyOf,
): Difference[] {
  return Object.entries(mapped).flatMap(([address, values]): Difference[] => {
    const key = keyOf(address);
    const payload = outcome.payloads.get(key);
    if (payload === undefined) {
      const reason = outcome.heldBack.get(key);
      const why = reason === undefined ? "not in a segment of the export" : `held back: ${reason}`;
      return [
        {
          at: ["mapped", address],
          message: `Nothing is sent for ${key}, who is ${why}.`,
          expected: [],
          got: [],
        },
      ];
    }
    return Object.entries(values).flatMap(([name, expected]): Difference[] => {
      const at = ["mapped", address, name];
      const binding = bindingOf(outcome.prepared, name);
      if (binding === undefined) return [unknownAttribute(at, name, outcome)];
      const got = valueOfPayload(payload.text, binding) ?? null;
      if (got === expected) return [];
      return [
        {
          at,
          message: `${name} of ${key} is ${JSON.stringify(got)}, not ${JSON.stringify(expected)}.`,
          expected: [`${name}: ${JSON.stringify(expected)}`],
          got: [`${name}: ${JSON.stringify(got)}`],
        },
      ];
    });
  });
}

function unknownAttribute(at: Path, name: string, { prepared }: ExportOutcome): Difference {
  const names = prepared.bindings.flatMap(({ attribute, field }) => [attribute.name, field.name]);
  const near = findNearest(name, names);
  return {
    at,
    message: `The export has no attribute ${name}.`,
    expected: [],
    got: [],
    hint: near === undefined ? `It has ${[...new Set(names)].join(", ")}.` : `Did you mean ${near}?`,
  };
}

function compareHeldBack(
  expected: NonNullable<ExpectedExport["heldBack"]>,
  { heldBack }: ExportOutcome,
  delivered: ReadonlySet<string>,
  keyOf: KeyOf,
): Difference[] {
  return Object.entries(expected).flatMap(([address, reason]): Difference[] => {
    const key = keyOf(address);
    const got = heldBack.get(key);
    if (got === reason) return [];
    const instead = delivered.has(key) ? "delivered" : (got ?? "not in a segment of the export");
    return [
      {
        at: ["heldBack", address],
        message:
          got === undefined
            ? `${key} is ${instead}, not held back.`
            : `${key} is held back for another reason: ${got}.`,
        expected: [`${key}: ${reason}`],
        got: [`${key}: ${instead}`],
      },
    ];
  });
}

const NUMBERS = ["add", "update", "remove", "unchanged", "left"] as const;

function comparePlan(
  { heldBack = {}, ...expected }: ExpectedPlan,
  { prepared }: ExportOutcome,
): Difference[] {
  const { counts } = prepared.plan;
  const numbers = NUMBERS.filter((name) => expected[name] !== undefined && expected[name] !== counts[name]);
  const reasons = (Object.entries(heldBack) as [HoldReason, number][]).filter(
    ([reason, number]) => (ownValue(counts.heldBack, reason) ?? 0) !== number,
  );
  return [
    ...numbers.map((name) => otherNumber(["plan", name], name, expected[name], counts[name])),
    ...reasons.map(([reason, number]) =>
      otherNumber(["plan", "heldBack", reason], reason, number, ownValue(counts.heldBack, reason) ?? 0),
    ),
  ];
}

function compareBadValues(
  expected: NonNullable<ExpectedExport["badValues"]>,
  outcome: ExportOutcome,
): Difference[] {
  return Object.entries(expected).flatMap(([name, number]): Difference[] => {
    const at = ["badValues", name];
    const binding = bindingOf(outcome.prepared, name);
    if (binding === undefined) return [unknownAttribute(at, name, outcome)];
    const bad = outcome.prepared.plan.badValues.filter(
      ({ attribute }) => attribute === binding.attribute.name,
    );
    const got = bad.reduce((sum, { count }) => sum + count, 0);
    return got === number ? [] : [otherNumber(at, name, number, got)];
  });
}

function otherNumber(at: Path, name: string, expected: number | undefined, got: number): Difference {
  return {
    at,
    message: `${name} is ${got}, not ${expected}.`,
    expected: [`${name}: ${expected}`],
    got: [`${name}: ${got}`],
  };
}
