import { describe, expect, it } from "vitest";
import { parseEntry } from "../../../src/backends/answer-headers.js";

const entry = { name: "blobs/ab", bytes: 5, modifiedAt: new Date() };

describe("an entry of a listing", () => {
  it("is read as the store gives it", () => {
    expect(parseEntry(entry, "the store")).toEqual(entry);
  });

  it.each([
    [{ name: undefined }, /the name/],
    [{ name: "" }, /the name/],
    [{ bytes: undefined }, /the size/],
    [{ bytes: -1 }, /the size/],
    [{ modifiedAt: undefined }, /the time/],
    [{ modifiedAt: new Date(Number.NaN) }, /the time/],
  ])("is refused with %j, because a new blob could look old enough to be deleted", (wrong, says) => {
    expect(() => parseEntry({ ...entry, ...wrong }, "the store")).toThrow(says);
  });
});
