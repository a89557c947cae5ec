import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/platform/http/strict-json.js";

describe("parseJson", () => {
  it.each([
    "{}",
    "[]",
    "null",
    '"a"',
    '{"a":"a","b":["a","a"],"c":{"a":1}}',
    '{"a":":","b":"\\"a\\":1"}',
    '[{"a":1},{"a":1}]',
    '{"a\\\\":1,"a":2}',
    '{"a":":b","c" : ":"}',
    "[".repeat(100) + "]".repeat(100),
  ])("reads %s", (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a":1,"a":2}', "JSON in which a name stands twice"],
    ['{"b":[{"a" : 1 , "c":{"a":1}, "a" :2}]}', "JSON in which a name stands twice"],
    ['{"a":":","a":1,"b" :2}', "JSON in which a name stands twice"],
    ['{"__proto__":1,"__proto__":2}', "JSON in which a name stands twice"],
    ['{"a" :1,"b":{"c":1,"c":2}}', "JSON in which a name stands twice"],
    ['{"a":1,"\\u0061":2}', "JSON in which a name stands twice"],
    ["[".repeat(101) + "]".repeat(101), "JSON that is nested too deeply"],
    ["[".repeat(1_000_000), "JSON that is nested too deeply"],
    ['{"a":"anna@example.com', "something else"],
    ["anna@example.com", "something else"],
    ["", "something else"],
    ["}]}", "something else"],
  ])("refuses %j, and quotes nothing", (text, trouble) => {
    expect(() => parseJson(text)).toThrow(new SyntaxError(trouble));
  });
});
