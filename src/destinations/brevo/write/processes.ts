import type { JobState } from "../../../plugin/destination.js";
import {
  amount,
  digits,
  either,
  filledText,
  listOf,
  maybe,
  number,
  object,
  recordOf,
  text,
  type Of,
} from "../../../platform/http/shape.js";
import { parseBody, parseErrorBody } from "../answers.js";
import { OTHER } from "../limits.js";
import type { BrevoClient } from "../client.js";
import { ownValue } from "../../../model/own-value.js";

/** A background process of the account. Source: https://developers.brevo.com/reference/get-process, and its changelog of 2026-04-17 */
const PROCESS = object({
  id: number,
  name: maybe(text),
  status: filledText,
  // Descriptions before April 2026 have numbers in the place of links.
  info: maybe(object({ import: maybe(recordOf(either(maybe(text), amount))) })),
});
export type Process = Of<typeof PROCESS>;

const PROCESSES = object({ processes: listOf(PROCESS) });

/** The answer that names the process of what was asked for. */
export const STARTED = object({ processId: either(number, digits) });

/** The newest processes: one request of the scarce bucket for up to fifty. */
export async function readNewestProcesses(
  client: BrevoClient,
  signal: AbortSignal,
): Promise<readonly Process[]> {
  const query = { limit: 50, sort: "desc" };
  const response = await client.http.send(
    { method: "GET", path: "/processes", query, bucket: OTHER, kind: "read" },
    signal,
  );
  return parseBody(response, "The processes", PROCESSES).processes;
}

/** Undefined when Brevo does not know the process. */
export async function findProcess(
  client: BrevoClient,
  id: string,
  signal: AbortSignal,
): Promise<Process | undefined> {
  const path = `/processes/${encodeURIComponent(id)}`;
  const response = await client.http.send({ method: "GET", path, bucket: OTHER, kind: "read" }, signal);
  // The older API description has 404 with this code for an unknown id.
  if (
    response.status === 404 &&
    /^(document_not_found|invalid_parameter)$/.test(parseErrorBody(response).code)
  ) {
    return undefined;
  }
  const process = parseBody(response, `Process ${id}`, PROCESS);
  if (String(process.id) !== id) throw response.odd("another process than the one that was asked for");
  return process;
}

/** Words other than the final ones mean that it is not over: `queued`, `in_process` and `processing` all occur. */
export function stateOf(process: Process): JobState["state"] {
  switch (process.status) {
    case "completed":
      return reportsOf(process).length > 0 ? "completed-with-errors" : "completed";
    case "failed":
    case "cancelled":
      return "failed";
    default:
      return "running";
  }
}

/** The error reports of a finished import; without a link where there is only a number of refused people. */
export function reportsOf(process: Process): readonly { reason: string; url: string | undefined }[] {
  return Object.entries(process.info?.import ?? {}).flatMap(([name, said]) =>
    said === null || said === undefined || said === "" || said === 0
      ? []
      : [
          {
            reason: ownValue(REASONS, name) ?? tellable(name),
            url: typeof said === "string" ? said : undefined,
          },
        ],
  );
}

function tellable(name: string): string {
  return /^[a-z_]{1,40}$/.test(name) ? name.replaceAll("_", " ") : "refused";
}

const REASONS: Readonly<Record<string, string>> = {
  invalid_emails: "invalid address",
  duplicate_contact_id: "contact id twice",
  duplicate_ext_id: "external id twice",
  duplicate_email_id: "address twice",
  duplicate_phone_id: "phone number twice",
  duplicate_whatsapp_id: "WhatsApp number twice",
  duplicate_landline_number_id: "landline number twice",
};
