import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { SECTION_ORDER } from "../../../../src/config/write/fmt-sections.js";

const root = new URL("../../../../", import.meta.url);
const read = (name: string): Schema =>
  JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, root), "utf8")) as Schema;
const schema = read("config");

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  $ref?: string;
  [keyword: string]: unknown;
}

test("generated files are those that the schema makes", async () => {
  const generator = (await import(new URL(".ci/generate/config.mjs", root).href)) as {
    stale(): Promise<string[]>;
  };
  expect(await generator.stale()).toEqual([]);
}, 120_000);

test.each([
  ["config", { version: 1 }],
  ["test", { cases: [{ name: "a", expect: { segments: { b: { count: 1 } } } }] }],
])("the schema of %s files is strict JSON Schema 2020-12", (name, valid) => {
  const ajv = new Ajv2020.default({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    discriminator: true,
  });
  addFormats.default(ajv);
  ajv.addVocabulary(["markdownDescription", "errorMessage", "patternErrorMessage"]);
  expect(ajv.compile(read(name))(valid)).toBe(true);
});

test.each(["config", "test"])("hovering explains every key of %s files", (name) => {
  const schema = read(name);
  const silent: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [name, property] of Object.entries((node as Schema).properties ?? {})) {
      const target = property.$ref?.replace("#/$defs/", "");
      const shared = target === undefined ? undefined : (schema["$defs"] as Record<string, Schema>)[target];
      if ((property.description ?? shared?.description ?? "") === "") silent.push(`${path}/${name}`);
    }
    for (const [key, inner] of Object.entries(node)) visit(inner, `${path}/${key}`);
  };
  visit(schema, "");
  expect(silent).toEqual([]);
});

test("fmt orders sections as the schema does", () => {
  expect(SECTION_ORDER).toEqual(Object.keys(schema.properties ?? {}));
});
