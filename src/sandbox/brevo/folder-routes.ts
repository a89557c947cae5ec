import { json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData, BrevoFolder } from "./account.js";
import { missing, notFound } from "./errors.js";
import { isReply, pageOf, slice } from "./query.js";
import { listEntry } from "./render.js";

function shown(data: BrevoData, folder: BrevoFolder): Record<string, unknown> {
  const lists = [...data.lists.values()].filter((list) => list.folderId === folder.id);
  const uniqueSubscribers = lists.reduce((sum, list) => sum + data.contacts.sets.count(list.id), 0);
  return { ...folder, uniqueSubscribers, totalSubscribers: 0, totalBlacklisted: 0 };
}

function all(data: BrevoData, call: Call): Reply {
  const page = pageOf(call.query, 10, 50);
  if (isReply(page)) return page;
  const folders = [...data.folders.values()];
  return json(200, {
    folders: slice(folders, page).map((folder) => shown(data, folder)),
    count: folders.length,
  });
}

function create(data: BrevoData, call: Call): Reply {
  const name = parseObject(call.body)?.["name"];
  if (typeof name !== "string" || name === "") return missing("name");
  const folder = { id: data.nextFolder++, name };
  data.folders.set(folder.id, folder);
  return json(201, { id: folder.id });
}

function withFolder(data: BrevoData, call: Call, then: (folder: BrevoFolder) => Reply): Reply {
  const folder = data.folders.get(Number(call.params["folderId"]));
  return folder === undefined ? notFound("Folder ID does not exist") : then(folder);
}

function listsOf(data: BrevoData, call: Call): Reply {
  return withFolder(data, call, (folder) => {
    const page = pageOf(call.query, 10, 50);
    if (isReply(page)) return page;
    const lists = [...data.lists.values()].filter((list) => list.folderId === folder.id);
    return json(200, { lists: slice(lists, page).map((list) => listEntry(data, list)), count: lists.length });
  });
}

export const FOLDER_ROUTES: readonly Route<BrevoData>[] = [
  { method: "GET", pattern: "/contacts/folders", bucket: "contacts", handle: all },
  { method: "POST", pattern: "/contacts/folders", bucket: "contacts", handle: create },
  {
    method: "GET",
    pattern: "/contacts/folders/:folderId",
    bucket: "contacts",
    handle: (data, call) => withFolder(data, call, (folder) => json(200, shown(data, folder))),
  },
  { method: "GET", pattern: "/contacts/folders/:folderId/lists", bucket: "contacts", handle: listsOf },
];
