import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SENDABLE, findWrittenAddresses } from "../../../src/model/written-address.ts";

const ANN = "ann@x.example";
const BOB = "bob@y.example";

test.each([
  ANN,
  " Ann@X.Example\r\n",
  "Ann <ann@x.example>",
  '"Doe, Ann" <ann@x.example>',
  "<ann@x.example>",
  "＜ann＠x．example＞",
  "ann@x.example <ann@x.example>",
  "Ann <ann@x.example> (left)",
  "=?utf-8?Q?Ann?= <ann@x.example>",
  "mailto:ann@x.example",
  "MAILTO:ann@x.example?subject=no",
  "<mailto:ann@x.example>",
  "E-Mail: ann@x.example",
  '"ann@x.example"',
  '"ann@x.example',
  "“ann@x.example”",
  '"ann"@x.example',
  "(ann@x.example)",
  "[ann@x.example]",
  "ann@x.example;",
  "ann@x.example,",
  "ann@x.example.",
  "ann@x.example # left in May",
  "ann@x.example (left in May)",
  "ann%40x.example",
  "ann%2540x.example",
  "mailto:%61nn@x.example",
  "%22ann@x.example%22",
  "\ufeffann@x.example",
  "a\u200bnn@x.\u00adexample",
  "\u200e<ann@x.example>\u200f",
  "\u3000ann@x.example\u3000",
  "\u00a0ann@x.example\u0000",
  "• ann@x.example",
  "ann@x。example",
])("%j is one person for certain", (written) => expect(findWrittenAddresses(written)).toEqual([ANN]));

test.each<[string, readonly string[]]>([
  ["ann@x.example, bob@y.example", [ANN, BOB]],
  ["ann@x.example bob@y.example;", [ANN, BOB]],
  ["Ann <ann@x.example>; Bob <bob@y.example>", [ANN, BOB]],
  ["ann@x.example\nbob@y.example\n", [ANN, BOB]],
  // Either may be meant, so both are.
  ["bob@y.example <ann@x.example>", [ANN, BOB]],
  ["'ann@x.example", ["'ann@x.example", ANN]],
  ["'ann@x.example'", ["'ann@x.example", ANN]],
  ["*ann@x.example*", ["*ann@x.example", ANN]],
  ["ann%2Bnews@x.example", ["ann%2bnews@x.example", "ann+news@x.example"]],
  ["ａnn@x.example", ["ａnn@x.example", ANN]],
])("%j may be several, and is all of them", (written, keys) =>
  expect(findWrittenAddresses(written)).toEqual(keys),
);

test.each<[string, readonly string[]]>([
  ["", []],
  [" \t\u200b", []],
  // Addresses as they stand, whether anybody can be sent to there or not.
  ["o'neil@x.example", ["o'neil@x.example"]],
  ["_ann@x.example", ["_ann@x.example"]],
  ["100%de@x.example", ["100%de@x.example"]],
  ["E-Mail=ann@x.example", ["e-mail=ann@x.example", "ann@x.example"]],
  ["ann%20doe@x.example", ["ann%20doe@x.example"]],
  ["ann%3Cdoe@x.example", ["ann%3cdoe@x.example"]],
  ["ann@localhost", ["ann@localhost"]],
  ["ann..doe@x_y.example", ["ann..doe@x_y.example"]],
  ["Jürgen@x.example", ["jürgen@x.example"]],
  ["ann@BÜCHER.example", ["ann@xn--bcher-kva.example"]],
  ["İnfo@x.example", ["info@x.example"]],
])("%j stands for %j", (written, keys) => expect(findWrittenAddresses(written)).toEqual(keys));

test.each([
  "ann",
  "ann maria@x.example",
  "ann @x.example",
  "ann@x. example",
  "ann@x.exam ple",
  "ann@x.example and bob@y.example",
  "ann@@x.example",
  "ann(at)x.example",
  "ann=40x.example",
  "ann&#64;x.example",
  '"ann doe"@x.example',
  "Ann <>",
  "bob <ann@x.example> bob@",
  "-",
  `${"a".repeat(6000)}@x.example`,
])("the people that %j means cannot be told", (written) =>
  expect(findWrittenAddresses(written)).toBe("unreadable"),
);

describe("an address with other text around it", () => {
  const local = fc.stringMatching(/^[a-z0-9][a-z0-9+_-]{0,8}(\.[a-z0-9]{1,5})?$/);
  const address = fc.tuple(local, fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,6}$/)).map((two) => two.join("@"));
  const around = fc.constantFrom<(text: string) => string>(
    (text) => `<${text}>`,
    (text) => `"${text}"`,
    (text) => ` ${text}\t`,
    (text) => `${text};`,
    (text) => `mailto:${text}`,
    (text) => `Anna ${text.startsWith("<") ? text : `<${text}>`}`,
    (text) => `\u200b${text}\ufeff`,
    (text) => text.replaceAll("@", "%40"),
    (text) => text.toUpperCase(),
  );

  test("is read or counts as unreadable, and is never read as somebody else or nobody", () =>
    fc.assert(
      fc.property(address, fc.array(around, { maxLength: 4 }), (key, layers) => {
        const written = layers.reduce((text, layer) => layer(text), key);
        const keys = findWrittenAddresses(written);
        expect(keys === "unreadable" || keys.includes(key)).toBe(true);
        if (layers.length < 2) expect(keys).toEqual([key]);
        expect(key).toMatch(SENDABLE);
      }),
    ));
});
