import { empty, json, jsonText, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData, BrevoList } from "./account.js";
import { times } from "./contact-routes.js";
import { invalid, missing, notFound, refuse } from "./errors.js";
import { isReply, pageOf, slice } from "./query.js";
import { ContactWriter, listDetails, listEntry } from "./render.js";

/** Runs `then` with the list that the path names. */
export function withList(data: BrevoData, call: Call, then: (list: BrevoList) => Reply): Reply {
  const id = Number(call.params["listId"]);
  if (!Number.isInteger(id)) return invalid("List ID is invalid");
  const list = data.lists.get(id);
  return list === undefined ? notFound("List ID does not exist") : then(list);
}

function all(data: BrevoData, call: Call): Reply {
  const page = pageOf(call.query, 10, 50);
  if (isReply(page)) return page;
  const lists = [...data.lists.values()];
  return json(200, { lists: slice(lists, page).map((list) => listEntry(data, list)), count: lists.length });
}

function create(data: BrevoData, call: Call): Reply {
  const body = parseObject(call.body);
  const name = body?.["name"];
  if (typeof name !== "string" || name === "") return missing("name");
  const folderId = body?.["folderId"];
  if (typeof folderId !== "number") return missing("folderId");
  if (!data.folders.has(folderId)) return invalid("Folder ID does not exist");
  if (data.context.switches.brevoListNamesUnique && nameTaken(data, name))
    return refuse(400, "duplicate_parameter", "List name already exists");
  return json(201, { id: data.addList(name, folderId).id });
}

function nameTaken(data: BrevoData, name: string): boolean {
  return [...data.lists.values()].some((list) => list.name === name);
}

function update(data: BrevoData, call: Call): Reply {
  return withList(data, call, (list) => {
    const { name, folderId } = parseObject(call.body) ?? {};
    if (name === undefined && folderId === undefined) return missing("name or folderId");
    if (name !== undefined && folderId !== undefined)
      return invalid("Only one of name and folderId may be passed");
    if (typeof name === "string") list.name = name;
    if (typeof folderId === "number") {
      if (!data.folders.has(folderId)) return invalid("Folder ID does not exist");
      list.folderId = folderId;
    }
    return empty(204);
  });
}

function remove(data: BrevoData, call: Call): Reply {
  return withList(data, call, (list) => {
    data.removeList(list.id);
    return empty(204);
  });
}

function members(data: BrevoData, call: Call): Reply {
  return withList(data, call, (list) => {
    const page = pageOf(call.query, 50, 500);
    if (isReply(page)) return page;
    const since = times(call);
    if ("status" in since) return since;
    return jsonText(200, new ContactWriter(data).page(data.rowsOfList(list.id, since), "list", page));
  });
}

export const LIST_ROUTES: readonly Route<BrevoData>[] = [
  { method: "GET", pattern: "/contacts/lists", bucket: "contacts", handle: all },
  { method: "POST", pattern: "/contacts/lists", bucket: "contacts", handle: create },
  {
    method: "GET",
    pattern: "/contacts/lists/:listId",
    bucket: "contacts",
    handle: (data, call) => withList(data, call, (list) => json(200, listDetails(data, list))),
  },
  { method: "PUT", pattern: "/contacts/lists/:listId", bucket: "contacts", handle: update },
  { method: "DELETE", pattern: "/contacts/lists/:listId", bucket: "contacts", handle: remove },
  { method: "GET", pattern: "/contacts/lists/:listId/contacts", bucket: "contacts", handle: members },
];
