import { Failure } from "../../model/failure.js";
import type { Account } from "../../plugin/destination.js";
import { parseBody } from "./answers.js";
import { missingScopes } from "./scopes.js";
import type { SendgridClient } from "./client.js";
import { mustHonourSubuser } from "./subuser.js";
import { SCOPES, USER } from "./types.js";

const ask = { method: "GET", bucket: "account", kind: "read" } as const;

/** The account behind the key and what the key lacks. */
export async function readAccount(client: SendgridClient, signal: AbortSignal): Promise<Account> {
  const granted = await client.http.send({ ...ask, path: "/v3/scopes" }, signal);
  const { scopes } = parseBody(granted, "The permissions of the key", SCOPES);
  const identity = await identityOf(client, signal);
  if (client.parent !== undefined) await mustHonourSubuser(client, client.parent, signal);
  return { ...identity, missingPermissions: missingScopes(scopes) };
}

/**
 * Who it is decides which records and opt-outs are whose, so that a key which
 * may not ask is taken at the word of the configuration, and never guessed.
 */
async function identityOf(
  { http, accountId, subuser }: SendgridClient,
  signal: AbortSignal,
): Promise<Pick<Account, "id" | "label">> {
  const response = await http.send({ ...ask, path: "/v3/user/username" }, signal);
  if (response.status === 403 || response.status === 401) {
    if (accountId === undefined) throw mayNotAsk(response.request, response.status);
    return { id: accountId, label: `user ${accountId}` };
  }
  const user = parseBody(response, "The SendGrid account", USER);
  const id = String(user.user_id);
  if (subuser !== undefined && user.username.toLowerCase() !== subuser.toLowerCase()) {
    throw new Failure("auth", `SendGrid answers for user ${id} and not for the subuser ${subuser}.`, {
      hint: "Check the name in `subuser`, and that the key is of its parent account.",
    });
  }
  if (accountId !== undefined && accountId !== id) {
    throw new Failure("auth", `The key is of the SendGrid account ${id}, not of ${accountId}.`, {
      hint: "Correct `accountId` of the connection, or its key.",
    });
  }
  // User names are often somebody's address.
  return { id, label: user.username.includes("@") ? `user ${id}` : user.username };
}

function mayNotAsk(request: string, status: number): Failure {
  return new Failure(
    "auth",
    `The SendGrid API key may not ask whose account it is (${request}, ${status}).`,
    {
      hint: "Give the key the scope `user.username.read` (User Account, Username, Read Access), or write the account's user id as `accountId` of the connection.",
    },
  );
}
