import { Failure } from "../../model/failure.js";
import type { Http } from "../../platform/http/http.js";
import { parseBody } from "./answers.js";
import type { SendgridClient } from "./client.js";
import { LIST_PAGE } from "./types.js";

const LISTS = {
  method: "GET",
  path: "/v3/marketing/lists",
  query: { page_size: 1000 },
  bucket: "lists",
  kind: "read",
} as const;

/**
 * SendGrid documents `on-behalf-of` for suppressions and users, and not for
 * marketing. Were it ignored there, contacts would go to the parent account
 * while the subuser's opt-outs count. Only lists that differ show whose
 * they are. Source: SendGrid's OpenAPI parameters.
 */
export async function mustHonourSubuser(
  { http, subuser = "" }: SendgridClient,
  parent: Http,
  signal: AbortSignal,
): Promise<void> {
  const own = await listIds(http, signal);
  const parents = await listIds(parent, signal);
  if (own.some((id) => parents.includes(id))) {
    throw new Failure("auth", `SendGrid shows the parent account's lists in place of those of ${subuser}.`, {
      hint: "Use a key that was made in the subuser's own account, without `subuser`.",
    });
  }
  if (own.length > 0 || parents.length > 0) return;
  throw new Failure(
    "auth",
    `Neither ${subuser} nor its parent account has a list, so that nobody can tell whose contacts would be written.`,
    {
      hint: "Make any marketing list in the subuser's account, or use a key that was made there, without `subuser`.",
    },
  );
}

async function listIds(http: Http, signal: AbortSignal): Promise<readonly string[]> {
  const response = await http.send(LISTS, signal);
  return parseBody(response, "The lists of the SendGrid account", LIST_PAGE).result.map(({ id }) => id);
}
