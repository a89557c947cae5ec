import { describe, expect, it } from "vitest";
import {
  address,
  amount,
  digits,
  either,
  filledText,
  listOf,
  maybe,
  number,
  object,
  recordOf,
  text,
  truth,
} from "../../../../src/platform/http/shape.js";

const CONTACT = object({ id: number, blocked: truth, email: maybe(address) });

describe("a shape", () => {
  it.each([
    [{ id: 1, blocked: true }],
    [{ id: 1, blocked: false, email: null, more: { than: "we know" } }],
    [{ id: 1, blocked: false, email: "a@x" }],
  ])("fits %j", (value) => {
    expect(CONTACT(value)).toBeUndefined();
  });

  it.each<[unknown, string, string]>([
    [undefined, "", "is missing"],
    [null, "", "is null, not an object"],
    [[], "", "is a list, not an object"],
    [{ id: 1 }, "blocked", "is missing"],
    [{ id: 1, blocked: "true" }, "blocked", "is text, not true or false"],
    [{ id: 1, blocked: 0 }, "blocked", "is another number, not true or false"],
    [{ id: 0, blocked: true }, "id", "is another number, not a whole number from 1 up"],
    [{ id: "1", blocked: true }, "id", "is text, not a whole number from 1 up"],
    [{ id: 1, blocked: true, email: "nobody" }, "email", "is not an address"],
    [{ id: 1, blocked: true, email: ["a@x"] }, "email", "is a list, not text"],
  ])("says how %j does not fit", (value, path, trouble) => {
    expect(CONTACT(value)).toEqual({ path, trouble });
  });

  it("says where in lists and records, but no name that is data", () => {
    const page = object({ contacts: listOf(CONTACT), result: recordOf(object({ id: text })) });
    const good = { id: 1, blocked: true };
    expect(page({ contacts: [good, { ...good, blocked: null }], result: {} })).toEqual({
      path: "contacts[1].blocked",
      trouble: "is null, not true or false",
    });
    expect(page({ contacts: [good], result: { "anna@example.com": { id: 5 } } })).toEqual({
      path: "result.*.id",
      trouble: "is another number, not text",
    });
    expect(page({ contacts: { length: 1 }, result: {} })?.trouble).toBe("is an object, not a list");
    expect(listOf(listOf(text))([["a"], ["a", 1]])?.path).toBe("[1][1]");
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, "5", null, undefined])(
    "does not accept %s as an amount",
    (value) => expect(amount(value)).toBeDefined(),
  );

  it("knows numbers as text, filled text, and one thing or another", () => {
    expect(digits("12")).toBeUndefined();
    for (const odd of ["", "0", "1e3", "anna@example.com", 12]) expect(digits(odd)).toBeDefined();
    expect(filledText(" ")).toEqual({ path: "", trouble: "is empty" });
    expect(either(number, text)("x")).toBeUndefined();
    expect(either(number, text)(true)?.trouble).toBe("is true or false, not a whole number from 1 up");
  });
});
