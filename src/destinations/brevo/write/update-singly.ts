import { GONE } from "../../../model/plan/change.js";
import { Failure } from "../../../model/failure.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import type { RowReject, WriteBatch, WriteResult } from "../../../plugin/destination.js";
import { parseErrorBody, refusalOf } from "../answers.js";
import { CONTACTS } from "../limits.js";
import { contactPath } from "../read/lookup.js";
import type { BrevoClient } from "../client.js";

/** A person as `payloadSql` writes it. */
export interface Payload {
  readonly email: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Sends a batch of one payload a line as one `PUT /contacts/{email}` each, with
 * attributes and nothing else, so that no membership or blocklist flag can
 * change. The same PUT again changes nothing more: when one fails after others
 * went through, the whole batch may be called unknown and be sent again.
 */
export async function updateSingly(
  client: BrevoClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const rejected: RowReject[] = [];
  const lines = batch.body.split("\n").filter((line) => line !== "");
  for (const [index, line] of lines.entries()) {
    try {
      const response = await putAttributes(client, JSON.parse(line) as Payload, signal);
      const reason = rejection(response);
      if (reason === undefined && response.status !== 204)
        throw response.odd(`${response.status} instead of 204`);
      if (reason !== undefined) rejected.push({ index, reason });
    } catch (error) {
      if (index === 0 || !(error instanceof Failure)) throw error;
      throw new Failure(
        "unknown-outcome",
        `${index} of ${lines.length} updates went through, then: ${error.message}`,
        { ...(error.hint === undefined ? {} : { hint: error.hint }), cause: error },
      );
    }
  }
  return { status: "done", rejected };
}

/** Sets attributes of a contact and nothing else. */
export async function putAttributes(
  client: BrevoClient,
  { email, attributes }: Payload,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return client.http.send(
    {
      method: "PUT",
      path: contactPath(email),
      query: { identifierType: "email_id" },
      body: JSON.stringify({ attributes }),
      bucket: CONTACTS,
      kind: "write",
    },
    signal,
  );
}

/** Why Brevo refused this one person; undefined when it did not. Throws for what concerns everybody. */
export function rejection(response: HttpResponse): string | undefined {
  if (response.status < 300) return undefined;
  const { code } = parseErrorBody(response);
  if (response.status === 404 && code === "document_not_found") return GONE;
  if (response.status === 400 && code === "duplicate_parameter") return "number belongs to another contact";
  if (response.status === 400) return `refused by Brevo${/^[a-z_]{1,40}$/.test(code) ? ` (${code})` : ""}`;
  throw refusalOf(response, "Updating a contact");
}
