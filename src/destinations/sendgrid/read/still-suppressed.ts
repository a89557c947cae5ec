import { findWrittenAddresses } from "../../../model/written-address.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import type { OptOutPlace } from "../../../plugin/destination.js";
import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { groupOf, KINDS, type SuppressionKind } from "./suppression-kinds.js";
import { GROUP_SUPPRESSIONS, SUPPRESSED, SUPPRESSIONS } from "../types.js";

/** Requests at once; the rate limit paces them. */
const AT_ONCE = 5;
/** Far below what a request may hold. */
const PER_SEARCH = 100;
const WHAT = "Asking for one suppression";

/** Of these addresses those that SendGrid says to suppress when it is asked for each of them. */
export async function findStillSuppressed(
  client: SendgridClient,
  { reason }: OptOutPlace,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const group = groupOf(reason);
  if (group !== undefined) return findInGroup(client, group, addresses, signal);
  const kind = KINDS.find((one) => one.reason === reason);
  if (kind === undefined) throw new TypeError(`no place of SendGrid is called ${reason}`);
  const still: string[] = [];
  const queue = addresses.values();
  // The workers share the iterator: each address is taken by one of them.
  const work = async (): Promise<void> => {
    for (const address of queue) if (await isSuppressed(client, kind, address, signal)) still.push(address);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, addresses.length) }, work));
  return still;
}

async function isSuppressed(
  { http }: SendgridClient,
  { path: list, single }: SuppressionKind,
  address: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `${single}/${encodeURIComponent(address)}`;
  const response = await http.send({ method: "GET", path, bucket: "suppressions", kind: "read" }, signal);
  if (single === list) {
    const found = parseBody(response, WHAT, SUPPRESSIONS).map(({ email }) => email);
    return found.length > 0 && mustBeAbout(response, found, [address]);
  }
  const said = parseBody(response, WHAT, SUPPRESSED);
  // Of nobody it is empty; what says something else says nothing of them.
  const { recipient_email: email } = said;
  if (typeof email !== "string" && Object.keys(said).length > 0)
    throw response.odd("an object without `recipient_email`");
  return typeof email === "string" && email !== "" && mustBeAbout(response, [email], [address]);
}

async function findInGroup(
  { http }: SendgridClient,
  group: string,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const still: string[] = [];
  for (let from = 0; from < addresses.length; from += PER_SEARCH) {
    const asked = addresses.slice(from, from + PER_SEARCH);
    const response = await http.send(
      {
        method: "POST",
        path: `/v3/asm/groups/${group}/suppressions/search`,
        body: JSON.stringify({ recipient_emails: asked }),
        bucket: "suppressions",
        kind: "read",
      },
      signal,
    );
    const found = parseBody(response, WHAT, GROUP_SUPPRESSIONS).map((one) =>
      typeof one === "string" ? one : one.email,
    );
    mustBeAbout(response, found, asked);
    still.push(...asked.filter((address) => found.some((email) => isOf(email, address))));
  }
  return still;
}

function mustBeAbout(response: HttpResponse, found: readonly string[], asked: readonly string[]): true {
  if (found.every((email) => asked.some((address) => isOf(email, address)))) return true;
  throw response.odd("somebody else than was asked for");
}

function isOf(written: string, address: string): boolean {
  const keys = findWrittenAddresses(written);
  return keys !== "unreadable" && keys.includes(address);
}
