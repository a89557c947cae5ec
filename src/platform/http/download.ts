import { createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Agent } from "undici";
import { Failure } from "../../model/failure.js";
import { unpackGzip } from "./gunzip.js";
import { USER_AGENT } from "../tool.js";

export interface SaveOptions {
  /** Longest pause between two pieces. */
  readonly idleMs: number;
  /** For all of it: a server that drips a byte now and then is never idle. */
  readonly wholeMs: number;
  readonly maxBytes: number;
  /** For messages. */
  readonly what: string;
  readonly signal: AbortSignal;
}

/** One try at saving the body behind `url` as a 0600 file, replacing what an earlier try left. */
export async function saveBody(agent: Agent, url: URL, path: string, options: SaveOptions): Promise<void> {
  const whole = AbortSignal.timeout(options.wholeMs);
  try {
    await save(agent, url, path, { ...options, signal: AbortSignal.any([options.signal, whole]) });
  } catch (error) {
    if (!whole.aborted || options.signal.aborted) throw error;
    throw new Failure("permanent", `${options.what} took longer than ${options.wholeMs / 1000} seconds.`, {
      hint: "Run again later.",
      cause: error,
    });
  }
}

async function save(agent: Agent, url: URL, path: string, options: SaveOptions): Promise<void> {
  const answer = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: "GET",
    headers: { "user-agent": USER_AGENT },
    headersTimeout: options.idleMs,
    bodyTimeout: options.idleMs,
    signal: options.signal,
  });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw refusal(answer.statusCode, options.what);
  }
  const unpacked = await unpackGzip(answer.body);
  await pipeline(unpacked, atMost(options), createWriteStream(path, { mode: 0o600, flags: "w" }), {
    signal: options.signal,
  });
}

function refusal(status: number, what: string): Failure {
  const message = `${what} was answered with ${status}.`;
  if (status >= 500 || status === 429 || status === 408) return new Failure("transient", message);
  // Presigned links answer 403 once they have expired.
  if (status === 403 || status === 404 || status === 410) {
    return new Failure("not-found", `${message} The link has expired.`, {
      hint: "Run again to get a new one.",
    });
  }
  return new Failure("permanent", message);
}

function atMost({ maxBytes, what }: SaveOptions): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes)
        done(new Failure("permanent", `${what}: the file is longer than ${maxBytes} bytes.`));
      else done(null, chunk);
    },
  });
}
