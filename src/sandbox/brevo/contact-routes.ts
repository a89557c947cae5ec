import { empty, json, jsonText, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData } from "./account.js";
import { normalise, storedOption } from "./attributes.js";
import { type Clean, cleanAttributes } from "./clean.js";
import { normaliseEmail } from "./email.js";
import { invalid, missing, notFound, refuse } from "./errors.js";
import type { IdentifierName } from "./identifiers.js";
import { change } from "./import.js";
import { isReply, pageOf, timeOf } from "./query.js";
import { ContactWriter } from "./render.js";

const BY_TYPE: Readonly<Record<string, IdentifierName>> = {
  ext_id: "EXT_ID",
  phone_id: "SMS",
  whatsapp_id: "WHATSAPP",
  landline_number_id: "LANDLINE_NUMBER",
};

/** Finds a contact by whatever the path holds. */
export function find(data: BrevoData, identifier: string, type: string | null): number | undefined {
  const { contacts, identifiers } = data;
  const name = type === null ? undefined : BY_TYPE[type];
  if (name !== undefined) return identifiers.owner(name, identifier.replace(/^(?:\+|00)/, ""));
  const byId = Number(identifier) - 1;
  if (type === "contact_id" || (type === null && /^\d+$/.test(identifier) && contacts.isLive(byId)))
    return contacts.isLive(byId) ? byId : undefined;
  const byEmail = contacts.byEmail.get(identifier.toLowerCase());
  if (byEmail !== undefined || type === "email_id") return byEmail;
  return identifiers.owner("SMS", identifier.replace(/^(?:\+|00)/, ""));
}

function list(data: BrevoData, call: Call): Reply {
  const page = pageOf(call.query, 50, 1000);
  if (isReply(page)) return page;
  const since = times(call);
  if ("status" in since) return since;
  const ids = call.query.getAll("listIds").flatMap((text) => text.split(","));
  if (ids.length === 0)
    return jsonText(200, new ContactWriter(data).page(data.contacts.scan(since), "account", page));
  if (ids.length > 1) return invalid("this sandbox reads one list a request");
  const listId = Number(ids[0]);
  if (!data.lists.has(listId)) return invalid("List ID does not exist");
  return jsonText(
    200,
    new ContactWriter(data).page(data.contacts.scan({ ...since, list: listId }), "account", page),
  );
}

/** The filters by time that both collections of contacts know. */
export function times(call: Call): { modifiedSince?: number; createdSince?: number } | Reply {
  const filter: { modifiedSince?: number; createdSince?: number } = {};
  for (const name of ["modifiedSince", "createdSince"] as const) {
    const time = timeOf(call.query.get(name), name);
    if (typeof time === "number") filter[name] = time;
    else if (time !== undefined) return time;
  }
  return filter;
}

function get(data: BrevoData, call: Call): Reply {
  const row = find(data, call.params["identifier"] ?? "", call.query.get("identifierType"));
  if (row === undefined) return notFound("Contact does not exist");
  return jsonText(200, new ContactWriter(data).text(row, "single", ',"statistics":{}'));
}

/** Values of the single endpoints: identifiers are checked, the rest is treated as in imports. */
function checked(data: BrevoData, body: Record<string, unknown>, own: number | undefined): Clean | Reply {
  const given = body["attributes"] ?? {};
  if (typeof given !== "object") return invalid("attributes should be an object");
  const raw: Record<string, unknown> = { ...given };
  if (body["ext_id"] !== undefined) raw["EXT_ID"] = body["ext_id"];
  const clean = cleanAttributes(data.attributes, raw, {
    fromCsv: false,
    emptyErases: true,
    switches: data.context.switches,
  });
  for (const name of Object.values(BY_TYPE)) {
    if (raw[name] !== undefined && raw[name] !== "" && clean.values[name] === undefined)
      return invalid(name === "SMS" ? "Invalid phone number" : `${name} is invalid`);
  }
  const foreign = data.identifiers.owners(clean.values, undefined).filter(({ row }) => row !== own);
  if (foreign.length === 0) return clean;
  const names = foreign.map(({ name }) => name);
  return refuse(
    400,
    "duplicate_parameter",
    `${names.join(", ")} is already associated with another Contact`,
    {
      duplicate_identifiers: names,
    },
  );
}

/** The lists that a body names under a key; they have to exist. */
function listsOf(data: BrevoData, body: Record<string, unknown>, key: string): readonly number[] | Reply {
  const ids = body[key] ?? [];
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "number"))
    return invalid(`${key} should be type array`);
  return ids.every((id) => data.lists.has(id)) ? ids : invalid("List ID does not exist");
}

/** Lists, flags and attributes that both creation and update take. */
function write(data: BrevoData, row: number, body: Record<string, unknown>, input: Input): void {
  for (const id of input.join) data.join(row, id);
  for (const id of input.leave) data.contacts.leave(row, id);
  const flag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
  data.block(row, { email: flag(body["emailBlacklisted"]), sms: flag(body["smsBlacklisted"]) });
  change(data, row, input.clean);
  data.contacts.touch(row, data.context.now());
}

interface Input {
  readonly clean: Clean;
  readonly join: readonly number[];
  readonly leave: readonly number[];
}

/** Everything that a body holds, checked before anything is changed. */
function inputOf(data: BrevoData, body: Record<string, unknown>, own: number | undefined): Input | Reply {
  const clean = checked(data, body, own);
  if ("status" in clean) return clean;
  const join = listsOf(data, body, "listIds");
  if ("status" in join) return join;
  const leave = listsOf(data, body, "unlinkListIds");
  return "status" in leave ? leave : { clean, join, leave };
}

function create(data: BrevoData, call: Call): Reply {
  const body = parseObject(call.body);
  if (body === undefined) return refuse(400, "bad_request", "Input must be a valid JSON object");
  const email = body["email"] === undefined ? "" : normaliseEmail(body["email"]);
  if (email === undefined) return invalid("Invalid email address");
  const row = email === "" ? undefined : data.contacts.byEmail.get(email);
  if (row !== undefined && body["updateEnabled"] !== true)
    return refuse(
      400,
      "duplicate_parameter",
      "Unable to create contact, email is already associated with another Contact",
      {
        duplicate_identifiers: ["email"],
      },
    );
  const input = inputOf(data, body, row);
  if ("status" in input) return input;
  if (email === "" && !input.clean.identified) return missing("email");
  if (row === undefined && data.options.contactLimit === data.contacts.size)
    return refuse(403, "permission_denied", "You have reached the contact limit of your plan");
  const stored = row ?? data.contacts.add(email, "{}", "", data.context.now());
  write(data, stored, body, input);
  return row === undefined ? json(201, { id: stored + 1 }) : empty(204);
}

/** What an update takes of its attributes; undefined when a date is invalid, which live accounts refuse (recorded). */
function understood(
  { attributes, context }: BrevoData,
  given: Record<string, unknown> = {},
): Record<string, unknown> | undefined {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const attribute = attributes.get(name);
    const isWrongDate = attribute?.type === "date" && normalise(attribute, value, false) === "wrong";
    if (isWrongDate) return undefined;
    const isLabel = attribute?.enumeration?.some(
      (option) => option.label === value && String(storedOption(option)) !== value,
    );
    if (isLabel !== true || !context.switches.brevoPutIgnoresLabels) kept[name] = value;
  }
  return kept;
}

function update(data: BrevoData, call: Call): Reply {
  const body = parseObject(call.body);
  if (body === undefined) return refuse(400, "bad_request", "Input must be a valid JSON object");
  const row = find(data, call.params["identifier"] ?? "", call.query.get("identifierType"));
  if (row === undefined) return notFound("Contact does not exist");
  const attributes = understood(data, body["attributes"] as Record<string, unknown> | undefined);
  if (attributes === undefined) return invalid("invalid date format");
  const input = inputOf(data, { ...body, attributes }, row);
  if ("status" in input) return input;
  const renamed = attributes["EMAIL"];
  if (renamed !== undefined) {
    const email = normaliseEmail(renamed);
    if (email === undefined) return invalid("Invalid email address");
    if ((data.contacts.byEmail.get(email) ?? row) !== row)
      return refuse(
        400,
        "duplicate_parameter",
        "Unable to update contact, email is already associated with another Contact",
        {
          duplicate_identifiers: ["email"],
        },
      );
    data.contacts.rename(row, email);
  }
  const { emailBlacklisted, ...others } = body;
  if (emailBlacklisted === true && Object.keys(others).length === 0) data.blocklist(row);
  else write(data, row, body, input);
  return empty(204);
}

function remove(data: BrevoData, call: Call): Reply {
  const row = find(data, call.params["identifier"] ?? "", call.query.get("identifierType"));
  if (row === undefined) return notFound("Contact does not exist");
  data.remove(row);
  return empty(204);
}

export const CONTACT_ROUTES: readonly Route<BrevoData>[] = [
  { method: "GET", pattern: "/contacts", bucket: "contacts", handle: list },
  { method: "POST", pattern: "/contacts", bucket: "contacts", handle: create },
  { method: "GET", pattern: "/contacts/:identifier", bucket: "contacts", handle: get },
  { method: "PUT", pattern: "/contacts/:identifier", bucket: "contacts", handle: update },
  { method: "DELETE", pattern: "/contacts/:identifier", bucket: "contacts", handle: remove },
];
