/**
 * The schema as the validator checks it. Alternatives of different types
 * become conditions on the type, so that a mistake is reported against the one
 * alternative that the person chose and not against all of them.
 */
export function checkedSchema(schema) {
  return transform(schema, schema);
}

/** With every reference replaced by what it leads to: messages are then made without looking anything up. */
export function withoutReferences(node, top = node) {
  if (Array.isArray(node)) return node.map((item) => withoutReferences(item, top));
  if (node === null || typeof node !== "object") return node;
  const { $ref, $defs: _, ...own } = node;
  const found = $ref === undefined ? {} : target(node, top);
  return Object.fromEntries(
    Object.entries({ ...found, ...own }).map(([key, value]) => [key, withoutReferences(value, top)]),
  );
}

/** The same rules at the same paths, without the words. */
export function withoutTexts(schema) {
  return mapSchema(schema, (key, value) => (texts.has(key) ? undefined : { [key]: value }));
}

const texts = new Set(["title", "description", "default", "errorMessage", "patternErrorMessage"]);
const dropped = new Set(["$schema", "examples", "markdownDescription", "format"]);

function transform(schema, root) {
  return mapSchema(schema, (key, value) => {
    if (key === "anyOf") return byType(value, root);
    if (key === "oneOf" && value.every(({ $ref }) => $ref !== undefined)) {
      const known = withoutOpenTypes(value, root);
      const tagged = known.length < value.length ? { discriminator: { propertyName: "type" } } : {};
      return { ...tagged, ...byTag(known, root) };
    }
    // With the type of the items in sight ajv compares them without a run-time import.
    if (key === "items") return { items: transform(target(value, root), root) };
    // An error in a function of its own does not say whose name it is about.
    if (key === "propertyNames") return { propertyNames: transform(target(value, root), root) };
    return dropped.has(key) ? undefined : { [key]: value };
  });
}

const maps = new Set(["properties", "$defs"]);
const data = new Set(["const", "enum", "default", "required", "dependentRequired", "type", "discriminator"]);

/** Rebuilds a schema from what `rewrite` makes of each keyword, innermost schemas first. */
function mapSchema(schema, rewrite) {
  if (Array.isArray(schema)) return schema.map((item) => mapSchema(item, rewrite));
  if (schema === null || typeof schema !== "object") return schema;
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    const inner = maps.has(key)
      ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapSchema(item, rewrite)]))
      : data.has(key)
        ? value
        : mapSchema(value, rewrite);
    Object.assign(out, rewrite(key, inner));
  }
  return out;
}

/** Without alternatives for types that plug-ins of a project bring: these are held against their own manifests. */
export function withoutOpenTypes(branches, root) {
  return branches.filter((branch) => target(branch, root).properties?.type?.pattern === undefined);
}

function byType(branches, root) {
  const types = branches.map((branch) => target(branch, root).type);
  if (new Set(types).size !== types.length) throw new Error("alternatives of anyOf must differ in type");
  return {
    type: types,
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a keyword of JSON Schema
    allOf: branches.map((branch, index) => ({ if: { type: types[index] }, then: branch })),
  };
}

/** Where one alternative is meant without a `type`, it is not for ajv's discriminator. */
function byTag(branches, root) {
  const optional = branches.filter((branch) => !target(branch, root).required?.includes("type"));
  if (optional.length === 0) return { oneOf: branches };
  const tags = branches.map((branch) => target(branch, root).properties.type.const);
  return {
    properties: { type: { enum: tags } },
    allOf: branches.map((branch, index) => ({
      if: {
        type: "object",
        properties: { type: { const: tags[index] } },
        ...(optional.includes(branch) ? {} : { required: ["type"] }),
      },
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is a keyword of JSON Schema
      then: branch,
    })),
  };
}

function target(schema, root) {
  return schema.$ref === undefined ? schema : root.$defs[schema.$ref.replace("#/$defs/", "")];
}
