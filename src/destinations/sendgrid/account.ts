import type { Account } from "../../plugin/destination.js";
import { body } from "./answers.js";
import type { Session } from "./session.js";
import { SCOPES, USER } from "./types.js";

/** The account behind the key and what the key lacks. */
export async function account({ http }: Session, signal: AbortSignal): Promise<Account> {
  const ask = { method: "GET", bucket: "account", kind: "read" } as const;
  const granted = await http.send({ ...ask, path: "/v3/scopes" }, signal);
  const { scopes } = body(granted, "The permissions of the key", SCOPES);
  const named = await http.send({ ...ask, path: "/v3/user/username" }, signal);
  const user = body(named, "The SendGrid account", USER);
  return {
    id: String(user.user_id),
    // User names are often somebody's address.
    label: user.username.includes("@") ? `user ${user.user_id}` : user.username,
    missingPermissions: missing(scopes),
  };
}

/** Which scopes belong to which endpoint is not documented, so that any of a family is taken for enough. */
function missing(scopes: readonly string[]): string[] {
  const lacking: string[] = [];
  if (!scopes.some((scope) => /^marketing(\.|$)/.test(scope))) lacking.push("marketing");
  if (!scopes.some((scope) => /^(suppression|asm|unsubscribe)/.test(scope))) lacking.push("suppression");
  return lacking;
}
