// What is derived from schemas/test.schema.json: types, validator, the words of messages, the reference page.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";
import { format } from "prettier";
import { validator } from "./config.mjs";
import { referencePage } from "./reference-page.mjs";
import { validationSchema, withoutTexts } from "./validation-schema.mjs";

const root = new URL("../../", import.meta.url);
const from = "schemas/test.schema.json";
const header = `// Generated from ${from} by \`npm run generate\`. Do not edit.\n`;

const schema = JSON.parse(await readFile(new URL(from, root), "utf8"));
const checked = validationSchema(inlined(schema));
const page = referencePage(schema, {
  from,
  title: "Test file reference",
  intro:
    "Everything that a `*.test.yaml` may hold; [Testing](../testing.md) says how to use it. For completion and\nexplanations in the editor, put `# yaml-language-server: $schema=…/schemas/test.schema.json` in its first line.",
});
const files = {
  "src/config/test-file/test-file.gen.ts": await compile(schema, "TestFileYaml", {
    bannerComment: header.trimEnd(),
    additionalProperties: false,
    style: { printWidth: 110 },
  }),
  "src/config/test-file/validator.gen.ts": validator(withoutTexts(checked), header),
  "src/config/test-file/checked-schema.gen.ts": `${header}export const checkedSchema: unknown = ${JSON.stringify(checked)};\n`,
  "docs/reference/tests.md": await format(page, { parser: "markdown", printWidth: 110 }),
};
for (const [path, text] of Object.entries(files)) await writeFile(new URL(path, root), text);

/** With every reference replaced by what it leads to: messages are then made without looking anything up. */
function inlined(node, top = node) {
  if (Array.isArray(node)) return node.map((item) => inlined(item, top));
  if (node === null || typeof node !== "object") return node;
  const { $ref, $defs: _, ...own } = node;
  const target = $ref === undefined ? {} : top.$defs[$ref.replace("#/$defs/", "")];
  return Object.fromEntries(
    Object.entries({ ...target, ...own }).map(([key, value]) => [key, inlined(value, top)]),
  );
}
