import type { Account } from "../../plugin/destination.js";
import { filledText, maybe, object, text } from "../../platform/http/shape.js";
import { parseBody } from "./answers.js";
import { OTHER } from "./limits.js";
import type { BrevoClient } from "./client.js";

/** Everything that is recorded hangs on the id. */
const ACCOUNT = object({ organization_id: filledText, companyName: maybe(text) });

/** The account behind the key. API keys of Brevo have no scopes, so that nothing can be missing. */
export async function readAccount({ http }: BrevoClient, signal: AbortSignal): Promise<Account> {
  const response = await http.send({ method: "GET", path: "/account", bucket: OTHER, kind: "read" }, signal);
  const { organization_id: id, companyName } = parseBody(response, "The Brevo account", ACCOUNT);
  // What a program in between makes of no id: two accounts would pass for one.
  if (/^(undefined|null)$/i.test(id.trim())) throw response.odd("no organization_id");
  return {
    id,
    label: companyName || id,
    missingPermissions: [],
  };
}
