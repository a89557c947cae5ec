import { empty, json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { SendgridData, SendgridList } from "./account.js";
import { invalid, refuse } from "./errors.js";
import { contactDetails, listDetails } from "./render.js";

const MAX_NAME = 100;
const MAX_PAGE = 1000;
const SELF = "https://api.sendgrid.com/v3/marketing/lists";

function withList(data: SendgridData, call: Call, then: (list: SendgridList) => Reply): Reply {
  const list = data.lists.get(call.params["id"] ?? "");
  return list === undefined ? refuse(404, { message: "list not found" }) : then(list);
}

function create(data: SendgridData, call: Call): Reply {
  const name = checkedName(data, call);
  return typeof name === "string" ? json(201, listDetails(data, data.addList(name))) : name;
}

function checkedName(data: SendgridData, call: Call): string | Reply {
  const name = parseObject(call.body)?.["name"];
  if (typeof name !== "string" || name === "" || name.length > MAX_NAME)
    return invalid(`name must have 1 to ${MAX_NAME} characters`, "name");
  const taken = [...data.lists.values()].some((list) => list.name === name);
  if (taken && data.context.switches.sendgridListNamesUnique)
    return invalid("list name already exists", "name");
  return name;
}

function all(data: SendgridData, call: Call): Reply {
  const size = Number(call.query.get("page_size") ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
    return invalid("page_size is not valid", "page_size");
  const from = Number(Buffer.from(call.query.get("page_token") ?? "", "base64url").toString() || 0);
  const lists = [...data.lists.values()];
  const page = (at: number): string => `${SELF}?page_size=${size}&page_token=${token(at)}`;
  return json(200, {
    result: lists.slice(from, from + size).map((list) => listDetails(data, list)),
    _metadata: {
      self: page(from),
      count: lists.length,
      ...(from + size < lists.length ? { next: page(from + size) } : {}),
    },
  });
}

function token(at: number): string {
  return Buffer.from(String(at)).toString("base64url");
}

function get(data: SendgridData, call: Call): Reply {
  return withList(data, call, (list) => {
    const details = listDetails(data, list);
    if (call.query.get("contact_sample") !== "true") return json(200, details);
    const rows = data.contacts.scan({ list: list.number }).slice(-50);
    return json(200, { ...details, contact_sample: Array.from(rows, (row) => contactDetails(data, row)) });
  });
}

function rename(data: SendgridData, call: Call): Reply {
  return withList(data, call, (list) => {
    const name = checkedName(data, call);
    if (typeof name !== "string") return name;
    list.name = name;
    return json(200, listDetails(data, list));
  });
}

function remove(data: SendgridData, call: Call): Reply {
  return withList(data, call, (list) => {
    if (call.query.get("delete_contacts") !== "true") {
      data.removeList(list);
      return empty(204);
    }
    const rows = data.contacts.scan({ list: list.number });
    const job = data.jobs.start("delete_contacts", rows.length, () => ({
      counts: { deleted: rows.length },
      errors: [],
      failed: false,
      apply: () => {
        for (const row of rows) data.remove(row);
      },
    }));
    data.removeList(list);
    return json(200, { job_id: job.id });
  });
}

/** Takes contacts off a list; unknown ids are passed over. */
function removeMembers(data: SendgridData, call: Call): Reply {
  const ids = (call.query.get("contact_ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0) return json(400, { field: "contact_ids", message: "contact_ids is required" });
  return withList(data, call, (list) => {
    const job = data.jobs.start("remove_contacts", ids.length, () => ({
      counts: { deleted: ids.length },
      errors: [],
      failed: false,
      apply: () => {
        for (const id of ids) {
          const row = data.rowOf(id);
          if (row !== undefined && data.contacts.leave(row, list.number))
            data.contacts.touch(row, data.context.now());
        }
      },
    }));
    return json(202, { job_id: job.id });
  });
}

function count(data: SendgridData, call: Call): Reply {
  return withList(data, call, (list) => {
    const total = data.contacts.sets.count(list.number);
    return json(200, { contact_count: total, billable_count: total });
  });
}

const LISTS = "/v3/marketing/lists";

export const LIST_ROUTES: readonly Route<SendgridData>[] = [
  { method: "POST", pattern: LISTS, bucket: "600", handle: create },
  { method: "GET", pattern: LISTS, bucket: "600", handle: all },
  { method: "GET", pattern: `${LISTS}/:id`, bucket: "600", handle: get },
  { method: "PATCH", pattern: `${LISTS}/:id`, bucket: "600", handle: rename },
  { method: "DELETE", pattern: `${LISTS}/:id`, bucket: "600", handle: remove },
  { method: "DELETE", pattern: `${LISTS}/:id/contacts`, bucket: "600", handle: removeMembers },
  { method: "GET", pattern: `${LISTS}/:id/contacts/count`, bucket: "600", handle: count },
];
