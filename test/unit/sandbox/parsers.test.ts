import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvField, parseCsv } from "../../../src/sandbox/brevo/csv.js";
import { splitRows } from "../../../src/sandbox/store/json-rows.js";

describe("splitRows", () => {
  const split = (text: string) => splitRows(Buffer.from(text), "rows");

  it("gives the rows and the rest of any JSON object, whatever is in strings", () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.nat(4),
        (rows, rest, indent) => {
          const { rows: _own, ...others } = { ...rest, rows };
          const result = split(JSON.stringify({ ...others, rows, last: "]}" }, undefined, indent));
          expect([...(result?.rows ?? [])]).toEqual(JSON.parse(JSON.stringify(rows)));
          expect(result?.count).toBe(rows.length);
          expect(result?.envelope).toEqual(JSON.parse(JSON.stringify({ ...others, rows: [], last: "]}" })));
        },
      ),
    );
  });

  it("takes only a top-level array of that name", () => {
    expect(split('{"a":{"rows":[1]},"b":"\\"rows\\":[2]"}')?.rows).toBeUndefined();
    expect(split('{"rows":"no"}')?.envelope).toEqual({ rows: "no" });
    expect(split('{"rows":[]}')?.count).toBe(0);
  });

  it.each(["", "[]", "{", '{"rows":[1}', '{"rows":["x]}', '{"rows":[1]', "null", '{"rows":[1],}'])(
    "refuses %s",
    (text) => {
      expect(split(text)).toBeUndefined();
    },
  );

  it("throws at a malformed row when it is reached", () => {
    expect(() => [...(split('{"rows":[1,{"a":},2]}')?.rows ?? [])]).toThrow(SyntaxError);
    expect(() => [...(split('{"rows":[1,]}')?.rows ?? [])]).toThrow(SyntaxError);
  });
});

describe("parseCsv", () => {
  it("reads back whatever is written with quotes where they are needed", () => {
    const field = fc.string({ unit: fc.constantFrom("a", "ü", ";", '"', "\n", "\r", " ", "'") });
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        fc.boolean(),
        (rows, windows) => {
          const text = rows.map((row) => row.map(csvField).join(";")).join(windows ? "\r\n" : "\n");
          expect([...parseCsv(text)]).toEqual(rows);
        },
      ),
    );
  });
});
