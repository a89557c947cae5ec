import { json, type Reply } from "../server/reply.js";

export interface FieldError {
  readonly message: string;
  readonly field?: string;
}

/** SendGrid's list of errors. */
export function refuse(status: number, ...errors: readonly FieldError[]): Reply {
  return json(status, { errors });
}

export function invalid(message: string, field?: string): Reply {
  return refuse(400, field === undefined ? { message } : { field, message });
}
