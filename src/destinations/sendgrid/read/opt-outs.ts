import { appendFile, writeFile } from "node:fs/promises";
import { Failure } from "../../../model/failure.js";
import type { OptOutQuery, OptOutRead } from "../../../plugin/destination.js";
import { PageGuard } from "../../../platform/http/page-guard.js";
import { literal } from "../../../plugin/relation.js";
import { restrainedKeys } from "../../../plugin/restrained.js";
import { parseBody } from "../answers.js";
import type { SendgridClient } from "../client.js";
import { KINDS, reasonOfGroup } from "./suppression-kinds.js";
import { GROUP_SUPPRESSIONS, SUPPRESSIONS } from "../types.js";

const PAGE = 500;
/** Twenty million people. */
const MOST_PAGES = 40_000;

/** People of the page before who are asked for once more. */
const OVERLAP = 20;
/** How often a list is read that changes meanwhile. */
const PASSES = 5;
const ACCOUNT = "The suppressions of the SendGrid account";

/**
 * Everyone SendGrid does not send to, complete each time: who was taken off a
 * suppression list again would never show in what is new since the last read.
 * Suppressions are by address and hold for every list.
 */
export async function readOptOuts(
  client: SendgridClient,
  { places = [], perhaps = [] }: OptOutQuery,
  signal: AbortSignal,
): Promise<OptOutRead> {
  const started = Date.now();
  let said = NaN;
  const path = client.scratchFile("opt-outs.ndjson");
  await writeFile(path, "", { mode: 0o600 });
  for (const { path: from, reason } of KINDS)
    await readKind(
      client,
      from,
      (emails, at) => {
        if (Number.isNaN(said)) said = at;
        return append(path, emails, reason);
      },
      signal,
    );
  const named = new Set([...client.unsubscribeGroups, ...places]);
  const reasons = KINDS.map(({ reason }) => reason);
  for (const group of new Set([...named, ...perhaps])) {
    const emails = await readGroupMembers(client, group, signal);
    if (emails === undefined && named.has(group)) throw noGroup(group);
    if (emails === undefined) continue;
    const reason = reasonOfGroup(group);
    reasons.push(reason);
    await append(path, emails, reason);
  }
  return {
    optedOut: {
      sql: `SELECT DISTINCT email, CAST(NULL AS VARCHAR) AS list_id, reason FROM read_json(${literal(path)},
        format = 'newline_delimited', columns = {email: 'VARCHAR', reason: 'VARCHAR'})`,
    },
    whole: reasons.map((reason) => ({ listId: undefined, reason })),
    seen: undefined,
    contacts: undefined,
    // By the earlier of two clocks: nothing that was read is older than it says.
    watermark: new Date(Number.isNaN(said) ? started : Math.min(said, started)).toISOString(),
  };
}

/** `at`: epoch ms when they were answered, by SendGrid's clock; NaN when it does not say. */
type Keep = (emails: readonly string[], at: number) => Promise<void>;

/** Whoever is taken off a list meanwhile moves all after them up: when two pages do not meet, all is read again, and whom any reading found counts. */
async function readKind(
  client: SendgridClient,
  from: string,
  keep: Keep,
  signal: AbortSignal,
): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) if (await readOnce(client, from, keep, signal)) return;
  throw new Failure("transient", `${ACCOUNT} change faster than they can be read.`, {
    hint: "Run again in a while.",
  });
}

/** Reads to the first empty page, as a server may give fewer than were asked for. Answers whether each page met the one before. */
async function readOnce(
  client: SendgridClient,
  from: string,
  keep: Keep,
  signal: AbortSignal,
): Promise<boolean> {
  const guard = new PageGuard(ACCOUNT, MOST_PAGES);
  let tail: readonly string[] = [];
  for (let offset = 0; ;) {
    const start = offset - tail.length;
    const query = { limit: PAGE, offset: start };
    const response = await client.http.send(
      { method: "GET", path: from, query, bucket: "suppressions", kind: "read" },
      signal,
    );
    const emails = parseBody(response, ACCOUNT, SUPPRESSIONS).map(({ email }) => email);
    if (tail.length > 0 && !emails.some((email) => tail.includes(email))) return false;
    await keep(restrained(emails, response.request, start), Date.parse(response.headers["date"] ?? ""));
    if (start + emails.length > offset) {
      guard.turn(`${emails.length}:${emails.join()}`);
      offset = start + emails.length;
      tail = emails.slice(-OVERLAP);
    } else if (tail.length > 0) {
      // Nothing new after the end of the page before: the next page without it says whether that was the end.
      tail = [];
    } else return true;
  }
}

/** Undefined when the account has no such group. */
async function readGroupMembers(
  { http }: SendgridClient,
  group: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const response = await http.send(
    { method: "GET", path: `/v3/asm/groups/${group}/suppressions`, bucket: "suppressions", kind: "read" },
    signal,
  );
  if (response.status === 404) return undefined;
  const members = parseBody(response, `The unsubscribe group ${group}`, GROUP_SUPPRESSIONS);
  const emails = members.map((member) => (typeof member === "string" ? member : member.email));
  return restrained(emails, response.request, 0);
}

/** Keys of all whom these entries restrain; `first` is the place of the first among all. */
function restrained(emails: readonly string[], request: string, first: number): readonly string[] {
  return emails.flatMap((email, index) =>
    restrainedKeys(email, () => ({
      where: `Entry ${first + index + 1} of ${request}`,
      hint: "Look for it among the suppressions at SendGrid, and correct or delete it there.",
      kind: "permanent",
    })),
  );
}

function noGroup(group: string): Failure {
  return new Failure("not-found", `The SendGrid account has no unsubscribe group ${group}.`, {
    hint: "Correct unsubscribeGroups of the connections to this account.",
  });
}

async function append(path: string, emails: readonly string[], reason: string): Promise<void> {
  await appendFile(path, emails.map((email) => `${JSON.stringify({ email, reason })}\n`).join(""));
}
