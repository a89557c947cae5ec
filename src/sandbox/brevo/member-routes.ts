import { json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData, BrevoList } from "./account.js";
import { find } from "./contact-routes.js";
import { invalid, missing } from "./errors.js";
import { withList } from "./list-routes.js";

const MAX_PER_REQUEST = 150;
const KINDS = { emails: "email_id", ids: "contact_id", extIds: "ext_id" } as const;

/** Moves up to 150 contacts; 400 when not one of them could be moved (seen by many integrations). */
function move(
  data: BrevoData,
  body: Record<string, unknown>,
  nothing: string,
  act: (row: number) => boolean,
): Reply {
  const given = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((kind) => body[kind] !== undefined);
  const kind = given[0];
  if (kind === undefined) return missing("emails, ids or extIds");
  if (given.length > 1) return invalid("Only one of emails, ids and extIds may be passed");
  const asked = body[kind];
  if (!Array.isArray(asked) || asked.length === 0) return invalid(`${kind} should be a non-empty array`);
  if (asked.length > MAX_PER_REQUEST) return invalid(`${kind} may have ${MAX_PER_REQUEST} entries at most`);
  const success: unknown[] = [];
  const failure: unknown[] = [];
  for (const identifier of asked) {
    const row = find(data, String(identifier), KINDS[kind]);
    (row !== undefined && act(row) ? success : failure).push(identifier);
  }
  return success.length === 0 ? invalid(nothing) : json(201, { contacts: { success, failure } });
}

function add(data: BrevoData, call: Call): Reply {
  return withList(data, call, (list) =>
    move(data, parseObject(call.body) ?? {}, "Contact already in list and/or does not exist", (row) =>
      touched(data, row, data.join(row, list.id)),
    ),
  );
}

function remove(data: BrevoData, call: Call): Reply {
  return withList(data, call, (list) => {
    const body = parseObject(call.body) ?? {};
    if (body["all"] === true) return removeAll(data, list);
    return move(data, body, "Contact already removed from list and/or does not exist", (row) =>
      touched(data, row, data.contacts.leave(row, list.id)),
    );
  });
}

function touched(data: BrevoData, row: number, moved: boolean): boolean {
  if (moved) data.contacts.touch(row, data.context.now());
  return moved;
}

function removeAll(data: BrevoData, list: BrevoList): Reply {
  const total = data.contacts.sets.count(list.id);
  if (total === 0) return invalid("Contacts already removed from list and/or does not exist");
  const process = data.processes.start("LIST_USERS_DELETE", () => {
    for (const row of data.contacts.scan({ list: list.id })) data.contacts.leave(row, list.id);
    return {};
  });
  return json(201, { contacts: { processId: process.id, total } });
}

export const MEMBER_ROUTES: readonly Route<BrevoData>[] = [
  { method: "POST", pattern: "/contacts/lists/:listId/contacts/add", bucket: "contacts", handle: add },
  { method: "POST", pattern: "/contacts/lists/:listId/contacts/remove", bucket: "contacts", handle: remove },
];
