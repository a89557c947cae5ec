import { json, type Reply } from "../server/reply.js";
import type { Call } from "../server/request.js";
import type { Route } from "../server/router.js";
import type { BrevoData } from "./account.js";
import { notFound } from "./errors.js";
import { isReply, pageOf, slice } from "./query.js";

function account(data: BrevoData): Reply {
  return json(200, {
    organization_id: data.id,
    user_id: 1,
    enterprise: false,
    companyName: data.options.companyName ?? "Rollcall sandbox",
    email: "owner@example.com",
    firstName: "Sandbox",
    lastName: "Owner",
    address: { street: "1 Example Street", city: "Paris", zipCode: "75001", country: "France" },
    dateTimePreferences: { timezone: "Europe/Paris", timeFormat: "24h", dateFormat: "dd-mm-yyyy" },
    plan: [{ type: "free", credits: 300, creditsType: "sendLimit" }],
    relay: {
      enabled: true,
      data: { userName: "owner@example.com", relay: "smtp-relay.example.com", port: 587 },
    },
    marketingAutomation: { enabled: false },
  });
}

function processes(data: BrevoData, call: Call): Reply {
  const page = pageOf(call.query, 10, 50);
  if (isReply(page)) return page;
  const all = data.processes.all;
  return json(200, { processes: slice(all, page), count: all.length });
}

function process(data: BrevoData, call: Call): Reply {
  const found = data.processes.get(Number(call.params["id"]));
  return found === undefined ? notFound("Process not found") : json(200, found);
}

/** Outside `/contacts` only 100 requests an hour are allowed (developers.brevo.com/docs/api-limits). */
export const ACCOUNT_ROUTES: readonly Route<BrevoData>[] = [
  { method: "GET", pattern: "/account", bucket: "other", handle: account },
  { method: "GET", pattern: "/processes", bucket: "other", handle: processes },
  { method: "GET", pattern: "/processes/:id", bucket: "other", handle: process },
];
