/**
 * Writes what is derived from schemas/config.schema.json. With `--check` it
 * writes nothing and fails when a file is stale.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";
import { format } from "prettier";
import { withoutOpenTypes } from "../validators/checked-schema.mjs";
import { referencePage } from "./reference-page.mjs";

const root = new URL("../../", import.meta.url);
const header = "// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.\n";

const PAGE = {
  from: "schemas/config.schema.json",
  title: "Configuration reference",
  intro:
    "Everything that `exports.config.yaml` may hold. For completion and explanations in the editor, put\n`# yaml-language-server: $schema=…/schemas/config.schema.json` in its first line.",
};

/** Path (relative to the project) → text of every generated file. */
export async function generated() {
  const schema = JSON.parse(await readFile(new URL("schemas/config.schema.json", root), "utf8"));
  return {
    "src/config/schema/config-file.gen.ts": await types(schema),
    "docs/reference/config.md": await format(referencePage(schema, PAGE), {
      parser: "markdown",
      printWidth: 110,
    }),
  };
}

function types(schema) {
  return compile(withoutChoices(withoutOpen(schema)), "ConfigFile", {
    bannerComment: header.trimEnd(),
    additionalProperties: false,
    style: { printWidth: 110 },
  });
}

/** What is of a type that is not known here has no interface. */
function withoutOpen(schema) {
  const unions = Object.entries(schema.$defs).filter(([, { oneOf }]) => oneOf?.every(({ $ref }) => $ref));
  const closed = unions.map(([name, union]) => [
    name,
    { ...union, oneOf: withoutOpenTypes(union.oneOf, schema) },
  ]);
  const known = Object.entries(schema.$defs).filter(
    ([, definition]) => definition.properties?.type?.pattern === undefined,
  );
  return { ...schema, $defs: { ...Object.fromEntries(known), ...Object.fromEntries(closed) } };
}

/** "Exactly one of these keys" says nothing that a TypeScript interface could hold. */
function withoutChoices(node) {
  if (Array.isArray(node)) return node.map(withoutChoices);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === "oneOf" && value.every((branch) => branch.required)))
      .map(([key, value]) => [key, withoutChoices(value)]),
  );
}

export async function stale() {
  const files = Object.entries(await generated());
  const found = await Promise.all(
    files.map(async ([path, text]) => {
      const current = await readFile(new URL(path, root), "utf8").catch(() => undefined);
      return current === text ? [] : [path];
    }),
  );
  return found.flat();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const paths = await stale();
    for (const path of paths) console.error(`stale: ${path} (run \`npm run generate\`)`);
    process.exitCode = paths.length === 0 ? 0 : 1;
  } else {
    for (const [path, text] of Object.entries(await generated())) await writeFile(new URL(path, root), text);
  }
}
