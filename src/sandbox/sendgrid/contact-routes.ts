import { empty, json, type Reply } from "../server/reply.js";
import { type Call, parseJson } from "../server/request.js";
import type { Route } from "../server/router.js";
import { splitRows } from "../store/json-rows.js";
import type { SendgridData } from "./account.js";
import { invalid, refuse } from "./errors.js";
import { type Intake, prepareContacts } from "./prepare.js";
import { contactDetails } from "./render.js";
import { upsert } from "./upsert.js";

/** 30,000 contacts or 6 MB, whichever is less (API reference); read as decimal, the stricter way. */
const MAX_CONTACTS = 30_000;
const MAX_BYTES = 6_000_000;
const MAX_BATCH = 100;

function put(data: SendgridData, call: Call): Reply {
  if (call.body.length > MAX_BYTES) return refuse(413, { message: "request body is larger than 6 MB" });
  const split = splitRows(call.body, "contacts");
  if (split === undefined) return invalid("request body is not valid JSON");
  const { rows, count: requested } = split;
  if (rows === undefined || requested === 0) return invalid("contacts is required", "contacts");
  if (requested > MAX_CONTACTS) return invalid(`at most ${MAX_CONTACTS} contacts`, "contacts");
  const ids = split.envelope["list_ids"] ?? [];
  if (!Array.isArray(ids)) return invalid("list_ids is not a list", "list_ids");
  const lists = ids.map((id) => data.lists.get(String(id))?.number);
  const unknown = lists.includes(undefined);
  if (unknown && !data.context.switches.sendgridUnknownListAccepted)
    return refuse(404, { field: "list_ids", message: "list not found" });
  const intake = intakeOf(data, rows);
  if (intake === undefined) return invalid("request body is not valid JSON");
  if (intake.errors.length > 0) return refuse(400, ...intake.errors);
  const { refuses = [] } = data.options;
  if (refuses.length > 0 && intake.prepared.some(({ email }) => refuses.includes(email)))
    return refuse(400, { message: "some contacts are not valid" });
  const known = lists.filter((list) => list !== undefined);
  const job = data.jobs.start("upsert_contacts", requested, () =>
    unknown
      ? { counts: {}, errors: [], failed: true, apply: () => {} }
      : upsert(data, intake.prepared, known, intake.lost),
  );
  return json(202, { job_id: job.id });
}

/** Undefined when a contact is not JSON. */
function intakeOf(data: SendgridData, rows: Iterable<unknown>): Intake | undefined {
  try {
    return prepareContacts(data, rows);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function importStatus(data: SendgridData, call: Call): Reply {
  const job = data.jobs.all.get(call.params["id"] ?? "");
  const hidden = job?.job_type === "remove_contacts" && data.context.switches.sendgridRemoveJobUnknown;
  return job === undefined || hidden ? refuse(404, { message: "job not found" }) : json(200, job);
}

/** Deleted contacts are billed on: a plan's allotment does not get them back in the same month (SendGrid's support on contact storage). */
function count(data: SendgridData): Reply {
  const total = data.contacts.size;
  const billable = data.contacts.rows;
  const owned = (name: "anonymous_id" | "external_id" | "phone_number_id"): number =>
    data.owners.get(name)?.size ?? 0;
  return json(200, {
    contact_count: total,
    billable_count: billable,
    billable_breakdown: { total: billable, breakdown: {} },
    identifier_counts: {
      AID: owned("anonymous_id"),
      EID: data.contacts.byEmail.size,
      EXTID: owned("external_id"),
      PHNID: owned("phone_number_id"),
    },
  });
}

function get(data: SendgridData, call: Call): Reply {
  const row = data.rowOf(call.params["id"] ?? "");
  return row === undefined ? empty(404) : json(200, contactDetails(data, row));
}

/** 50 samples; this endpoint has no pages. */
function sample(data: SendgridData): Reply {
  const rows = Array.from(data.contacts.scan({}).slice(-50)).toReversed();
  return json(200, {
    result: rows.map((row) => contactDetails(data, row)),
    contact_count: data.contacts.size,
    _metadata: { self: "https://api.sendgrid.com/v3/marketing/contacts" },
  });
}

function batch(data: SendgridData, call: Call): Reply {
  const ids = (parseJson(call.body) as { ids?: unknown } | undefined)?.ids;
  if (!Array.isArray(ids)) return invalid("ids is required", "ids");
  if (ids.length > MAX_BATCH) return invalid(`at most ${MAX_BATCH} ids`, "ids");
  const rows = ids.map((id) => data.rowOf(String(id))).filter((row) => row !== undefined);
  return json(200, { result: rows.map((row) => contactDetails(data, row)) });
}

/** Deletes contacts everywhere; not to be confused with the removal from a list. */
function remove(data: SendgridData, call: Call): Reply {
  const everyone = call.query.get("delete_all_contacts") === "true";
  const ids = (call.query.get("ids") ?? "").split(",").filter((id) => id !== "");
  if (!everyone && ids.length === 0) return invalid("ids or delete_all_contacts is required");
  const job = data.jobs.start("delete_contacts", ids.length, () => {
    const named = ids.map((id) => data.rowOf(id)).filter((row) => row !== undefined);
    const rows = everyone ? [...data.contacts.scan({})] : named;
    const apply = (): void => {
      for (const row of rows) data.remove(row);
    };
    return { counts: { deleted: rows.length }, errors: [], failed: false, apply };
  });
  return json(202, { job_id: job.id });
}

const CONTACTS = "/v3/marketing/contacts";

export const CONTACT_ROUTES: readonly Route<SendgridData>[] = [
  { method: "PUT", pattern: CONTACTS, bucket: "200", handle: put },
  { method: "DELETE", pattern: CONTACTS, bucket: "200", handle: remove },
  { method: "GET", pattern: CONTACTS, bucket: "600", handle: sample },
  { method: "GET", pattern: `${CONTACTS}/imports/:id`, bucket: "600", handle: importStatus },
  { method: "GET", pattern: `${CONTACTS}/count`, bucket: "600", handle: count },
  { method: "POST", pattern: `${CONTACTS}/batch`, bucket: "600", handle: batch },
];

/** After every other path below `/contacts`, because its id would take their names. */
export const CONTACT_BY_ID: Route<SendgridData> = {
  method: "GET",
  pattern: `${CONTACTS}/:id`,
  bucket: "600",
  handle: get,
};
