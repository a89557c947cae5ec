import { empty, json, type Reply } from "../server/reply.js";
import { type Call, parseObject } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { invalid, refuse } from "./errors.js";
import type { Suppressed, SuppressionGroup } from "./suppressions.js";

const MAX_PAGE = 500;

/** A page of one kind of suppression, filtered by time of creation (epoch seconds, inclusive). */
function page(call: Call, suppressed: Suppressed, extra: Record<string, unknown>): Reply {
  const limit = Number(call.query.get("limit") ?? MAX_PAGE);
  const offset = Number(call.query.get("offset") ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
    return invalid("limit is not valid", "limit");
  if (!Number.isInteger(offset) || offset < 0) return invalid("offset is not valid", "offset");
  const start = Number(call.query.get("start_time") ?? 0);
  const end = Number(call.query.get("end_time") ?? Number.MAX_SAFE_INTEGER);
  const found: Record<string, unknown>[] = [];
  let at = 0;
  for (const [email, created] of suppressed) {
    if (created < start || created > end || at++ < offset) continue;
    found.push({ created, email, ...extra });
    if (found.length === limit) break;
  }
  return json(200, found);
}

function shown(group: SuppressionGroup): Record<string, unknown> {
  const { id, name, description, isDefault } = group;
  return { id, name, description, is_default: isDefault, unsubscribes: group.members.size };
}

function withGroup(data: SendgridData, call: Call, then: (group: SuppressionGroup) => Reply): Reply {
  const group = data.suppressions.groups.get(Number(call.params["group"]));
  return group === undefined ? refuse(404, { message: "group not found" }) : then(group);
}

function createGroup(data: SendgridData, call: Call): Reply {
  const { name, description } = parseObject(call.body) ?? {};
  if (typeof name !== "string" || typeof description !== "string")
    return invalid("name and description are required");
  const { unsubscribes: _count, ...group } = shown(data.suppressions.addGroup(name, description));
  return json(201, group);
}

/** Adds addresses to a list of suppressions. */
function suppress(data: SendgridData, call: Call, suppressed: Suppressed): Reply {
  const emails = parseObject(call.body)?.["recipient_emails"];
  if (!Array.isArray(emails)) return invalid("recipient_emails is required", "recipient_emails");
  const now = Math.floor(data.context.now() / 1000);
  for (const email of emails) suppressed.set(String(email).toLowerCase(), now);
  return json(201, { recipient_emails: emails });
}

function release(call: Call, suppressed: Suppressed): Reply {
  suppressed.delete((call.params["email"] ?? "").toLowerCase());
  return empty(204);
}

function globally(data: SendgridData, call: Call): Reply {
  const email = (call.params["email"] ?? "").toLowerCase();
  return json(200, data.suppressions.unsubscribes.has(email) ? { recipient_email: email } : {});
}

/** One address in a list of suppressions; nobody is an empty list. */
function single(call: Call, suppressed: Suppressed, extra: Record<string, unknown>): Reply {
  const email = (call.params["email"] ?? "").toLowerCase();
  const created = suppressed.get(email);
  return json(200, created === undefined ? [] : [{ created, email, ...extra }]);
}

/** Those of the addresses that are in a group. */
function searchGroup(call: Call, { members }: SuppressionGroup): Reply {
  const emails = parseObject(call.body)?.["recipient_emails"];
  if (!Array.isArray(emails)) return invalid("recipient_emails is required", "recipient_emails");
  return json(
    200,
    emails.filter((email) => members.has(String(email).toLowerCase())),
  );
}

function everyGroup(data: SendgridData): Reply {
  const rows = [...data.suppressions.groups.values()].flatMap((group) =>
    Array.from(group.members, ([email, created]) => ({
      email,
      group_id: group.id,
      group_name: group.name,
      created_at: created,
    })),
  );
  return json(200, rows);
}

const BOUNCE = { reason: "550 5.1.1 The email account does not exist", status: "5.1.1" };
const SPAM = { ip: "192.0.2.1" };
const GLOBAL = "/v3/asm/suppressions/global";
const GROUPS = "/v3/asm/groups";

/** How many requests suppressions allow is not published and was not observed; 600 a minute is an assumption. */
const bucket = "600";

export const SUPPRESSION_ROUTES: readonly Route<SendgridData>[] = [
  {
    method: "GET",
    pattern: "/v3/suppression/unsubscribes",
    bucket,
    handle: (data, call) => page(call, data.suppressions.unsubscribes, {}),
  },
  {
    method: "GET",
    pattern: "/v3/suppression/bounces",
    bucket,
    handle: (data, call) => page(call, data.suppressions.bounces, BOUNCE),
  },
  {
    method: "GET",
    pattern: "/v3/suppression/spam_reports",
    bucket,
    handle: (data, call) => page(call, data.suppressions.spamReports, SPAM),
  },
  {
    method: "GET",
    pattern: "/v3/suppression/bounces/:email",
    bucket,
    handle: (data, call) => single(call, data.suppressions.bounces, BOUNCE),
  },
  {
    method: "GET",
    pattern: "/v3/suppression/spam_reports/:email",
    bucket,
    handle: (data, call) => single(call, data.suppressions.spamReports, SPAM),
  },
  {
    method: "POST",
    pattern: GLOBAL,
    bucket,
    handle: (data, call) => suppress(data, call, data.suppressions.unsubscribes),
  },
  { method: "GET", pattern: `${GLOBAL}/:email`, bucket, handle: globally },
  {
    method: "DELETE",
    pattern: `${GLOBAL}/:email`,
    bucket,
    handle: (data, call) => release(call, data.suppressions.unsubscribes),
  },
  {
    method: "GET",
    pattern: GROUPS,
    bucket,
    handle: (data) => json(200, [...data.suppressions.groups.values()].map(shown)),
  },
  { method: "POST", pattern: GROUPS, bucket, handle: createGroup },
  {
    method: "GET",
    pattern: `${GROUPS}/:group`,
    bucket,
    handle: (data, call) => withGroup(data, call, (group) => json(200, shown(group))),
  },
  {
    method: "GET",
    pattern: `${GROUPS}/:group/suppressions`,
    bucket,
    handle: (data, call) => withGroup(data, call, (group) => json(200, [...group.members.keys()])),
  },
  {
    method: "POST",
    pattern: `${GROUPS}/:group/suppressions`,
    bucket,
    handle: (data, call) => withGroup(data, call, (group) => suppress(data, call, group.members)),
  },
  {
    method: "POST",
    pattern: `${GROUPS}/:group/suppressions/search`,
    bucket,
    handle: (data, call) => withGroup(data, call, (group) => searchGroup(call, group)),
  },
  {
    method: "DELETE",
    pattern: `${GROUPS}/:group/suppressions/:email`,
    bucket,
    handle: (data, call) => withGroup(data, call, (group) => release(call, group.members)),
  },
  { method: "GET", pattern: "/v3/asm/suppressions", bucket, handle: everyGroup },
];
