import { expect, test } from "vitest";
import { decodeText, decodeUtf8 } from "../../../../src/platform/files/decode-text.ts";

const TEXT = "ä\nb\n";
const little = Buffer.from(`\ufeff${TEXT}`, "utf16le");

test.each<[string, Buffer]>([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with its mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16 of Windows", little],
  ["UTF-16 in network order", Buffer.from(little).swap16()],
])("%s is read", (_, bytes) => expect(decodeText(bytes)).toEqual({ text: TEXT }));

test.each<[string, Buffer, number]>([
  ["windows-1252", Buffer.from("a\nJ\u00f6rg\n", "latin1"), 2],
  ["UTF-16 without its mark", Buffer.from("a\nb\n", "utf16le"), 1],
  ["UTF-16 that is cut off", little.subarray(0, little.length - 1), 2],
  ["a zero byte", Buffer.from("a\nb\n\0"), 3],
])("%s is not read, and its line is reported", (_, bytes, badLine) =>
  expect(decodeText(bytes)).toEqual({ badLine }),
);

test("a text that has to be UTF-8 is not read as UTF-16", () => {
  expect(decodeUtf8(Buffer.from("\ufeffa"))).toEqual({ text: "a" });
  expect(decodeUtf8(little)).toEqual({ badLine: 1 });
});
