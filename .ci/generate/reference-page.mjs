/** The reference page of a schema: one section an object, one table row a property. */
export function referencePage(schema, { from, title, intro }) {
  const sections = [section("The file", schema, schema)];
  const seen = new Set();
  const queue = [...objectsIn(schema, schema)];
  while (queue.length > 0) {
    const definition = queue.shift();
    if (seen.has(definition)) continue;
    seen.add(definition);
    if (definition.title !== undefined && definition.properties !== undefined)
      sections.push(section(definition.title, definition, schema));
    // A union has no section of its own; its alternatives stand where it would.
    if (definition.properties === undefined) queue.unshift(...objectsIn(definition, schema));
    else queue.push(...objectsIn(definition, schema));
  }
  return [
    `<!-- Generated from ${from} by \`npm run generate\`. Do not edit. -->`,
    `# ${title}`,
    intro,
    ...sections,
  ]
    .join("\n\n")
    .concat("\n");
}

/** Definitions that a node refers to, and objects with a title that are in it. */
function* objectsIn(node, schema) {
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "$defs") continue;
    if (key === "$ref") yield schema.$defs[value.replace("#/$defs/", "")];
    else if (value?.title !== undefined && value.properties !== undefined) yield value;
    else yield* objectsIn(value, schema);
  }
}

function section(title, definition, schema) {
  const rows = Object.entries(definition.properties).map(([name, property]) => {
    const merged = resolve(property, schema);
    const required = definition.required?.includes(name) ? " (required)" : "";
    return `| \`${name}\`${required} | ${typeText(property, schema)} | ${describe(merged)} |`;
  });
  const table = ["| key | value | meaning |", "|---|---|---|", ...rows].join("\n");
  return [
    `## ${title}`,
    definition.markdownDescription ?? definition.description,
    ...rules(definition),
    table,
  ].join("\n\n");
}

function rules(definition) {
  const keys = definition.oneOf?.flatMap((branch) => branch.required ?? []) ?? [];
  return keys.length === 0 ? [] : [`Exactly one of ${keys.map((key) => `\`${key}\``).join(", ")}.`];
}

function describe(property) {
  const parts = [property.markdownDescription ?? property.description];
  if (property.default !== undefined) parts.push(`Default: ${code(property.default)}.`);
  if (property.examples !== undefined) parts.push(`Example: ${property.examples.map(code).join(", ")}.`);
  return parts.join(" ").replaceAll("|", "\\|");
}

function typeText(property, schema) {
  const own = resolve(property, schema);
  if (own.title !== undefined && own.properties !== undefined) return link(own.title);
  if (own.enum !== undefined) return own.enum.map(code).join(", ");
  if (own.const !== undefined) return code(own.const);
  const branches = own.anyOf ?? own.oneOf?.filter((branch) => branch.$ref !== undefined);
  if (branches?.length > 0)
    return [...new Set(branches.map((branch) => typeText(branch, schema)))].join(" or ");
  if (own.type === "array") return `list of ${typeText(own.items, schema)}`;
  if (own.type === "object" && own.additionalProperties === true) return "object";
  if (own.type === "object" && own.additionalProperties)
    return `by name: ${typeText(own.additionalProperties, schema)}`;
  if (own.type === "object") return `object: ${Object.keys(own.properties).map(code).join(", ")}`;
  return [own.type]
    .flat()
    .map((type) => words[type])
    .join(", ");
}

const words = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  null: "`null`",
};

function resolve(property, schema) {
  if (property.$ref === undefined) return property;
  return { ...resolve(schema.$defs[property.$ref.replace("#/$defs/", "")], schema), ...property };
}

function link(title) {
  return `[${title}](#${title.toLowerCase().replaceAll(" ", "-")})`;
}

/** JSON with the quotes that YAML does not need left out. */
function code(value) {
  if (Array.isArray(value)) return `\`[${value.map(plain).join(", ")}]\``;
  return `\`${plain(value)}\``;
}

function plain(value) {
  if (Array.isArray(value)) return `[${value.map(plain).join(", ")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${plain(item)}`)
      .join(", ")}}`;
  return typeof value === "string" && /[:#*[\]{}]|^$|%/.test(value) ? JSON.stringify(value) : String(value);
}
