import { json } from "../server/reply.js";
import type { Route } from "../server/router.js";
import type { SendgridData } from "./account.js";
import { ALL_SCOPES } from "./scopes.js";

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
    handle: (data) => json(200, { username: data.username, user_id: data.id }),
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
