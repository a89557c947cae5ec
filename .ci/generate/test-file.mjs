// What is derived from schemas/test.schema.json: types and the reference page.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";
import { format } from "prettier";
import { referencePage } from "./reference-page.mjs";

const root = new URL("../../", import.meta.url);
const from = "schemas/test.schema.json";
const header = `// Generated from ${from} by \`npm run generate\`. Do not edit.\n`;

const schema = JSON.parse(await readFile(new URL(from, root), "utf8"));
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
  "docs/reference/tests.md": await format(page, { parser: "markdown", printWidth: 110 }),
};
for (const [path, text] of Object.entries(files)) await writeFile(new URL(path, root), text);
