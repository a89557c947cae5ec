import { randomUUID } from "node:crypto";
import { json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { invalid, refuse } from "./errors.js";
import { csv, jsonLines, snapshotOf } from "./export.js";
import type { ExportJob } from "./export-job.js";
import { preciseTime } from "./jobs.js";

const EXPIRES_MS = 3 * 24 * 3_600_000;
const SELF = "https://api.sendgrid.com/v3/marketing/contacts/exports";

function start(data: SendgridData, call: Call): Reply {
  const body = call.body.length === 0 ? {} : parseObject(call.body);
  if (body === undefined) return invalid("request body is not valid JSON");
  const type = body["file_type"] ?? "csv";
  if (type !== "csv" && type !== "json") return invalid("file_type must be csv or json", "file_type");
  const ids = body["list_ids"] ?? [];
  if (!Array.isArray(ids)) return invalid("list_ids is not a list", "list_ids");
  const lists = ids.map((id) => data.lists.get(String(id))?.number);
  if (lists.includes(undefined)) return refuse(404, { field: "list_ids", message: "list not found" });
  const now = data.context.now();
  const job: ExportJob = {
    id: randomUUID(),
    status: "pending",
    created_at: preciseTime(now),
    updated_at: preciseTime(now),
    expires_at: preciseTime(now + EXPIRES_MS),
  };
  data.exports.set(job.id, job);
  data.runner.run(
    () => {},
    () =>
      finish(
        data,
        job,
        type,
        lists.filter((list) => list !== undefined),
      ),
  );
  return json(202, { id: job.id, _metadata: { self: `${SELF}/${job.id}` } });
}

function finish(data: SendgridData, job: ExportJob, type: "csv" | "json", lists: readonly number[]): void {
  const snapshot = snapshotOf(data, lists);
  const gzip = data.context.switches.sendgridExportsGzipped;
  job.urls = [
    data.context.downloads.add({
      name: `contacts_export.${type}${gzip ? ".gzip" : ""}`,
      type: type === "json" ? "application/json" : "text/csv",
      chunks: () => (type === "json" ? jsonLines(data, snapshot) : csv(data, snapshot)),
      gzip,
      rows: snapshot.rows.length,
    }),
  ];
  job.contact_count = snapshot.rows.length;
  job.status = "ready";
  job.completed_at = preciseTime(data.context.now());
  job.updated_at = job.completed_at;
}

function status(data: SendgridData, call: Call): Reply {
  const job = data.exports.get(call.params["id"] ?? "");
  if (job === undefined) return refuse(404, { message: "export not found" });
  return json(200, { ...job, _metadata: { self: `${SELF}/${job.id}` } });
}

function all(data: SendgridData): Reply {
  return json(200, { result: [...data.exports.values()], _metadata: { self: SELF } });
}

const EXPORTS = "/v3/marketing/contacts/exports";

export const EXPORT_ROUTES: readonly Route<SendgridData>[] = [
  { method: "POST", pattern: EXPORTS, bucket: "600", handle: start },
  { method: "GET", pattern: EXPORTS, bucket: "600", handle: all },
  { method: "GET", pattern: `${EXPORTS}/:id`, bucket: "600", handle: status },
];
