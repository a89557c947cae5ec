import { describe, expect, test } from "vitest";
import type { BadValues } from "../../../../src/model/plan/plan.ts";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { emptySuppression } from "../../../../src/plan/checks/empty-suppression.ts";
import { formerId } from "../../../../src/plan/checks/former-id.ts";
import { integerTooLarge } from "../../../../src/plan/checks/integer-too-large.ts";
import { typeChanged, type TypeFacts } from "../../../../src/plan/checks/type-changed.ts";
import { unreadableAddresses } from "../../../../src/plan/checks/unreadable-addresses.ts";

const segment = {
  segment: "left",
  use: "suppression",
  rows: 9,
  addresses: 9,
  blank: 0,
  unreadable: 0,
} as const;

describe("a segment that holds people back", () => {
  test("refuses where rows cannot be read, and says which", () => {
    expect(askCheck(unreadableAddresses, { ...segment, badPlaces: [] })).toEqual([]);
    const [one] = askCheck(unreadableAddresses, { ...segment, unreadable: 1, badPlaces: ["line 3"] });
    expect(one?.message).toBe(
      '1 of 9 rows of segment "left", which suppresses people, cannot be read (1 holds no address that is certain): line 3. Nobody can tell whom they are to hold back.',
    );
    const facts = { ...segment, use: "exclusion", blank: 1, unreadable: 2, badPlaces: ["line 3"] } as const;
    expect(askCheck(unreadableAddresses, facts)[0]?.message).toBe(
      '3 of 9 rows of segment "left", which excludes people, cannot be read (2 hold no address that is certain, 1 is empty): line 3 and more. Nobody can tell whom they are to hold back.',
    );
  });

  test.each([
    [{}, false],
    [{ addresses: 0 }, true],
    [{ addresses: 0, allowEmpty: true }, false],
    [{ addresses: 0, blank: 1 }, false],
    [{ addresses: 0, unreadable: 1 }, false],
  ])("refuses where it names nobody and nothing else is wrong: %j", (more, refused) => {
    const found = askCheck(emptySuppression, { ...segment, allowEmpty: false, ...more });
    expect(found.map(({ message }) => message)).toEqual(
      refused ? ['Segment "left", which suppresses people, names nobody.'] : [],
    );
  });
});

test("numbers that are too large are told by attribute", () => {
  expect(askCheck(integerTooLarge, [])).toEqual([]);
  const value = { attribute: "SCORE", reason: "too large", count: 1 };
  expect(
    askCheck(integerTooLarge, [value, { ...value, count: 2, column: "score" }]).map(({ message }) => message),
  ).toEqual(["1 value of SCORE is too large.", '2 values of SCORE are too large (column "score").']);
});

describe("an attribute whose type changed", () => {
  const attributes = (type: "text" | "integer") =>
    [{ name: "SCORE", type }] as unknown as TypeFacts["now"]["attributes"];
  const bad: BadValues = { attribute: "SCORE", reason: "not an integer", count: 2 };
  const facts: TypeFacts = {
    mapped: [{ name: "SCORE", type: undefined }],
    now: { attributes: attributes("integer") },
    before: { attributes: attributes("text") },
    badValues: [bad, bad, { ...bad, attribute: "OTHER" }],
  };

  test("refuses where values do not fit it", () => {
    expect(askCheck(typeChanged, facts).map(({ message }) => message)).toEqual([
      "SCORE was text at the destination when this export was last applied, and is integer now: 4 values do not fit and would not be sent.",
    ]);
  });

  test.each<[string, Partial<TypeFacts>]>([
    ["nothing was applied", { before: {} }],
    ["it is new", { before: { attributes: [] } }],
    ["it is the same", { before: facts.now }],
    ["the config says it", { mapped: [{ name: "SCORE", type: "number" }] }],
    ["all values fit", { badValues: [] }],
  ])("passes where %s", (_, more) => expect(askCheck(typeChanged, { ...facts, ...more })).toEqual([]));
});

test.each([
  [[], 1, 1, undefined],
  [["id"], 0, 0, undefined],
  [
    ["id"],
    2,
    0,
    /^`match\.id` was 'id' before, .* and 2 people of the account who said no \(.*\) may be known by it\.$/,
  ],
  [
    ["a", "b"],
    0,
    1,
    /^`match\.id` was 'a' and 'b' before, .* and 1 person who was forgotten may be known by it\.$/,
  ],
  [["id"], 1, 2, /1 person of the account .* and 2 people who were forgotten may be known by it\.$/],
] as const)(
  "of former ids %j, %i unwilling and %i forgotten people: %s",
  (lost, unwilling, forgotten, said) => {
    const [check] = askCheck(formerId, { lost, unwilling, forgotten });
    if (said === undefined) expect(check).toBeUndefined();
    else expect(check?.message).toMatch(said);
  },
);
