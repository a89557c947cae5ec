import { createReadStream } from "node:fs";
import { Failure } from "../../model/failure.js";
import { wait } from "../../platform/wait.js";
import { literal, type Relation } from "../../plugin/relation.js";
import { body } from "./answers.js";
import { fields } from "./field-definitions.js";
import { exportColumns, observedSql } from "./observed.js";
import type { Session } from "./session.js";
import type { ExportState } from "./types.js";

/** An export of a million contacts takes minutes; after this it is stuck. */
const LONGEST_EXPORT_MS = 60 * 60_000;

/**
 * Every member of a list through an export job: SendGrid has no other way to
 * list more than 50. It changes nothing, and nobody is notified. The files are
 * JSON Lines; the id is called contact_id there, and custom fields go by name.
 * Source: sendgrid/sendgrid-csharp#1024.
 */
export async function members(
  session: Session,
  listId: string,
  options: { readonly attributes: boolean },
  signal: AbortSignal,
): Promise<Relation> {
  const definitions = options.attributes ? await fields(session, signal) : [];
  const done = await finishedExport(session, await startExport(session, listId, signal), signal);
  const files: string[] = [];
  for (const [index, url] of (done.urls ?? []).entries()) {
    const path = session.scratchFile(`members-${index}.ndjson`);
    await session.http.download(url, path, signal);
    files.push(path);
  }
  await checkComplete(files, done.contact_count);
  if (files.length === 0) return { sql: EMPTY };
  const from = `[${files.map(literal).join(", ")}]`;
  const columns = exportColumns(definitions);
  const observed = definitions.length === 0 ? "CAST(NULL AS VARCHAR)" : observedSql(definitions);
  return {
    sql: `SELECT email, contact_id, true AS on_list, CAST(NULL AS VARCHAR) AS opted_out, ${observed} AS observed
      FROM read_json(${from}, format = 'newline_delimited', columns = ${columns}) WHERE email <> ''`,
  };
}

const EMPTY = `SELECT CAST(NULL AS VARCHAR) AS email, CAST(NULL AS VARCHAR) AS contact_id, true AS on_list,
  CAST(NULL AS VARCHAR) AS opted_out, CAST(NULL AS VARCHAR) AS observed WHERE false`;

async function startExport({ http }: Session, listId: string, signal: AbortSignal): Promise<string> {
  const order = {
    list_ids: [listId],
    file_type: "json",
    max_file_size: 5000,
    notifications: { email: false },
  };
  const response = await http.send(
    {
      method: "POST",
      path: "/v3/marketing/contacts/exports",
      body: JSON.stringify(order),
      bucket: "exports",
      // Asking twice makes two files and changes no contact.
      kind: "read",
    },
    signal,
  );
  return body<{ id: string }>(response, "Exporting the list").id;
}

async function finishedExport(session: Session, id: string, signal: AbortSignal): Promise<ExportState> {
  const giveUp = Date.now() + LONGEST_EXPORT_MS;
  for (let asked = 0; ; asked++) {
    const path = `/v3/marketing/contacts/exports/${encodeURIComponent(id)}`;
    const response = await session.http.send(
      { method: "GET", path, bucket: "exports", kind: "read" },
      signal,
    );
    const state = body<ExportState>(response, "The export of the list");
    if (state.status === "ready") return state;
    if (state.status === "failure") {
      throw new Failure("transient", "SendGrid could not export the list.", { hint: "Run again later." });
    }
    if (Date.now() > giveUp) {
      throw new Failure("transient", "SendGrid did not finish the export of the list within an hour.", {
        hint: "Run again later.",
      });
    }
    await wait(session.pollDelay(asked), signal);
  }
}

/** Members missing from a cut file would look as if they had left the list. */
async function checkComplete(files: readonly string[], expected: number | undefined): Promise<void> {
  if (expected === undefined) return;
  let lines = 0;
  for (const file of files) lines += await countLines(file);
  if (lines >= expected) return;
  throw new Failure("transient", `The export of the list has ${lines} of ${expected} contacts.`, {
    hint: "Run again: the list may have changed while it was exported.",
  });
}

async function countLines(path: string): Promise<number> {
  let lines = 0;
  let last = 10;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
    last = chunk.at(-1) ?? last;
  }
  return last === 10 ? lines : lines + 1;
}
