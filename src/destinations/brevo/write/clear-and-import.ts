import { Failure } from "../../../model/failure.js";
import type { RowReject, WriteBatch, WriteResult } from "../../../plugin/destination.js";
import { parseErrorBody } from "../answers.js";
import { importContacts } from "./import-contacts.js";
import type { BrevoClient } from "../client.js";
import { putAttributes, rejection, type Payload } from "./update-singly.js";

interface Person {
  readonly email: string;
  readonly cleared: readonly string[];
  /** As it is in the import, where empty means untouched. */
  readonly row: string;
}

/**
 * Clears attributes with a request a person, and then imports everybody with
 * the rest. In this order, because how an import went is known only later, and
 * because clearing twice changes nothing more: when something fails in between,
 * all of it may be done again. Somebody who is not a contact yet has nothing to
 * clear.
 */
export async function clearAndImport(
  client: BrevoClient,
  batch: WriteBatch,
  signal: AbortSignal,
): Promise<WriteResult> {
  const lines = batch.body.split("\n");
  const people = lines.slice(1, -1).map(readPerson);
  const rejected: RowReject[] = [];
  let cleared = 0;
  for (const [index, person] of people.entries()) {
    const reason = await clear(client, person, signal).catch((error: unknown) => {
      throw cleared === 0 ? error : afterClears(cleared, error);
    });
    if (reason === undefined) cleared += 1;
    else rejected.push({ index, reason });
  }
  if (rejected.length > 0) return { status: "refused-rows", rows: rejected };
  const rows = people.map(({ row }) => row);
  const isCsv = lines[1]?.includes("\t") === true;
  const body = `${lines[0]}${rows.join(isCsv ? String.raw`\n` : ",")}${lines.at(-1)}`;
  return importContacts(client, { ...batch, body }, signal).catch((error: unknown) => {
    throw afterClears(cleared, error);
  });
}

/** What is cleared is not the destination's old state any more: everybody is looked up before the next try. */
function afterClears(cleared: number, error: unknown): unknown {
  if (cleared === 0 || !(error instanceof Failure) || error.kind === "interrupted") return error;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new Failure("unknown-outcome", `${cleared} clears went through, then: ${error.message}`, {
    ...hint,
    cause: error,
  });
}

/** A payload, and behind a tab its CSV row where the import is one; neither has a tab within. */
function readPerson(line: string): Person {
  const [payload = "", csv] = line.split("\t");
  const { email, attributes } = JSON.parse(payload) as Payload;
  const entries = Object.entries(attributes);
  const kept = Object.fromEntries(entries.filter(([, value]) => value !== ""));
  return {
    email,
    cleared: entries.flatMap(([name, value]) => (value === "" ? [name] : [])),
    row: csv ?? JSON.stringify({ email, attributes: kept }),
  };
}

/** Why Brevo refused it; undefined when nothing is in the way of the import. */
async function clear(
  client: BrevoClient,
  { email, cleared }: Person,
  signal: AbortSignal,
): Promise<string | undefined> {
  const attributes = Object.fromEntries(cleared.map((name) => [name, ""]));
  const response = await putAttributes(client, { email, attributes }, signal);
  if (response.status === 404 && parseErrorBody(response).code === "document_not_found") return undefined;
  const reason = rejection(response);
  if (reason === undefined && response.status !== 204)
    throw response.odd(`${response.status} instead of 204`);
  return reason;
}
