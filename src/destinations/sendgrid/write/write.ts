import { Failure } from "../../../model/failure.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import type { RowReject, WriteBatch, WriteResult } from "../../../plugin/destination.js";
import { accountFull, parseBody, parseErrorEntries, isContactLimit, refusalOf } from "../answers.js";
import { removeValues } from "../without-values.js";
import { splitBody } from "../codec/clears.js";
import { checkedListId } from "../codec/codec.js";
import { joinJobs } from "./jobs.js";
import type { SendgridClient } from "../client.js";
import { NEW_JOB } from "../types.js";

const EMPTYING = "Emptying fields of contacts";

/** Sends one batch. An upsert's job tells how it ended; what became of a removal only the list shows. */
export async function writeBatch(
  client: SendgridClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  return batch.operation === "remove" ? remove(client, batch, signal) : upsert(client, batch, signal);
}

/**
 * The values, and then what is to be emptied by a request of its own: its job is
 * waited for as well, and what became of it reading back tells.
 */
async function upsert(client: SendgridClient, batch: WriteBatch, signal: AbortSignal): Promise<WriteResult> {
  const { values, clears } = splitBody(batch.body);
  const result = await setValues(client, { body: values, rows: batch.rows }, signal);
  if (clears === undefined || result.status !== "accepted") return result;
  try {
    const emptied = await put(client, clears, signal);
    // Refused as a whole: everything holds what it held.
    if (emptied.status === 400 || emptied.status === 404)
      return { ...result, partRefused: refusalOf(emptied, EMPTYING).message };
    return {
      ...result,
      job: joinJobs(result.job, parseBody(emptied, EMPTYING, NEW_JOB).job_id),
    };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    throw new Failure("unknown-outcome", `The values were taken on, then: ${error.message}`, {
      ...hint,
      cause: error,
    });
  }
}

function put({ http }: SendgridClient, contacts: string, signal: AbortSignal): Promise<HttpResponse> {
  return http.send(
    { method: "PUT", path: "/v3/marketing/contacts", body: contacts, bucket: "upsert", kind: "write" },
    signal,
  );
}

async function setValues(
  client: SendgridClient,
  { body: contacts, rows }: Pick<WriteBatch, "body" | "rows">,
  signal: AbortSignal,
): Promise<WriteResult> {
  const response = await put(client, contacts, signal);
  if (response.status < 300) return { status: "accepted", job: response.read(NEW_JOB).job_id };
  if (response.status === 404) throw missingList(response);
  const errors = parseErrorEntries(response);
  // A field that was created a few seconds ago is not known everywhere yet. Nothing was carried out.
  if (response.status === 400 && errors.some(({ message }) => /invalid custom field ids/i.test(message))) {
    throw new Failure("transient", "SendGrid does not know a custom field of the contacts, or not yet.", {
      hint: "A new field can be used after about five seconds. If it lasts, the field was deleted: run plan again.",
      retryAfter: client.newFieldSeconds,
    });
  }
  if (response.status !== 400) throw refusalOf(response, "Writing contacts");
  if (errors.some(({ message }) => isContactLimit(message))) throw accountFull();
  const refused = errors.flatMap(rowReject).filter(({ index }) => index < rows);
  if (errors.length === 0) throw refusalOf(response, "Writing contacts");
  if (refused.length === 0) {
    const said = errors.map(({ message }) => removeValues(message)).find((message) => message !== "");
    return { status: "refused", reason: said ?? "SendGrid gives no reason" };
  }
  return { status: "refused-rows", rows: onePerRow(refused) };
}

/**
 * Takes people off one list. The look-alike `DELETE /v3/marketing/contacts`
 * would delete them everywhere. The job in the answer is not waited for: that
 * it can be looked up is not documented, removals of different people may
 * overtake each other, and the route asks for the list to be read back anyway.
 */
async function remove(
  { http }: SendgridClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const response = await http.send(
    {
      method: "DELETE",
      path: `/v3/marketing/lists/${checkedListId(batch.listId)}/contacts`,
      query: { contact_ids: batch.body },
      bucket: "lists",
      kind: "write",
    },
    signal,
  );
  if (response.status < 300) return { status: "done", rejected: [] };
  if (response.status === 404) throw missingList(response);
  throw refusalOf(response, "Removing contacts from the list");
}

function missingList(response: HttpResponse): Failure {
  const { message } = refusalOf(response, "The list, or a contact on it");
  return new Failure("not-found", message, {
    hint: "If the list was deleted, correct its id in the export.",
  });
}

/** `contacts[3].email`: "email '…' is not valid". */
function rowReject({ field, message }: { readonly field: string; readonly message: string }): RowReject[] {
  const named = /^contacts\[(\d+)\](?:\.([\w.]+))?/.exec(field);
  if (named === null) return [];
  const reason = removeValues(message) || `${named[2] ?? "contact"} is not valid`;
  return [{ index: Number(named[1]), reason }];
}

function onePerRow(rejects: readonly RowReject[]): RowReject[] {
  const first = new Map<number, RowReject>();
  for (const reject of rejects) if (!first.has(reject.index)) first.set(reject.index, reject);
  return [...first.values()].sort((a, b) => a.index - b.index);
}
