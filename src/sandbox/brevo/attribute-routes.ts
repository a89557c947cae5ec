import { empty, json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData } from "./account.js";
import { type Attribute, storedOption } from "./attributes.js";
import { invalid, missing, notFound } from "./errors.js";

const TYPES = new Set(["text", "date", "float", "boolean", "id", "category", "multiple-choice", "user"]);
const CATEGORIES = new Set(["normal", "transactional", "category", "calculated", "global"]);
const MAX_LABEL = 200;

function all(data: BrevoData): Reply {
  return json(200, { attributes: [...data.attributes.values()].map(shown) });
}

/** `value` is 0 for labels that are not numbers, `valueStr` holds them (changelog 2026-05-01). */
function shown(attribute: Attribute): Record<string, unknown> {
  if (attribute.enumeration === undefined) return { ...attribute };
  const enumeration = attribute.enumeration.map((option) => ({
    ...option,
    valueStr: String(storedOption(option)),
  }));
  return { ...attribute, enumeration };
}

function create(data: BrevoData, call: Call): Reply {
  const { category = "", name: given = "" } = call.params;
  const body = parseObject(call.body) ?? {};
  if (!CATEGORIES.has(category)) return invalid("Attribute category is invalid");
  const name = given.toUpperCase();
  if (!/^[A-Z][A-Z0-9_-]*$/.test(name)) return invalid("Attribute name is invalid");
  if (data.attributes.has(name)) return invalid("Attribute name must be unique");
  const attribute = made(name, category as Attribute["category"], body);
  if ("status" in attribute) return attribute;
  data.attributes.set(name, attribute);
  return empty(201);
}

function made(
  name: string,
  category: Attribute["category"],
  body: Record<string, unknown>,
): Attribute | Reply {
  if (category === "category") {
    const enumeration = body["enumeration"];
    if (!Array.isArray(enumeration) || enumeration.length === 0) return missing("enumeration");
    const options = enumeration as { value: number; label: string }[];
    if (options.some(({ label }) => label.length > MAX_LABEL)) return invalid("label is too long");
    return { name, category, enumeration: options.map(({ value, label }) => ({ value, label })) };
  }
  if (category === "calculated" || category === "global") {
    const value = body["value"];
    return typeof value === "string" ? { name, category, calculatedValue: value } : missing("value");
  }
  const type = body["type"];
  if (typeof type !== "string" || !TYPES.has(type)) return missing("type");
  if (type !== "multiple-choice") return { name, category, type: type as "text" };
  const options = body["multiCategoryOptions"];
  if (!Array.isArray(options)) return missing("multiCategoryOptions");
  return { name, category, type, multiCategoryOptions: options as string[] };
}

/** Source: https://developers.brevo.com/reference/delete-attribute */
function remove(data: BrevoData, call: Call): Reply {
  const { category = "", name: given = "" } = call.params;
  const name = given.toUpperCase();
  if (data.attributes.get(name)?.category !== category) return notFound("Attribute does not exist");
  data.attributes.delete(name);
  data.contacts.dropValues("texts", name);
  return empty(204);
}

export const ATTRIBUTE_ROUTES: readonly Route<BrevoData>[] = [
  { method: "GET", pattern: "/contacts/attributes", bucket: "contacts", handle: all },
  { method: "POST", pattern: "/contacts/attributes/:category/:name", bucket: "contacts", handle: create },
  { method: "DELETE", pattern: "/contacts/attributes/:category/:name", bucket: "contacts", handle: remove },
];
