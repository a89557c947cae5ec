import { json } from "../server/reply.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";

export const ALL_SCOPES: readonly string[] = [
  "asm.groups.read",
  "asm.groups.suppressions.read",
  "asm.groups.suppressions.create",
  "marketing.read",
  "marketing.update",
  "suppression.bounces.read",
  "suppression.read",
  "suppression.spam_reports.read",
  "suppression.unsubscribes.read",
  "user.account.read",
  "user.profile.read",
  "user.username.read",
];

export const ACCOUNT_ROUTES: readonly Route<SendgridData>[] = [
  {
    method: "GET",
    pattern: "/v3/scopes",
    bucket: "600",
    handle: (data) => json(200, { scopes: data.options.scopes ?? ALL_SCOPES }),
  },
  {
    method: "GET",
    pattern: "/v3/user/username",
    bucket: "600",
    handle: (data) =>
      json(200, { username: data.options.username ?? `sandbox-${data.id}`, user_id: data.id }),
  },
  {
    method: "GET",
    pattern: "/v3/user/account",
    bucket: "600",
    handle: () => json(200, { type: "paid", reputation: 100 }),
  },
  {
    method: "GET",
    pattern: "/v3/user/profile",
    bucket: "600",
    handle: () =>
      json(200, { company: "Rollcall sandbox", country: "US", first_name: "Sandbox", last_name: "Owner" }),
  },
];
