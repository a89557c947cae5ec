import { appendFile, writeFile } from "node:fs/promises";
import { Failure } from "../../model/failure.js";
import type { OptOutQuery, OptOutRead } from "../../plugin/destination.js";
import { PageGuard } from "../../platform/page-guard.js";
import { literal } from "../../plugin/relation.js";
import { body } from "./answers.js";
import type { Session } from "./session.js";
import { GROUP_SUPPRESSIONS, SUPPRESSIONS } from "./types.js";

const PAGE = 500;
/** Twenty million people. */
const MOST_PAGES = 40_000;

/** Reasons with the endpoint that lists them. Source: SendGrid's OpenAPI description of suppressions. */
const KINDS = [
  { path: "/v3/suppression/unsubscribes", reason: "unsubscribed" },
  { path: "/v3/suppression/bounces", reason: "bounced" },
  { path: "/v3/suppression/spam_reports", reason: "reported as spam" },
] as const;

/**
 * Everyone SendGrid does not send to, complete each time: who was taken off a
 * suppression list again would never show in what is new since the last read.
 * Suppressions are by address and hold for every list.
 */
export async function optOuts(
  session: Session,
  { places = [], perhaps = [] }: OptOutQuery,
  signal: AbortSignal,
): Promise<OptOutRead> {
  const started = new Date();
  const path = session.scratchFile("opt-outs.ndjson");
  await writeFile(path, "", { mode: 0o600 });
  for (const { path: from, reason } of KINDS) {
    // To the first empty page: a server may give fewer than were asked for.
    const guard = new PageGuard("The suppressions of the SendGrid account", MOST_PAGES);
    for (let offset = 0; ;) {
      const query = { limit: PAGE, offset };
      const response = await session.http.send(
        { method: "GET", path: from, query, bucket: "suppressions", kind: "read" },
        signal,
      );
      const page = body(response, "The suppressions of the SendGrid account", SUPPRESSIONS);
      guard.turn(`${page.length}:${page.map(({ email }) => email).join()}`);
      await append(
        path,
        page.map(({ email }) => email),
        reason,
      );
      if (page.length === 0) break;
      offset += page.length;
    }
  }
  const named = new Set([...session.unsubscribeGroups, ...places]);
  const reasons: string[] = KINDS.map(({ reason }) => reason);
  for (const group of new Set([...named, ...perhaps])) {
    const emails = await groupMembers(session, group, signal);
    if (emails === undefined && named.has(group)) throw noGroup(group);
    if (emails === undefined) continue;
    const reason = `unsubscribed from group ${group}`;
    reasons.push(reason);
    await append(path, emails, reason);
  }
  return {
    optedOut: {
      sql: `SELECT email, CAST(NULL AS VARCHAR) AS list_id, reason FROM read_json(${literal(path)},
        format = 'newline_delimited', columns = {email: 'VARCHAR', reason: 'VARCHAR'})`,
    },
    whole: reasons.map((reason) => ({ listId: undefined, reason })),
    seen: undefined,
    contacts: undefined,
    watermark: started.toISOString(),
  };
}

/** Undefined when the account has no such group. */
async function groupMembers(
  { http }: Session,
  group: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const response = await http.send(
    { method: "GET", path: `/v3/asm/groups/${group}/suppressions`, bucket: "suppressions", kind: "read" },
    signal,
  );
  if (response.status === 404) return undefined;
  const members = body(response, `The unsubscribe group ${group}`, GROUP_SUPPRESSIONS);
  return members.map((member) => (typeof member === "string" ? member : member.email));
}

function noGroup(group: string): Failure {
  return new Failure("not-found", `The SendGrid account has no unsubscribe group ${group}.`, {
    hint: "Correct unsubscribeGroups of the connections to this account.",
  });
}

async function append(path: string, emails: readonly string[], reason: string): Promise<void> {
  await appendFile(path, emails.map((email) => `${JSON.stringify({ email, reason })}\n`).join(""));
}
