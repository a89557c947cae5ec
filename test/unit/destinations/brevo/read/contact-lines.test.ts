import { describe, expect, test } from "vitest";
import { contactLines } from "../../../../../src/destinations/brevo/read/contact-lines.js";

const CONTACTS = [
  { id: 1, email: "a@x.de", attributes: { N: "A" }, subscriptions: {} },
  { id: 2, email: "b@x.de", attributes: {}, subscriptions: {} },
];
const page = (contacts: readonly object[]): string => JSON.stringify({ contacts, count: contacts.length });
const lines = CONTACTS.map((contact) => `${JSON.stringify(contact)}\n`).join("");

describe("a page of contacts as lines", () => {
  test.each([
    ["as described", ""],
    ["with the line feed of live answers", "\n"],
  ])("is cut in place, %s", (_, end) => {
    const bytes = Buffer.from(`${page(CONTACTS)}${end}`);
    const written = contactLines(bytes, CONTACTS);
    expect(Buffer.from(written).toString()).toBe(lines);
    expect(bytes.toString()).toContain(lines.trim());
  });

  test.each([
    ["a contact holds what looks like the end of one", [...CONTACTS, { id: 3, note: "},{" }], undefined],
    ["it is written over several lines", CONTACTS, 2],
  ])("is written again where %s", (_, contacts, indent) => {
    const bytes = Buffer.from(`${JSON.stringify({ contacts, count: contacts.length }, undefined, indent)}\n`);
    const before = bytes.toString();
    const written = contactLines(bytes, contacts);
    expect(bytes.toString()).toBe(before);
    expect(
      Buffer.from(written)
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(contacts);
  });
});
