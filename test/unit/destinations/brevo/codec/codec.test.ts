import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributeType, NullPolicy } from "../../../../../src/model/config/attribute.js";
import { codec } from "../../../../../src/destinations/brevo/codec/codec.js";
import { parseCsv } from "../../../../../src/sandbox/brevo/csv.js";
import { literal } from "../../../../../src/plugin/relation.js";
import type { Binding } from "../../../../../src/plugin/codec.js";
import { select, withSql } from "../../../../support/sql.js";
import { binding, connection } from "../fixtures.js";

/** Everything that JSON and CSV have trouble with, and ordinary text. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', "\\", ";", ",", "\n", "\r", "\t", "\u0001", ":", "{", "é", "🐟", " ", "'"),
    minLength: 1,
    maxLength: 8,
  }),
);
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53),
);
const date = fc
  .date({ min: new Date("1000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const values: Record<AttributeType, fc.Arbitrary<Value>> = {
  text,
  phone: fc.integer({ min: 1000 }).map((digits) => `+49${digits}`),
  choice: fc.constantFrom("gold", 'silver "plus"', "a;b"),
  number,
  date,
  boolean: fc.boolean(),
};
const TYPES = Object.keys(values) as AttributeType[];

type Value = string | number | boolean;

interface Column {
  readonly type: AttributeType;
  readonly nulls: NullPolicy;
  readonly values: readonly (Value | null)[];
}

const table = fc.integer({ min: 1, max: 5 }).chain((rows) =>
  fc.array(
    fc.constantFrom(...TYPES).chain((type) =>
      fc.record({
        type: fc.constant(type),
        nulls: fc.constantFrom<NullPolicy>("leave", "clear"),
        values: fc.array(fc.option(values[type], { freq: 3 }), { minLength: rows, maxLength: rows }),
      }),
    ),
    { minLength: 1, maxLength: 6 },
  ),
);

const SQL_TYPES: Record<AttributeType, string> = {
  text: "varchar",
  phone: "varchar",
  choice: "varchar",
  number: "double",
  date: "date",
  boolean: "boolean",
};

function sqlValue(value: Value | null, type: AttributeType): string {
  if (value === null) return `null::${SQL_TYPES[type]}`;
  if (type === "number") return `${literal(Object.is(value, -0) ? "-0.0" : String(value))}::double`;
  return `${literal(String(value))}::${SQL_TYPES[type]}`;
}

function from(columns: readonly Column[]): string {
  const rows = columns[0]!.values.map((_, row) => {
    const cells = columns.flatMap(({ type, nulls, values }) => [
      sqlValue(values[row] ?? null, type),
      String(nulls === "clear" && values[row] === null),
    ]);
    return `(${[literal(`person${row}@example.com`), ...cells].join(", ")})`;
  });
  const names = columns.flatMap((_, index) => [`a${index}`, `c${index}`]);
  return `(values ${rows.join(", ")}) t("key", ${names.join(", ")})`;
}

function bindingsOf(columns: readonly Column[]): Binding[] {
  return columns.map(({ type, nulls }, index) => binding(index, `F${index}`, type, nulls));
}

/** What the payload has to hold for one row: absent = left alone, "" = cleared. */
function expected(columns: readonly Column[], row: number): Record<string, unknown> {
  const entries = columns.flatMap(({ nulls, values }, index) => {
    const value = values[row];
    if (value === null) return nulls === "clear" ? [[`F${index}`, ""]] : [];
    return [[`F${index}`, Object.is(value, -0) ? 0 : value]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

describe("payload", () => {
  test("is exactly the person's values, whatever they hold", async () => {
    await withSql(async (sql) => {
      await fc.assert(
        fc.asyncProperty(table, async (columns) => {
          const { payload } = codec(bindingsOf(columns), connection());
          const rows = await select(sql, `select "key", ${payload} as payload from ${from(columns)}`);
          for (const [row, { key, payload }] of rows.entries()) {
            expect(JSON.parse(String(payload))).toEqual({ email: key, attributes: expected(columns, row) });
          }
        }),
        { numRuns: 200 },
      );
    });
  });

  test("does not depend on the order of the config", async () => {
    const one = [binding(0, "B"), binding(1, "A")];
    await withSql(async (sql) => {
      const source = `(select 'k@x.de' as "key", 'b' as a0, 'a' as a1, false as c0, false as c1)`;
      const [row] = await select(
        sql,
        `select ${codec(one, connection()).payload} as x, ${codec(one.toReversed(), connection()).payload} as y from ${source}`,
      );
      expect(row).toEqual({ x: row?.["y"], y: '{"email":"k@x.de","attributes":{"A":"a","B":"b"}}' });
    });
  });

  test("numbers are written plainly; what has no JSON is not sent", async () => {
    await withSql(async (sql) => {
      const { payload } = codec([binding(0, "N", "number")], connection());
      const written = async (value: string) =>
        (
          await select(
            sql,
            `select ${payload} as p from (select 'k' as "key", ${value}::double as a0, false as c0)`,
          )
        )[0]?.["p"];
      expect(await written("12")).toBe('{"email":"k","attributes":{"N":12}}');
      expect(await written("12.50")).toBe('{"email":"k","attributes":{"N":12.5}}');
      expect(await written("'nan'")).toBe('{"email":"k","attributes":{}}');
      expect(await written("'-infinity'")).toBe('{"email":"k","attributes":{}}');
    });
  });
});

describe("imports", () => {
  interface Body {
    listIds: number[];
    emptyContactsAttributes: boolean;
    jsonBody?: { email: string; attributes: Record<string, unknown> }[];
    fileBody?: string;
  }

  /** Bodies as the engine assembles them: one for each group. */
  async function bodies(columns: readonly Column[], importFormat: string): Promise<Body[]> {
    const { payload, group, route } = codec(
      bindingsOf(columns),
      connection({ importFormat, clears: "import" }),
    );
    const { wire, envelope } = route("add", 1000);
    const groups = await withSql((sql) =>
      select(
        sql,
        `select g, string_agg(w, ${literal(envelope("", "12").separator)} order by "key") as rows
         from (select "key", g, ${wire} as w from (select "key", ${payload} as payload, ${group} as g from ${from(columns)}))
         group by g order by g`,
      ),
    );
    return groups.map(({ g, rows }) => {
      const { prefix, suffix } = envelope(String(g), "12");
      return JSON.parse(`${prefix}${String(rows)}${suffix}`) as Body;
    });
  }

  /** What an import does to stored values under the unpleasant reading: with the flag, whatever other rows have and this one lacks is erased. */
  function effect(body: Body): Map<string, Record<string, unknown>> {
    const rows = body.jsonBody ?? csvRows(body.fileBody ?? "");
    const all = new Set(rows.flatMap(({ attributes }) => Object.keys(attributes)));
    return new Map(
      rows.map(({ email, attributes }) => {
        const done: Record<string, unknown> = {};
        for (const name of all) {
          const value = attributes[name] ?? "";
          if (value !== "" || body.emptyContactsAttributes) done[name] = value;
        }
        return [email, done];
      }),
    );
  }

  function csvRows(text: string) {
    const [head = [], ...rows] = [...parseCsv(text)];
    return rows.map((cells) => ({
      email: cells[0] ?? "",
      attributes: Object.fromEntries(
        head.slice(1).map((name, index) => [name, cells[index + 1] ?? ""]),
      ) as Record<string, unknown>,
    }));
  }

  /** CSV has only text: booleans are words, and dates have the day first. */
  function asText(value: unknown, type: AttributeType): unknown {
    if (typeof value === "boolean") return value ? "Yes" : "No";
    if (type === "date" && value !== "") return String(value).split("-").toReversed().join("-");
    return typeof value === "number" ? Number(value) : value;
  }

  test.each(["json", "csv"])("%s: values are set, cleared or left alone as asked", async (format) => {
    await fc.assert(
      fc.asyncProperty(table, async (columns) => {
        const effects = new Map<string, Record<string, unknown>>();
        for (const body of await bodies(columns, format)) {
          expect(body.listIds).toEqual([12]);
          for (const [email, done] of effect(body)) effects.set(email, done);
        }
        for (const row of columns[0]!.values.keys()) {
          const wanted = expected(columns, row);
          const done = effects.get(`person${row}@example.com`) ?? {};
          expect(Object.keys(done).toSorted()).toEqual(Object.keys(wanted).toSorted());
          for (const [name, value] of Object.entries(wanted)) {
            if (format === "json") expect(done[name]).toEqual(value);
            else if (typeof value === "number") expect(Number(done[name])).toBe(value);
            else expect(done[name]).toBe(asText(value, columns[Number(name.slice(1))]!.type));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("CSV is the default as soon as a boolean is mapped", () => {
    const head = (types: AttributeType[], options = {}) =>
      codec(
        types.map((type, index) => binding(index, `F${index}`, type)),
        connection(options),
      )
        .route("add", 5)
        .envelope("", "3").prefix;
    expect(head(["text"])).toContain('"jsonBody":[');
    expect(head(["text", "boolean"])).toContain('"fileBody":"EMAIL;F0;F1\\n');
    expect(head(["boolean"], { importFormat: "json" })).toContain('"jsonBody":[');
  });

  test("CSV without attributes is a column of addresses", async () => {
    const { wire, envelope } = codec([], connection({ importFormat: "csv" })).route("add", 1);
    const [row] = await withSql((sql) =>
      select(sql, `select ${wire} as w from (select '"a;b"@x.de' as "key")`),
    );
    const { prefix, suffix } = envelope("", "3");
    const { fileBody } = JSON.parse(`${prefix}${String(row?.["w"])}${suffix}`) as { fileBody: string };
    expect([...parseCsv(fileBody)]).toEqual([["EMAIL"], ['"a;b"@x.de']]);
  });

  test("a list id that is not a number never gets into a body", () => {
    const { envelope } = codec([], connection()).route("add", 1);
    expect(() => envelope("", '1],"emailBlacklist":true,"x":[1')).toThrow("list id");
  });
});

describe("routes", () => {
  const plain = codec([binding(0, "A")], connection());

  test("few updates go singly and touch no membership; many need the members; all are read back", () => {
    expect(plain.route("update", 100)).toMatchObject({
      name: "single",
      needsMembers: false,
      evidence: "read-back",
    });
    expect(plain.route("update", 101)).toMatchObject({
      name: "import",
      needsMembers: true,
      evidence: "read-back",
    });
    expect(plain.route("add", 1)).toMatchObject({ name: "import", needsMembers: false });
    expect(plain.route("remove", 1)).toMatchObject({ name: "remove", maxRows: 150 });
  });

  test("updates of booleans go as CSV however few", () => {
    const withBoolean = codec([binding(0, "A", "boolean")], connection());
    expect(withBoolean.route("update", 1).name).toBe("import");
  });

  test("groups of a plan that was made when imports were to clear are cleared by requests all the same", () => {
    for (const importFormat of ["json", "csv"]) {
      const now = codec([binding(0, "A")], connection({ importFormat })).route("add", 1000, "erase:1");
      expect(now).toMatchObject({ name: "clear-and-import", maxRows: 300 });
      const body = now.envelope("erase:1", "3");
      expect(body.prefix + body.suffix).not.toContain('"emptyContactsAttributes":true');
      const asked = codec([binding(0, "A")], connection({ importFormat, clears: "import" }));
      const { envelope, name } = asked.route("add", 1000, "erase:1");
      expect(name).toBe("import");
      const { prefix, suffix } = envelope("erase:1", "3");
      expect(prefix + suffix).toContain('"emptyContactsAttributes":true');
    }
  });

  test("forecast counts requests and stretches them over the limits", () => {
    const work = [
      { operation: "update" as const, group: "", rows: 60, batches: 1 },
      { operation: "remove" as const, group: "", rows: 600, batches: 4 },
      { operation: "add" as const, group: "", rows: 1_000_000, batches: 20 },
    ];
    const { requests, minutes } = plain.forecast(work);
    expect(requests).toBe(60 + 4 + 20 + 40);
    expect(minutes).toBeGreaterThan(5);
    const cleared = plain.forecast([{ operation: "add", group: "clear", rows: 36_000, batches: 36 }]);
    expect(cleared.requests).toBe(36_000 + 36 + 72);
    expect(cleared.minutes).toBeGreaterThan(60);
    const many = plain.forecast([{ operation: "add", group: "", rows: 1e7, batches: 200 }]);
    expect(many.minutes).toBeGreaterThan(plain.forecast(work).minutes * 10);
    expect(codec([], connection({ rateLimits: "none" })).forecast(work).minutes).toBe(0);
  });
});

test("the number that identifies a contact is read off the payload", async () => {
  const plain = binding(0, "SMS", "phone");
  const sms = {
    ...plain,
    attribute: {
      ...plain.attribute,
      phone: { countryColumn: undefined, defaultCountry: undefined, as: "sms" as const },
    },
  };
  const { payload, recognisedBy } = codec([binding(1, "A"), sms], connection());
  const rows = await withSql((sql) =>
    select(
      sql,
      `select ${recognisedBy} as number from (select ${payload} as payload from
       (values ('a@x.de', '+4930123456', 'SMS'), ('b@x.de', null, 'x')) as t("key", a0, a1))`,
    ),
  );
  expect(rows.map(({ number }) => number)).toEqual(["+4930123456", null]);
  expect(codec([plain], connection()).recognisedBy).toBeUndefined();
});

describe("matches", () => {
  async function matches(one: Binding, value: string, observed: string | null): Promise<unknown> {
    const { payload, matches } = codec([one], connection());
    return withSql(async (sql) => {
      const [row] = await select(
        sql,
        `select ${matches} as m from (select ${payload} as payload, ${observed === null ? "null::varchar" : literal(observed)} as observed
         from (select 'k@x.de' as "key", ${value} as a0, ${value.startsWith("null")} as c0))`,
      );
      return row?.["m"];
    });
  }

  const category = binding(0, "F", "choice", "leave", {
    choices: ["gold", "silver"],
    storedChoices: ["1", "2"],
  });
  const several = binding(0, "F", "choice", "clear", { multiple: true });
  test.each([
    [binding(0, "F"), "'a\"b'", '{"F":"a\\"b"}', true],
    [binding(0, "F"), "'a'", '{"F":"b"}', false],
    [binding(0, "F"), "'a'", "{}", false],
    [binding(0, "F"), "'a'", null, false],
    [binding(0, "F"), "null::varchar", '{"F":"anything"}', true],
    [binding(0, "F", "text", "clear"), "null::varchar", '{"F":"x"}', false],
    [binding(0, "F", "text", "clear"), "null::varchar", '{"F":""}', true],
    [binding(0, "F", "text", "clear"), "null::varchar", "{}", true],
    [binding(0, "F", "number"), "12::double", '{"F":12.0}', true],
    [binding(0, "F", "number"), "12::double", '{"F":"12"}', true],
    [binding(0, "F", "number"), "12::double", '{"F":12.5}', false],
    [binding(0, "F", "date"), "date '2026-02-03'", '{"F":"2026-02-03T00:00:00.000Z"}', true],
    [binding(0, "F", "date"), "date '2026-02-03'", '{"F":"2026-02-04"}', false],
    [binding(0, "F", "boolean"), "false", '{"F":false}', true],
    [binding(0, "F", "boolean"), "false", '{"F":"No"}', true],
    [binding(0, "F", "boolean"), "false", '{"F":true}', false],
    [binding(0, "F", "boolean"), "true", '{"F":"1"}', true],
    [binding(0, "SMS", "phone"), "'+4930123'", '{"SMS":"4930123"}', true],
    [binding(0, "SMS", "phone"), "'+4930123'", '{"SMS":"4930124"}', false],
    [binding(0, "PHONE", "phone"), "'+4930123'", '{"PHONE":"4930123"}', false],
    [category, "'silver'", '{"F":2}', true],
    [category, "'silver'", '{"F":"silver"}', true],
    [category, "'silver'", '{"F":1}', false],
    [several, "'gold'", '{"F":["gold"]}', true],
    [several, "'gold'", '{"F":["gold","silver"]}', false],
    [several, "null::varchar", '{"F":[]}', true],
  ])("%#", async (one, value, observed, same) => {
    expect(await matches(one, value, observed)).toBe(same);
  });
});
