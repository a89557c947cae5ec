import { describe, expect, it } from "vitest";
import { bindAttributes } from "../../../../src/destinations/sendgrid/bind.js";
import { attribute, bound, FIELDS } from "./attributes.js";

function problem(...attributes: Parameters<typeof bindAttributes>[0]) {
  const { bindings, problems } = bindAttributes(attributes, FIELDS);
  expect(problems).toHaveLength(1);
  return { bindings, ...problems[0]! };
}

describe("bind", () => {
  it("knows the plain names", () => {
    const names = [
      "firstName",
      "lastName",
      "country",
      "state",
      "city",
      "postalCode",
      "phone",
      "addressLine1",
      "addressLine2",
    ];
    expect(bound(...names.map((name) => attribute(name))).map(({ field }) => field.id)).toEqual([
      "first_name",
      "last_name",
      "country",
      "state_province_region",
      "city",
      "postal_code",
      "phone_number",
      "address_line_1",
      "address_line_2",
    ]);
  });

  it("finds custom fields whatever the case, by id, with their types and columns", () => {
    const bindings = bound(attribute("firstName"), attribute("TIER"), attribute("score"), attribute("Since"));
    expect(
      bindings.map(({ field, type, column, clear, create }) => [field.id, type, column, clear, create]),
    ).toEqual([
      ["first_name", "text", "a0", "c0", false],
      ["e1_T", "text", "a1", "c1", false],
      ["e2_N", "number", "a2", "c2", false],
      ["e3_D", "date", "a3", "c3", false],
    ]);
    expect(bindings[0]!.field.maxLength).toBe(50);
  });

  it("stores phones and choices as text", () => {
    const phone = { countryColumn: undefined, defaultCountry: "DE", as: "text" as const };
    const bindings = bound(
      attribute("phone", { phone }),
      attribute("Tier", { type: "choice", choices: ["a"] }),
    );
    expect(bindings.map(({ field, type }) => [field.id, type])).toEqual([
      ["phone_number", "phone"],
      ["e1_T", "choice"],
    ]);
  });

  it("keeps columns in step when an attribute has a problem", () => {
    const { bindings } = problem(attribute("nonsense"), attribute("city"));
    expect(bindings.map(({ column }) => column)).toEqual(["a1"]);
  });

  it("names the nearest field for a missing one", () => {
    expect(problem(attribute("frist_name")).hint).toContain("Did you mean first_name?");
    expect(problem(attribute("zzzzzzzz")).hint).not.toContain("Did you mean");
  });

  it("creates missing fields with the type asked for", () => {
    const create = (name: string, overrides = {}) =>
      bound(attribute(name, { createMissing: true, ...overrides }))[0]!;
    expect(create("Points", { type: "number" })).toMatchObject({
      create: true,
      type: "number",
      field: { name: "Points", type: "number" },
    });
    expect(create("Day", { type: "date" }).field.type).toBe("date");
    expect(create("Any").field.type).toBe("text");
    expect(create("Fixed", { value: { constant: 7 } }).type).toBe("number");
    expect(create("Kind", { type: "choice" })).toMatchObject({ type: "choice", field: { type: "text" } });
  });

  it.each([
    ["a wrong type", attribute("Score", { type: "text" }), /holds number.*not text/],
    ["a number in text", attribute("Tier", { type: "number" }), /holds text/],
    ["a boolean", attribute("Tier", { type: "boolean" }), /no boolean/],
    [
      "a boolean constant",
      attribute("Flag", { createMissing: true, value: { constant: true } }),
      /no boolean/,
    ],
    [
      "sms",
      attribute("phone", { phone: { countryColumn: undefined, defaultCountry: undefined, as: "sms" } }),
      /only Brevo/,
    ],
    ["the address", attribute("email"), /match\.email/],
    ["alternate addresses", attribute("alternate_emails"), /cannot be written/],
    ["a read-only field", attribute("created_at"), /cannot be written/],
    ["a name that cannot be created", attribute("9 lives", { createMissing: true }), /letters, digits/],
  ])("refuses %s", (_name, mapping, message) => {
    expect(problem(mapping).message).toMatch(message);
  });

  it.each(["external_id", "phone_number_id", "anonymous_id", "list_ids", "segment_ids"])(
    "refuses %s by name, whatever the account lists and whatever the case",
    (name) => {
      const written = name.replace("id", "ID");
      for (const mapping of [
        attribute(name),
        attribute(written),
        attribute(written, { createMissing: true }),
      ]) {
        expect(problem(mapping).message).toMatch(new RegExp(`^${name} (identifies|says where)`));
        const { bindings, problems } = bindAttributes([mapping], []);
        expect([bindings, problems.length]).toEqual([[], 1]);
      }
    },
  );

  it("offers none of them for a name that is alike", () => {
    expect(problem(attribute("externalid")).hint).not.toContain("external_id");
  });

  it("refuses two attributes for one field", () => {
    expect(problem(attribute("firstName"), attribute("first_name")).message).toMatch(
      /both written to first_name/,
    );
    const twice = [attribute("New", { createMissing: true }), attribute("NEW", { createMissing: true })];
    expect(problem(...twice).message).toMatch(/both written/);
  });
});
