import { expect, it } from "vitest";
import { mayHaveCleared } from "../../../../src/apply/recover/recover.js";

const WRONG = [{ row: 0, reason: "no" }];

it.each([
  ["rows were refused and the rest was not sent again", { refused: WRONG, parts: "none" }, true],
  ["it was refused as a whole, and no part of it was sent", { refused: [], parts: "nothing yet" }, true],
  ["nothing of it was sent", { refused: [], parts: "none" }, false],
] as const)(
  "a field that a batch was to clear first may be empty when %s: %o, %s",
  (_where, batch, cleared) => {
    expect(mayHaveCleared(batch, { clearsFirst: true })).toBe(cleared);
    expect(mayHaveCleared(batch, {})).toBe(false);
    expect(mayHaveCleared(batch, undefined)).toBe(false);
  },
);
