import { expect, test } from "vitest";

interface Generator {
  standaloneValidator(name: string, schema: object, about: { writtenBy: "people" | "rollcall" }): string;
}
const { standaloneValidator } = (await import(
  new URL("../../../.ci/validators/standalone-validator.mjs", import.meta.url).href
)) as Generator;
const made = (schema: object): string => standaloneValidator("validateIt", schema, { writtenBy: "rollcall" });

test("a validator that would import something at run time is refused", () => {
  expect(() => made({ type: "array", uniqueItems: true })).toThrow("validateIt imports something");
  expect(made({ type: "array", uniqueItems: true, items: { type: "string" } })).toContain(
    "export const validateIt: Validator = ",
  );
});

test.each([
  { type: "object", unevaluatedProperties: false },
  { type: "object", properties: { inner: { $dynamicRef: "#it" } } },
])("a keyword that the validator would not look after is refused: %j", (schema) => {
  expect(() => made(schema)).toThrow("validateIt would pass over a keyword of its schema");
});
