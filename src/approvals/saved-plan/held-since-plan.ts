import { counted } from "../../model/words/counted.js";

/** What the user's own data says of people by now, in words. */
const BY_DATA: readonly (readonly [reason: string, words: string])[] = [
  ["suppressed", "suppressed"],
  ["no consent", "without consent"],
  ["not found", "excluded, or in none of the segments any more"],
];

/** Says how many people of a plan are left out, by reason, because of what came to be known after it was made. */
export function describeHeldSincePlan(counts: ReadonlyMap<string, number>): string[] {
  const byData = BY_DATA.flatMap(([reason, words]) => {
    const people = counts.get(reason) ?? 0;
    return people === 0 ? [] : [{ people, words }];
  });
  const ofData = sum(byData.map(({ people }) => people));
  const others = sum([...counts.values()]) - ofData;
  const said = byData.map(({ people, words }) => `${counted(people, "is", "are")} ${words}`).join("; ");
  return [
    ...(others === 0
      ? []
      : [
          `${people(others)} opted out, were taken off by others or were forgotten since the plan was made: held back.`,
        ]),
    ...(ofData === 0
      ? []
      : [`${people(ofData)} held back by what your data says since the plan was made: ${said}.`]),
  ];
}

function people(n: number): string {
  return counted(n, "person", "people");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
