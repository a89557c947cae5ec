import { json, type Reply } from "../server/reply.js";

/** Brevo's flat error object. */
export function refuse(
  status: number,
  code: string,
  message: string,
  metadata?: Record<string, unknown>,
): Reply {
  return json(status, { code, message, ...(metadata === undefined ? {} : { metadata }) });
}

export function invalid(message: string): Reply {
  return refuse(400, "invalid_parameter", message);
}

export function missing(name: string): Reply {
  return refuse(400, "missing_parameter", `${name} is missing`);
}

export function notFound(message: string): Reply {
  return refuse(404, "document_not_found", message);
}
