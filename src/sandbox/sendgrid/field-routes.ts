import { empty, json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { invalid, refuse } from "./errors.js";
import { type CustomField, RESERVED, RESERVED_NAMES } from "./fields.js";

const MAX_FIELDS = 500;
const SELF = "https://api.sendgrid.com/v3/marketing/field_definitions";

function shown({ id, name, type }: CustomField): Record<string, unknown> {
  return { id, name, field_type: type };
}

function all(data: SendgridData): Reply {
  const custom = [...data.fields.values()].map(shown);
  const leftOut = data.context.switches.sendgridCustomFieldsLeftOut;
  return json(200, {
    ...(custom.length === 0 && leftOut ? {} : { custom_fields: custom }),
    reserved_fields: RESERVED,
    _metadata: { self: SELF },
  });
}

function create(data: SendgridData, call: Call): Reply {
  const { name, field_type: type } = parseObject(call.body) ?? {};
  if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name))
    return invalid("name is not valid", "name");
  if (type !== "Text" && type !== "Number" && type !== "Date")
    return invalid("field_type must be Text, Number or Date", "field_type");
  const wanted = name.toLowerCase();
  const taken = [...data.fields.values()].some((field) => field.name.toLowerCase() === wanted);
  if (taken || RESERVED_NAMES.has(wanted)) return invalid("a field of this name exists", "name");
  if (data.fields.size >= MAX_FIELDS) return invalid(`at most ${MAX_FIELDS} custom fields`);
  const field = data.addField(name, type);
  return json(200, { ...shown(field), _metadata: { self: `${SELF}/${field.id}` } });
}

function remove(data: SendgridData, call: Call): Reply {
  const field = data.fields.get(call.params["id"] ?? "");
  if (field === undefined) return refuse(404, { message: "field not found" });
  data.fields.delete(field.id);
  data.contacts.dropValues("custom", field.name);
  return empty(204);
}

export const FIELD_ROUTES: readonly Route<SendgridData>[] = [
  { method: "GET", pattern: "/v3/marketing/field_definitions", bucket: "600", handle: all },
  { method: "POST", pattern: "/v3/marketing/field_definitions", bucket: "600", handle: create },
  { method: "DELETE", pattern: "/v3/marketing/field_definitions/:id", bucket: "600", handle: remove },
];
