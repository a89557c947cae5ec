import { describe, expect, test } from "vitest";
import { bindAttributes } from "../../../../src/destinations/brevo/bind.js";
import { field, mapping } from "./fixtures.js";

describe("built-in names depend on the account's language", () => {
  test.each([
    ["English", "FIRSTNAME", "LASTNAME"],
    ["French", "PRENOM", "NOM"],
    ["German", "VORNAME", "NACHNAME"],
    ["German with NAME", "VORNAME", "NAME"],
    ["Spanish", "NOMBRE", "APELLIDOS"],
    ["Italian", "NOME", "COGNOME"],
  ])("%s", (_, first, last) => {
    const { bindings, problems } = bindAttributes(
      [mapping("firstName"), mapping("lastName")],
      [field(last), field(first)],
    );
    expect(problems).toEqual([]);
    expect(bindings.map((one) => one.field.name)).toEqual([first, last]);
    expect(bindings.map((one) => [one.column, one.clear])).toEqual([
      ["a0", "c0"],
      ["a1", "c1"],
    ]);
  });

  test("two candidates are an error that names both", () => {
    const { bindings, problems } = bindAttributes(
      [mapping("firstName")],
      [field("PRENOM"), field("FIRSTNAME"), field("NOM")],
    );
    expect(bindings).toEqual([]);
    expect(problems[0]?.message).toContain("PRENOM or FIRSTNAME");
    expect(problems[0]?.hint).toContain("PRENOM");
  });

  test("NAME is somebody's own attribute where the names are English", () => {
    const { bindings } = bindAttributes([mapping("lastName")], [field("LASTNAME"), field("NAME")]);
    expect(bindings[0]?.field.name).toBe("LASTNAME");
  });
});

describe("phones", () => {
  const text = { countryColumn: undefined, defaultCountry: "DE", as: "text" as const };

  test("go to a text attribute of whatever name the account has", () => {
    const { bindings } = bindAttributes(
      [mapping("phone", { phone: text })],
      [field("SMS"), field("TELEFON")],
    );
    expect(bindings[0]).toMatchObject({ field: { id: "TELEFON" }, type: "phone", create: false });
  });

  test("createMissing makes a text attribute", () => {
    const { bindings } = bindAttributes(
      [mapping("phone", { phone: text, createMissing: true })],
      [field("SMS")],
    );
    expect(bindings[0]).toMatchObject({ field: { id: "PHONE", type: "text" }, type: "phone", create: true });
  });

  test("become the SMS identifier only on request", () => {
    const asked = bindAttributes([mapping("phone", { phone: { ...text, as: "sms" } })], [field("SMS")]);
    expect(asked.bindings[0]).toMatchObject({ field: { id: "SMS" }, type: "phone" });
    const direct = bindAttributes([mapping("SMS")], [field("SMS")]);
    expect(direct.problems[0]?.hint).toContain("as: sms");
  });
});

test.each(["EMAIL", "EXT_ID", "ext_id", "WHATSAPP", "LANDLINE_NUMBER"])(
  "%s is an identifier and is never written",
  (name) => {
    const { problems } = bindAttributes([mapping(name)], [field(name.toUpperCase())]);
    expect(problems[0]?.message).toContain("identifies contacts");
  },
);

test.each(["DOUBLE_OPT-IN", "double_opt_in", "OPT_IN", "Opt-In", "OPTIN_TIME", "OPT_OUT"])(
  "%s is evidence of consent and is never written, nor created",
  (name) => {
    for (const fields of [[field(name.toUpperCase(), { type: "choice", choices: ["Yes", "No"] })], []]) {
      const { bindings, problems } = bindAttributes([mapping(name, { createMissing: true })], fields);
      expect(bindings).toEqual([]);
      expect(problems[0]?.message).toBe(
        `${name.toUpperCase()} is Brevo's evidence of a person's consent and is not written.`,
      );
    }
  },
);

test("an attribute whose name only begins like that is an ordinary one", () => {
  const { problems } = bindAttributes([mapping("OPTION")], [field("OPTION")]);
  expect(problems).toEqual([]);
});

describe("fields that do not fit", () => {
  test("a missing one names the nearest and how to create it", () => {
    const { problems } = bindAttributes([mapping("SCRE")], [field("SCORE"), field("CITY")]);
    expect(problems[0]?.message).toContain("SCRE");
    expect(problems[0]?.hint).toMatch(/Did you mean SCORE\?.*createMissing/);
  });

  test("names are upper case at Brevo", () => {
    const { bindings } = bindAttributes(
      [mapping("score", { type: "number" })],
      [field("SCORE", { type: "number" })],
    );
    expect(bindings[0]?.field.id).toBe("SCORE");
  });

  test("a wrong type is found before Brevo drops the values", () => {
    const { problems } = bindAttributes([mapping("SCORE", { type: "number" })], [field("SCORE")]);
    expect(problems[0]?.message).toBe("SCORE holds text at Brevo, not number.");
  });

  test("computed and reserved ones cannot be written", () => {
    const { problems } = bindAttributes(
      [mapping("BLACKLIST")],
      [field("BLACKLIST", { type: "unsupported", writable: false })],
    );
    expect(problems[0]?.message).toContain("cannot be written");
  });

  test("two attributes on one field", () => {
    const { problems } = bindAttributes([mapping("firstName"), mapping("FIRSTNAME")], [field("FIRSTNAME")]);
    expect(problems[0]).toMatchObject({ attribute: "FIRSTNAME" });
  });

  test("a label that the category lacks", () => {
    const tier = field("TIER", { type: "choice", choices: ["gold", "silver"] });
    const { problems } = bindAttributes(
      [mapping("TIER", { type: "choice", choices: ["gold", "iron"] })],
      [tier],
    );
    expect(problems[0]?.message).toContain('"iron"');
    expect(problems[0]?.hint).toContain('"gold", "silver"');
  });
});

describe("createMissing", () => {
  test.each([
    [mapping("VIP", { createMissing: true, type: "boolean" }), "boolean"],
    [mapping("VIP", { createMissing: true, value: { constant: true } }), "boolean"],
    [mapping("VIP", { createMissing: true, value: { constant: 7 } }), "number"],
    [mapping("VIP", { createMissing: true }), "text"],
  ])("takes the type from the mapping", (attribute, type) => {
    expect(bindAttributes([attribute], []).bindings[0]).toMatchObject({
      create: true,
      type,
      field: { id: "VIP", type },
    });
  });

  test("a choice needs labels of at most 200 characters", () => {
    const choice = (choices: readonly string[]) =>
      bindAttributes([mapping("TIER", { createMissing: true, type: "choice", choices })], []);
    expect(choice([]).problems[0]?.hint).toContain("choices");
    expect(choice(["x".repeat(201)]).problems).toHaveLength(1);
    expect(choice(["a", "b"]).bindings[0]).toMatchObject({ create: true, field: { choices: ["a", "b"] } });
  });

  test("a name that Brevo does not take", () => {
    const { problems } = bindAttributes([mapping("höhe", { createMissing: true })], []);
    expect(problems[0]?.message).toContain("letters A to Z");
  });
});
