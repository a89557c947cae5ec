import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { splitBody } from "../../../../src/destinations/sendgrid/codec/clears.js";
import { codec } from "../../../../src/destinations/sendgrid/codec/codec.js";
import { literal } from "../../../../src/plugin/relation.js";
import { select, withSql } from "../../../support/sql.js";
import { attribute, bound, CONNECTION } from "./attributes.js";
import { signal, Stage } from "./stage.js";

const LIST = "6d4ab1f4-6f64-4f5b-9a3c-2f6f0a3c1f10";
const BINDINGS = bound(
  ...["firstName", "phone", "Tier", "Score", "Since"].map((name) => attribute(name, { nulls: "clear" })),
);

interface Contact {
  readonly email: string;
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** What is sent of contacts as payloads have them: to set, and to empty. */
async function sent(
  sql: DuckDBConnection,
  payloads: readonly Contact[],
): Promise<{ values: Contact[]; clears: Contact[] }> {
  const { wire, envelope } = codec(BINDINGS, CONNECTION).route("add", payloads.length);
  const { prefix, separator, suffix } = envelope("", LIST);
  const texts = payloads.map((one) => `(${literal(one.email)}, ${literal(JSON.stringify(one))})`);
  const rows = await select(
    sql,
    `SELECT ${wire} AS row FROM (VALUES ${texts.join(", ")}) AS t (key, payload)`,
  );
  const { values, clears } = splitBody(prefix + rows.map(({ row }) => row).join(separator) + suffix);
  const { list_ids, contacts } = JSON.parse(values) as { list_ids: string[]; contacts: Contact[] };
  expect(list_ids).toEqual([LIST]);
  const emptied = JSON.parse(clears ?? '{"contacts":[]}') as { contacts: Contact[] };
  expect(Object.keys(emptied)).toEqual(["contacts"]);
  return { values: contacts, clears: emptied.contacts };
}

const isEmpty = ([name, value]: readonly [string, unknown]): boolean =>
  value === "" && ["phone_number", "e2_N", "e3_D"].includes(name);

function parted(contact: Contact, clears: boolean): Contact {
  const of = (members: object): object =>
    Object.fromEntries(
      Object.entries(members).filter(
        (one) => one[0] === "email" || one[0] === "custom_fields" || isEmpty(one) === clears,
      ),
    );
  return { ...of(contact), custom_fields: of(contact.custom_fields) } as Contact;
}

describe("a field that may not be cleared", () => {
  it("is sent apart from everything else, whatever the values", async () => {
    const text = fc.oneof(
      fc.constantFrom("", "gold", ',"e2_N":""', '"e3_D":"",', "a\tb\n", "\\"),
      fc.string({ unit: "binary", maxLength: 8 }).filter((one) => !one.includes("\0")),
    );
    const contact: fc.Arbitrary<Contact> = fc.record(
      {
        email: fc.emailAddress(),
        first_name: text,
        phone_number: fc.constantFrom("", "+4930123456"),
        custom_fields: fc.record(
          {
            e1_T: text,
            e2_N: fc.constantFrom("", 0, -1.5),
            e3_D: fc.constantFrom("", "2021-02-11T00:00:00Z"),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ["email", "custom_fields"] },
    ) as fc.Arbitrary<Contact>;
    await withSql((sql) =>
      fc.assert(
        fc.asyncProperty(fc.array(contact, { minLength: 1, maxLength: 8 }), async (contacts) => {
          const { values, clears } = await sent(sql, contacts);
          expect(values).toEqual(contacts.map((one) => parted(one, false)));
          const cleared = contacts
            .map((one) => parted(one, true))
            .filter((one) => Object.keys(one).length > 2 || Object.keys(one.custom_fields).length > 0);
          expect(clears).toEqual(cleared);
        }),
        { numRuns: 60 },
      ),
    );
  });

  it("is one body where nothing is emptied, or only texts", () => {
    expect(splitBody('{"contacts":[\n{"email":"a"}\n{"email":"b"}\n]}')).toEqual({
      values: '{"contacts":[{"email":"a"},{"email":"b"}]}',
      clears: undefined,
    });
    const texts = bound(attribute("city", { nulls: "clear" }), attribute("Score"));
    expect(codec(texts, CONNECTION).route("update", 1).wire).toBe("payload");
  });

  it("counts as a request of its own", () => {
    const work = [
      { operation: "add", group: "", rows: 60_000, batches: 2 },
      { operation: "remove", group: "", rows: 100, batches: 1 },
    ] as const;
    expect(codec(BINDINGS, CONNECTION).forecast(work).requests).toBe(5);
  });
});

describe.each([true, false])("a batch with clears at SendGrid, lost by them: %s", (loses) => {
  let stage: Stage;
  let list: string;
  beforeEach(async () => {
    stage = await Stage.open({
      switches: { sendgridEmptyLosesRow: loses, sendgridMissingIdentifierLosesRow: true },
    });
    list = stage.account.addList("Customers");
    for (const [name, type] of [
      ["Tier", "Text"],
      ["Score", "Number"],
      ["Since", "Date"],
    ] as const)
      stage.account.addField(name, type);
  });
  afterEach(() => stage.close());

  const write = async (rows: readonly string[]) => {
    const result = await stage.write("add", list, rows);
    if (result.status !== "accepted") return { result };
    await stage.sandbox.settle();
    const states = await stage.connect().jobs([result.job], signal);
    return { result, states };
  };
  const row = (email: string): string =>
    `{"email":"${email}","first_name":"A","custom_fields":{}}\t{"email":"${email}","custom_fields":{"e2_N":""}}`;

  it("puts everybody on the list with the rest, and its job ends with the second of the two", async () => {
    stage.account.addContact({ email: "a@example.com", custom_fields: { e2_N: 3 } });
    const { result, states } = await write([row("a@example.com"), row("b@example.com")]);
    expect(states).toEqual([
      { job: (result as { job: string }).job, state: "completed", message: undefined },
    ]);
    expect(stage.requests("PUT", "/v3/marketing/contacts")).toHaveLength(2);
    const members = stage.account.members(list);
    expect(members.map(({ email, first_name }) => [email, first_name])).toEqual([
      ["a@example.com", "A"],
      ["b@example.com", "A"],
    ]);
    expect(members[0]?.["custom_fields"]).toEqual(loses ? { Score: 3 } : {});
  });

  it("empties nothing where the values are refused", async () => {
    const { result } = await write([row("a@example.com"), row("000")]);
    expect(result).toMatchObject({ status: "refused-rows", rows: [{ index: 1 }] });
    expect(stage.requests("PUT", "/v3/marketing/contacts")).toHaveLength(1);
  });

  it("tells who was refused from the job that set values", async () => {
    stage.account.addContact({ email: "a@example.com", external_id: "x1" });
    const { states } = await write([row("a@example.com"), row("b@example.com")]);
    expect(states).toMatchObject([{ state: "completed-with-errors" }]);
    expect(await stage.rejects(states?.[0]?.job ?? "")).toMatchObject([{ email: "a@example.com" }]);
  });
});
