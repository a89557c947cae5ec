import { json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData } from "./account.js";
import { invalid, missing, refuse } from "./errors.js";
import { exportChunks, type ExportColumns } from "./export.js";

const ACTIONS = new Set(["allContacts", "subscribed", "unsubscribed", "unsubscribedPerList"]);
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

interface Filter {
  readonly action: string;
  readonly list: number | undefined;
  readonly since: { modifiedSince?: number; createdSince?: number };
}

function start(data: BrevoData, call: Call): Reply {
  const body = parseObject(call.body);
  const filter = filterOf(data, body?.["customContactFilter"]);
  if ("status" in filter) return filter;
  const columns = columnsOf(body ?? {});
  const unknown = columns.attributes.filter((name) => name !== "EMAIL" && !data.attributes.has(name));
  if (unknown.length > 0) return invalid("exportAttributes has attributes that do not exist");
  const process = data.processes.start("SEARCH_EXPORT_USERS_API", ({ id }) => {
    const rows = rowsOf(data, filter);
    const chunks = exportChunks(data, rows, columns);
    const name = `contacts_export_${id}.csv`;
    return {
      export_url: data.context.downloads.add({
        name,
        type: "text/csv",
        chunks,
        gzip: false,
        rows: rows.length,
      }),
    };
  });
  return json(202, { processId: process.id });
}

/** A list or a time is needed besides the action (API reference; changelog 2026-10-14). */
function filterOf(data: BrevoData, given: unknown): Filter | Reply {
  if (typeof given !== "object" || given === null) return missing("customContactFilter");
  const filter = given as Record<string, unknown>;
  const action = filter["actionForContacts"];
  if (typeof action !== "string") return missing("actionForContacts");
  if (!ACTIONS.has(action)) return invalid("actionForContacts is invalid");
  const since: { modifiedSince?: number; createdSince?: number } = {};
  for (const name of ["modifiedSince", "createdSince"] as const) {
    const time = filter[name];
    if (time === undefined) continue;
    if (typeof time !== "string" || !RFC3339.test(time)) return invalid(`${name} is not a valid date-time`);
    since[name] = Date.parse(time);
  }
  const list = filter["listId"];
  if (list === undefined) {
    if (Object.keys(since).length === 0) return missing("listId, segmentId, modifiedSince or createdSince");
    if (action === "unsubscribedPerList") return missing("listId");
    return { action, list: undefined, since };
  }
  if (typeof list !== "number" || !data.lists.has(list))
    return refuse(400, "invalid_parameter", "List ID does not exist");
  return { action, list, since };
}

function rowsOf(data: BrevoData, { action, list, since }: Filter): Uint32Array {
  if (list === undefined || action === "allContacts") {
    const rows = data.contacts.scan({ ...since, list });
    return action === "allContacts"
      ? rows
      : rows.filter((row) => data.isBlocked(row) === (action !== "subscribed"));
  }
  const rows = data.rowsOfList(list, since);
  return rows.filter((row) => {
    if (action === "unsubscribedPerList") return data.unsubscribed.get(row)?.has(list) === true;
    const subscribed = data.isSubscribed(row, list);
    return action === "subscribed" ? subscribed : !subscribed;
  });
}

function columnsOf(body: Record<string, unknown>): ExportColumns {
  const names = (key: string): string[] => (Array.isArray(body[key]) ? (body[key] as string[]) : []);
  const metadata = names("exportMetadata");
  return {
    mandatory: body["exportMandatoryAttributes"] !== false,
    attributes: names("exportAttributes").map((name) => name.toUpperCase()),
    listIds: metadata.includes("_listIds"),
    times: metadata.filter((name) => name === "ADDED_TIME" || name === "MODIFIED_TIME"),
    channels: names("exportSubscriptionStatus"),
  };
}

export const EXPORT_ROUTES: readonly Route<BrevoData>[] = [
  { method: "POST", pattern: "/contacts/export", bucket: "contacts", handle: start },
];
