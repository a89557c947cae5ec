import { Failure } from "../../../model/failure.js";
import { wait } from "../../../platform/wait.js";
import { literal, type Relation } from "../../../plugin/relation.js";
import type { HttpResponse } from "../../../platform/http/http-response.js";
import { parseBody } from "../answers.js";
import { findFileFault } from "./export-files.js";
import { readFields } from "../field-definitions.js";
import { exportColumns, observedSql } from "./observed.js";
import type { SendgridClient } from "../client.js";
import { EXPORT_STATE, NEW_EXPORT, type ExportState } from "../types.js";

/** An export of a million contacts takes minutes; after this it is stuck. */
const LONGEST_EXPORT_MS = 60 * 60_000;

/**
 * Every member of a list through an export job: SendGrid has no other way to
 * list more than 50. It changes nothing, and nobody is notified. The files are
 * JSON Lines; the id is called contact_id there, and custom fields go by name.
 * Source: sendgrid/sendgrid-csharp#1024.
 */
export async function readMembers(
  client: SendgridClient,
  listId: string,
  options: { readonly attributes: boolean },
  signal: AbortSignal,
): Promise<Relation> {
  const definitions = options.attributes ? await readFields(client, signal) : [];
  const { urls, count, request } = await waitForExport(
    client,
    await startExport(client, listId, signal),
    signal,
  );
  const files: string[] = [];
  for (const [index, url] of urls.entries()) {
    const path = client.scratchFile(`members-${index}.ndjson`);
    await client.http.download(url, path, signal);
    files.push(path);
  }
  const trouble = await findFileFault(files, count, signal);
  if (trouble !== undefined) {
    throw new Failure("transient", `A file of ${request} ${trouble}.`, {
      hint: "Run again: the list may have changed while it was exported.",
    });
  }
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

async function startExport({ http }: SendgridClient, listId: string, signal: AbortSignal): Promise<string> {
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
  return parseBody(response, "Exporting the list", NEW_EXPORT).id;
}

interface FinishedExport {
  readonly urls: readonly string[];
  /** How many contacts the files hold together. */
  readonly count: number;
  /** As people may see it. */
  readonly request: string;
}

async function waitForExport(
  client: SendgridClient,
  id: string,
  signal: AbortSignal,
): Promise<FinishedExport> {
  const giveUp = performance.now() + LONGEST_EXPORT_MS;
  for (let asked = 0; ; asked++) {
    const path = `/v3/marketing/contacts/exports/${encodeURIComponent(id)}`;
    const response = await client.http.send({ method: "GET", path, bucket: "exports", kind: "read" }, signal);
    const state = parseBody(response, "The export of the list", EXPORT_STATE);
    if (state.id !== id) throw response.odd("another export than the one that was asked for");
    if (state.status === "ready") return finished(state, response);
    if (state.status === "failure") {
      throw new Failure("transient", "SendGrid could not export the list.", { hint: "Run again later." });
    }
    if (performance.now() > giveUp) {
      throw new Failure("transient", "SendGrid did not finish the export of the list within an hour.", {
        hint: "Run again later.",
      });
    }
    await wait(client.pollDelay(asked), signal);
  }
}

/** Without a number nobody can tell whether a file is whole; without files it has to be nobody. */
function finished({ urls, contact_count: count }: ExportState, response: HttpResponse): FinishedExport {
  if (count === undefined || count === null)
    throw response.odd("an export that does not say how many it holds");
  if (count > 0 && (urls ?? []).length === 0) throw response.odd("an export of somebody, without a file");
  return { urls: urls ?? [], count, request: response.request };
}
