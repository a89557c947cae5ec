import type { JobState } from "../../plugin/destination.js";
import { body, errorBody } from "./answers.js";
import { OTHER } from "./limits.js";
import type { Session } from "./session.js";

/** A background process of the account. Source: https://developers.brevo.com/reference/get-process, and its changelog of 2026-04-17 */
export interface Process {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly info?: { readonly import?: Readonly<Record<string, unknown>> } | null;
  readonly export_url?: string | null;
}

/** The newest processes: one request of the scarce bucket for up to fifty. */
export async function newestProcesses(session: Session, signal: AbortSignal): Promise<readonly Process[]> {
  const query = { limit: 50, sort: "desc" };
  const response = await session.http.send(
    { method: "GET", path: "/processes", query, bucket: OTHER, kind: "read" },
    signal,
  );
  return body<{ processes?: readonly Process[] }>(response, "The processes").processes ?? [];
}

/** Undefined when Brevo does not know the process. */
export async function oneProcess(
  session: Session,
  id: string,
  signal: AbortSignal,
): Promise<Process | undefined> {
  const path = `/processes/${encodeURIComponent(id)}`;
  const response = await session.http.send({ method: "GET", path, bucket: OTHER, kind: "read" }, signal);
  // The older API description has 404 with this code for an unknown id.
  if (response.status === 404 && /^(document_not_found|invalid_parameter)$/.test(errorBody(response).code)) {
    return undefined;
  }
  return body<Process>(response, `Process ${id}`);
}

/** Words other than the final ones mean that it is not over: `queued`, `in_process` and `processing` all occur. */
export function stateOf(process: Process): JobState["state"] {
  switch (process.status) {
    case "completed":
      return reports(process).length > 0 ? "completed-with-errors" : "completed";
    case "failed":
    case "cancelled":
      return "failed";
    default:
      return "running";
  }
}

/** The error reports of a finished import. */
export function reports(process: Process): readonly { reason: string; url: string }[] {
  return Object.entries(process.info?.import ?? {}).flatMap(([name, url]) =>
    typeof url === "string" && url !== ""
      ? [{ reason: REASONS[name] ?? name.replaceAll("_", " "), url }]
      : [],
  );
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
