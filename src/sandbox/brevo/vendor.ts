import { randomUUID } from "node:crypto";
import type { CustomLimits } from "../options.js";
import type { Vendor } from "../server/vendor.js";
import type { BrevoData } from "./account.js";
import { notFound, refuse } from "./errors.js";
import { brevoLimitHeaders, brevoWindows } from "./limits.js";
import { BREVO_ROUTES } from "./routes.js";

export function brevoVendor(accounts: readonly BrevoData[], custom: CustomLimits): Vendor<BrevoData> {
  return {
    name: "brevo",
    prefix: "/brevo/v3",
    routes: BREVO_ROUTES,
    authenticate({ headers }) {
      const key = headers["api-key"];
      const account = accounts.find(({ options }) => options.key === key);
      if (key === undefined) return refuse(401, "unauthorized", "authentication not found in headers");
      if (account === undefined) return refuse(401, "unauthorized", "Key not found");
      if (account.options.refuseIp === true)
        return refuse(
          401,
          "unauthorized",
          "We have detected you are using an unrecognised IP address 192.0.2.1. If you performed this action make sure to add the new IP address in this link: https://app.brevo.com/security/authorised_ips",
        );
      return account;
    },
    gateway: () => undefined,
    bucket: (account, route) => `${account.id}/${route.bucket}`,
    windows: (account, route) => brevoWindows(account.options, route.bucket, custom),
    limitHeaders: (standing, now, { context }, { bucket }) => {
      const otherwise = context.switches.brevoLimitsToldOtherwise;
      return brevoLimitHeaders(standing, now, { bucket, reset: custom.reset ?? "seconds", otherwise });
    },
    tooMany: refuse(429, "too_many_requests", "API rate limit exceeded"),
    unknownPath: notFound("Resource not found"),
    // As recorded.
    jsonEnd: "\n",
    headers: () => ({ "sib-request-id": randomUUID() }),
  };
}
