import { json, type Reply } from "../server/reply.js";
import type { Call } from "../server/request.js";
import type { Route } from "../server/router.js";
import { type RowsBody, splitRows } from "../store/json-rows.js";
import type { BrevoData } from "./account.js";
import type { CleanRules } from "./clean.js";
import { parseCsv, separatorOf } from "./csv.js";
import { invalid, missing, refuse } from "./errors.js";
import { runImport } from "./import.js";
import { type ImportRow, type Prepared, prepareRows } from "./prepare.js";

/** jsonBody and fileBody may be 10 MB (API reference); read as decimal, the stricter way. */
const MAX_BYTES = 10_000_000;

function start(data: BrevoData, call: Call): Reply {
  if (call.body.length > MAX_BYTES) return invalid("The size of the body exceeds the maximum of 10MB");
  const split = splitRows(call.body, "jsonBody");
  if (split === undefined) return refuse(400, "bad_request", "Input must be a valid JSON object");
  const body = split.envelope;
  for (const flag of ["updateExistingContacts", "emptyContactsAttributes", "emailBlacklist", "smsBlacklist"])
    if (body[flag] !== undefined && typeof body[flag] !== "boolean")
      return invalid(`${flag} should be type boolean`);
  if (body["consentGroupIds"] !== undefined)
    return refuse(403, "CONSENT_GROUP_NOT_ENABLED", "Consent groups are not enabled for this account");
  const rows = rowsOf(body, split);
  if ("status" in rows) return rows;
  const lists = targets(data, body);
  if (!Array.isArray(lists)) return lists;
  const updateExisting = body["updateExistingContacts"] !== false;
  const prepared = prepareOrRefuse(data, rows, {
    fromCsv: body["fileBody"] !== undefined,
    emptyErases: body["emptyContactsAttributes"] === true && updateExisting,
    switches: data.context.switches,
  });
  if (prepared === undefined) return refuse(400, "bad_request", "Input must be a valid JSON object");
  if (!prepared.anyIdentifier) return invalid("No valid identifier found in the contacts");
  const { refuses = [] } = data.options;
  if (refuses.length > 0 && prepared.rows.some(({ email }) => email !== undefined && refuses.includes(email)))
    return invalid("Some of the contacts are not valid");
  const process = data.processes.start("IMPORTUSER", () =>
    runImport(data, prepared.rows, {
      listIds: lists,
      updateExisting,
      emailBlacklist: body["emailBlacklist"] === true,
      smsBlacklist: body["smsBlacklist"] === true,
    }),
  );
  return json(202, { processId: process.id });
}

/** Undefined when a row is not JSON. */
function prepareOrRefuse(
  data: BrevoData,
  rows: Iterable<ImportRow>,
  rules: CleanRules,
): Prepared | undefined {
  try {
    return prepareRows(data, rows, rules);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The lists to import into; `newList` makes one. */
function targets(data: BrevoData, body: Record<string, unknown>): number[] | Reply {
  const ids = body["listIds"];
  if (Array.isArray(ids) && ids.length > 0) {
    if (!ids.every((id) => Number.isInteger(id))) return invalid("listIds should be an array of integers");
    const unknown = ids.filter((id: number) => !data.lists.has(id));
    return unknown.length > 0 ? invalid("List ID does not exist") : (ids as number[]);
  }
  const list = body["newList"] as { listName?: unknown; folderId?: unknown } | undefined;
  if (list === undefined) return missing("listIds or newList");
  if (typeof list.listName !== "string" || list.listName === "") return missing("listName");
  const folderId = Number(list.folderId);
  if (!data.folders.has(folderId)) return invalid("Folder ID does not exist");
  return [data.addList(list.listName, folderId).id];
}

function rowsOf(body: Record<string, unknown>, split: RowsBody): Iterable<ImportRow> | Reply {
  const given = ["jsonBody", "fileBody", "fileUrl"].filter((name) => body[name] !== undefined);
  if (given.length === 0) return missing("fileUrl, fileBody or jsonBody");
  if (given.length > 1) return invalid("Only one of fileUrl, fileBody and jsonBody may be passed");
  if (body["fileUrl"] !== undefined) return invalid("fileUrl is not reachable: this sandbox fetches nothing");
  const { fileBody } = body;
  if (typeof fileBody === "string")
    return fileBody.trim() === "" ? invalid("fileBody is empty") : csvRows(fileBody);
  if (split.rows === undefined) return invalid("jsonBody should be an array");
  return split.count === 0 ? invalid("jsonBody is empty") : jsonRows(split.rows);
}

function* jsonRows(rows: Iterable<unknown>): Generator<ImportRow> {
  for (const row of rows) {
    const { email, attributes } = (row ?? {}) as { email?: unknown; attributes?: unknown };
    const object = typeof attributes === "object" && attributes !== null;
    yield { email, attributes: object ? (attributes as Record<string, unknown>) : {} };
  }
}

/** A piece of a larger text keeps that text in memory; a copy does not. */
function detached(piece: string): string {
  return Buffer.from(piece).toString();
}

function* csvRows(text: string): Generator<ImportRow> {
  let header: string[] | undefined;
  for (const fields of parseCsv(text, separatorOf(text))) {
    if (header === undefined) {
      header = fields;
      continue;
    }
    let email: unknown;
    const attributes: Record<string, unknown> = {};
    for (let at = 0; at < header.length; at++) {
      const name = header[at] ?? "";
      if (name.toUpperCase() === "EMAIL") email = detached(fields[at] ?? "");
      else if (at < fields.length) attributes[name] = fields[at];
    }
    yield { email, attributes };
  }
}

export const IMPORT_ROUTES: readonly Route<BrevoData>[] = [
  { method: "POST", pattern: "/contacts/import", bucket: "contacts", handle: start },
];
