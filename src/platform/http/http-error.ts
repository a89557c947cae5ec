import { Failure } from "../../model/failure.js";
import { environmentHint } from "./environment-hint.js";

/** A request that failed below HTTP. The message names the kind of trouble, never what was sent. */
export type Fate = "timeout" | "transient";

export class HttpError extends Failure {
  /** `host`: where the request went. */
  constructor(fate: Fate, what: string, cause: unknown, host: string) {
    const code = errorCode(cause);
    const trouble =
      fate === "timeout" || isTimeout(cause)
        ? "took too long"
        : wasNotSent(cause)
          ? `could not connect (${code ?? "no connection"})`
          : `lost the connection${code === undefined ? "" : ` (${code})`}`;
    super(isCertificate(code) ? "permanent" : "transient", `${what} ${trouble}.`, {
      hint:
        environmentHint({ code, host }) ??
        "Check the network and the baseUrl of the connection, then run again.",
    });
  }
}

/** A write whose answer did not come, or cannot be read. */
export function unknownOutcome(message: string, cause?: unknown): Failure {
  return new Failure("unknown-outcome", `${message} It may have been carried out.`, { cause });
}

/** No byte of the request can have reached the server. */
export function wasNotSent(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && (NOT_CONNECTED.has(code) || isCertificate(code));
}

export function isTimeout(error: unknown): boolean {
  const code = errorCode(error);
  return code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT" || code === "ETIMEDOUT";
}

/**
 * `PUT /marketing/contacts at api.sendgrid.com`. Of a path only words, numbers
 * and UUIDs are told: whatever else is in it may be somebody's address, or
 * what a server gave for an id.
 */
export function describeRequest(method: string, path: string, host: string): string {
  const parts = path.split("/").map((part) => (isTellable(part) ? part : nameless(part)));
  return `${method} ${parts.join("/")} at ${host}`;
}

function isTellable(part: string): boolean {
  return (
    part === "" ||
    /^(?:[a-z][a-z_]{0,40}\d{0,2}|[A-Z][A-Z0-9_]{0,60}|\d{1,15})$/.test(part) ||
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(part)
  );
}

function nameless(part: string): string {
  return /@|%40/i.test(part) ? "{address}" : "{id}";
}

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function isCertificate(code: string | undefined): boolean {
  return code !== undefined && /CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_VERIFY/.test(code);
}

/** The word for what happened below HTTP, such as `ECONNREFUSED`. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : errorCode(error.cause);
}
