import { Failure } from "../../model/failure.js";
import { environmentHint } from "./environment-hint.js";
import { errorCode, HttpError, isTimeout } from "./http-error.js";
import { secondsUntilRetry } from "./rate-reset.js";
import { parseSafeUrl } from "./tls-rule.js";
import { USER_AGENT } from "../tool.js";

const TIMEOUT_MS = 10_000;
/** Of the answer no more is read. */
const MAX_BYTES = 64 * 1024;

export interface Post {
  /** https, or http to this machine. Its path may be a secret and is never shown. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/**
 * Sends JSON to an address once, and tells the status of a 2xx answer. Throws
 * `Failure`: `auth` (401, 403), `not-found` (404, 410), `rate-limit` (429),
 * `transient` (5xx, 408, a timeout, no connection), `permanent`, `interrupted`.
 * Redirects are not followed.
 */
export async function postJson({ url, headers, body }: Post, signal: AbortSignal): Promise<number> {
  const target = parseSafeUrl(url);
  const what = `POST to ${target.host}`;
  const late = AbortSignal.timeout(TIMEOUT_MS);
  // Loaded only now: commands that tell nobody anything need not pay for it.
  const { Agent } = await import("undici");
  // NODE_TLS_REJECT_UNAUTHORIZED has no say here.
  const agent = new Agent({ connect: { timeout: TIMEOUT_MS, rejectUnauthorized: true } });
  try {
    const answer = await agent.request({
      origin: target.origin,
      path: `${target.pathname}${target.search}`,
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": USER_AGENT, ...headers },
      body,
      signal: AbortSignal.any([signal, late]),
    });
    const said = await textOf(answer.body as AsyncIterable<Buffer>);
    if (answer.statusCode < 300) return answer.statusCode;
    throw refused(what, answer.statusCode, said, answer.headers["retry-after"]);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal.aborted) throw new Failure("interrupted", `${what} was stopped.`, { cause: error });
    const fate = late.aborted || isTimeout(error) ? "timeout" : "transient";
    const { kind, message } = new HttpError(fate, what, error, target.hostname);
    throw new Failure(kind, message, {
      hint:
        environmentHint({ code: errorCode(error), host: target.hostname }) ??
        "Check the address and the network between here and there.",
      cause: error,
    });
  } finally {
    await agent.destroy();
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    if ((size += chunk.length) > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function refused(what: string, status: number, said: string, retryAfter: unknown): Failure {
  // Such as `channel_is_archived`; anything longer may repeat what was sent.
  const word = /^[a-z][a-z0-9_]{2,60}$/.test(said.trim()) ? ` (${said.trim()})` : "";
  const message = `${what} was answered with ${status}${word}.`;
  if (status === 401 || status === 403)
    return new Failure("auth", message, { hint: "Check the secret, and what it may do there." });
  if (status === 404 || status === 410)
    return new Failure("not-found", message, { hint: "Check the address; it may have been taken back." });
  if (status === 429) {
    const seconds = secondsUntilRetry(typeof retryAfter === "string" ? retryAfter : undefined, Date.now());
    return new Failure("rate-limit", message, seconds === undefined ? {} : { retryAfter: seconds });
  }
  if (status >= 500 || status === 408) return new Failure("transient", message);
  if (status < 400)
    return new Failure("permanent", `${what} was redirected, which is not followed.`, {
      hint: "Write the address that it leads to.",
    });
  return new Failure("permanent", message, { hint: "The receiver does not take such a message." });
}
