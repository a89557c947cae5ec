// docs/reference/policies.md, from the types that policies are checked with. Needs dist.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { OBJECT_TYPES, VARIABLES } from "../../dist/policy/input-types.js";

const target = fileURLToPath(new URL("../../docs/reference/policies.md", import.meta.url));
const table = (fields) => [
  "| name | type | what it is |",
  "| --- | --- | --- |",
  ...Object.entries(fields).map(
    ([name, { type, description }]) => `| \`${name}\` | ${typeText(type)} | ${description} |`,
  ),
  "",
];

function typeText(type) {
  if (type === "google.protobuf.Timestamp") return "timestamp";
  return type.replaceAll(/[A-Z]\w+/g, (name) => `[${name}](#${name.toLowerCase()})`).replaceAll("<", "&lt;");
}

const text = [
  "<!-- Generated from src/policy/input-types.ts by `npm run generate`. Do not edit. -->\n",
  "# What a policy sees\n",
  "The names that a `deny` of [policies](../policies.md) may use, with their CEL types. A text that the plan leaves out is",
  "empty. There is no address in any of it. Besides what CEL itself brings, `list<int>` has `sum()`.\n",
  ...table(VARIABLES),
  ...Object.entries(OBJECT_TYPES).flatMap(([name, fields]) => [`## ${name}\n`, ...table(fields)]),
].join("\n");
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "markdown" }));
