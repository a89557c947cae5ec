import type { Account } from "../../plugin/destination.js";
import { body } from "./answers.js";
import { OTHER } from "./limits.js";
import type { Session } from "./session.js";

/** The account behind the key. API keys of Brevo have no scopes, so that nothing can be missing. */
export async function account({ http }: Session, signal: AbortSignal): Promise<Account> {
  const response = await http.send({ method: "GET", path: "/account", bucket: OTHER, kind: "read" }, signal);
  const { organization_id, companyName } = body<{ organization_id: string; companyName?: string }>(
    response,
    "The Brevo account",
  );
  return {
    id: String(organization_id),
    label: companyName || String(organization_id),
    missingPermissions: [],
  };
}
