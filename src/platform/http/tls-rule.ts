import { isIP } from "node:net";
import { Failure } from "../../model/failure.js";

/**
 * Parses an address that personal data or a key is sent to: https, or http to
 * this machine (sandbox, test servers). Anything else is `Failure("invalid")`.
 */
export function parseSafeUrl(text: string): URL {
  if (!URL.canParse(text)) {
    throw new Failure("invalid", "The base URL is not a URL.", {
      hint: "Write it as https://host/path.",
    });
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new Failure("invalid", `The URL of ${url.host} holds a user name or password.`, {
      hint: "Keys belong into the secret reference of the connection, never into a URL.",
    });
  }
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  throw new Failure("invalid", `${url.protocol}//${url.host} is not encrypted.`, {
    hint: "Use https; plain http is only allowed to this machine (127.0.0.1, localhost).",
  });
}

/** This machine, by name or number. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}
