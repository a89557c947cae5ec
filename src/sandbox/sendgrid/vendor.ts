import { html, json } from "../server/reply.js";
import type { CustomLimits } from "../options.js";
import type { Vendor } from "../server/vendor.js";
import type { Switches } from "../switches.js";
import type { SendgridData } from "./account.js";
import { sendgridLimitHeaders, sendgridWindows } from "./limits.js";
import { SENDGRID_ROUTES } from "./routes.js";
import { refusedByScope } from "./scopes.js";

/** Longer addresses are refused by the web server in front (observed by RudderStack). */
const MAX_URL = 8150;

const TOO_LONG =
  "<html>\r\n<head><title>414 Request-URI Too Large</title></head>\r\n<body>\r\n<center><h1>414 Request-URI Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

export function sendgridVendor(
  accounts: readonly SendgridData[],
  switches: Switches,
  custom: CustomLimits,
): Vendor<SendgridData> {
  const reset = custom.reset ?? (switches.sendgridResetIsEpoch ? "epoch" : "seconds");
  return {
    name: "sendgrid",
    prefix: "/sendgrid",
    routes: SENDGRID_ROUTES,
    authenticate(request) {
      const { headers, path } = request;
      const owner = accounts.find(({ options }) => headers.authorization === `Bearer ${options.key}`);
      if (owner === undefined)
        return json(401, { errors: [{ field: null, message: "authorization required" }] });
      const name = headers["on-behalf-of"];
      const ignored = switches.sendgridOnBehalfIgnored && path.startsWith("/v3/marketing/");
      const account =
        name === undefined || ignored
          ? owner
          : accounts.find(({ options, username }) => options.parent === owner.id && username === name);
      if (account === undefined) return json(403, { errors: [{ field: null, message: "access forbidden" }] });
      return refusedByScope(owner.options.scopes, request) ?? account;
    },
    gateway: ({ path, query }) =>
      path.length + query.toString().length > MAX_URL ? html(414, TOO_LONG) : undefined,
    bucket: (account, route) => `${account.id} ${route.method} ${route.pattern}`,
    windows: (_account, route) => sendgridWindows(route.bucket, custom),
    limitHeaders: (standing, now) => sendgridLimitHeaders(standing, now, reset),
    tooMany: json(429, { errors: [{ field: null, message: "too many requests" }] }),
    unknownPath: json(404, { errors: [{ field: null, message: "Not Found" }] }),
    jsonEnd: "",
    headers: () => ({}),
  };
}
