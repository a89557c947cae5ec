import { expect, test } from "vitest";
import { findAddressesInLine } from "../../../src/model/address-line.ts";

const ANN = "ann@x.example";
const BOB = "bob@y.example";

test.each<[string, readonly string[]]>([
  [ANN, [ANN]],
  ["ann@x.example;", [ANN]],
  ["ann@x.example,2026-11-01,complained", [ANN]],
  ["ann@x.example;01.11.2026;", [ANN]],
  ["42\tann@x.example\tAnn", [ANN]],
  ['"Doe, Ann" <ann@x.example>,2026-11-01', [ANN]],
  ['"ann@x.example","wrote ""no, never"""', [ANN]],
  ["ann@x.example,bob@y.example,both", [ANN, BOB]],
  ["", []],
  [" \t", []],
])("%j names %j", (line, keys) => expect(findAddressesInLine(line)).toEqual(keys));

test.each([
  "ann",
  "2026-11-01,complained",
  "ann@x,example",
  "ann@x,example;2026-11-01",
  "ann@x.example,bob@y,example",
  "ann@x.example,bob(at)y.example",
  "ann@x.example,bob [at] y.example,x",
  "ann@x.example,bob=40y.example",
  "ann@x.example,bob&#64;y.example",
  "ann@x.example,was mailto:bob@y.example until May",
  "ann@x.example,asked anna@x. example",
])("the people that %j names cannot all be told", (line) =>
  expect(findAddressesInLine(line)).toBe("unreadable"),
);
