import { json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { isEmail } from "./check.js";
import { invalid, refuse } from "./errors.js";
import { IDENTIFIERS } from "./fields.js";
import { contactDetails } from "./render.js";

const MAX_ASKED = 100;

function byEmail(data: SendgridData, call: Call): Reply {
  const emails = parseObject(call.body)?.["emails"];
  return search(data, "emails", emails, (email) => emailOwner(data, email));
}

/** Alternate addresses match too: the contact that comes back may have another primary address. */
function emailOwner(data: SendgridData, email: string): number | undefined {
  return data.contacts.byEmail.get(email) ?? data.alternates.get(email);
}

function byIdentifier(data: SendgridData, call: Call): Reply {
  const type = call.params["type"];
  const identifiers = parseObject(call.body)?.["identifiers"];
  if (type === "email") return search(data, "identifiers", identifiers, (email) => emailOwner(data, email));
  const name = IDENTIFIERS.find((known) => known === type);
  if (name === undefined) return invalid("identifier type is not valid");
  return search(data, "", identifiers, (value) => data.owners.get(name)?.get(value));
}

/** 200 with what was found, 404 when nothing was, 400 when an address is invalid. `field` is empty when they are not addresses. */
function search(
  data: SendgridData,
  field: string,
  asked: unknown,
  owner: (value: string) => number | undefined,
): Reply {
  if (!Array.isArray(asked)) return invalid("a list to search for is required");
  const values = asked.map(String).filter((value) => value !== "");
  if (values.length === 0) return invalid("nothing to search for");
  if (values.length > MAX_ASKED) return invalid(`at most ${MAX_ASKED} can be searched for`);
  const bad = field === "" ? undefined : values.find((value) => !isEmail(value.trim()));
  if (bad !== undefined) return invalid(`email '${bad}' is not valid`, field);
  const result: Record<string, unknown> = {};
  let found = 0;
  for (const value of values) {
    const key = field === "" ? value : value.trim().toLowerCase();
    const row = owner(key);
    if (row !== undefined) found++;
    result[key] = row === undefined ? { error: "contact not found" } : { contact: contactDetails(data, row) };
  }
  return found === 0 ? refuse(404, { message: "contacts not found" }) : json(200, { result });
}

const SEARCH = "/v3/marketing/contacts/search";

export const SEARCH_ROUTES: readonly Route<SendgridData>[] = [
  { method: "POST", pattern: `${SEARCH}/emails`, bucket: "600", handle: byEmail },
  { method: "POST", pattern: `${SEARCH}/identifiers/:type`, bucket: "600", handle: byIdentifier },
];
