import type { Dispatcher } from "undici";
import { Failure } from "../model/failure.js";
import { unknownOutcome } from "./http-error.js";

/** A write is sent once; a read may be sent again. */
export type RequestKind = "read" | "write";

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The same before it was decoded, which costs more than reading it; the caller may change it. */
  readonly bytes: Buffer;
  /** Throws a `Failure` when the text is not JSON, e.g. an HTML error page. */
  json(): unknown;
  readonly requestId: string | undefined;
}

export interface ReadOptions {
  /** The request, as people may see it. */
  readonly what: string;
  readonly kind: RequestKind;
  /** Longest answer that is held in memory. */
  readonly maxBytes: number;
  /** Values of request headers, of which an error must not repeat one. */
  readonly secrets: readonly string[];
}

const REQUEST_IDS = ["x-request-id", "sib-request-id", "request-id", "x-amz-request-id", "cf-ray"];

/**
 * Reads an answer to its end, within bounds. Throws `Failure` when it is a
 * redirect or too long: `unknown-outcome` when a write is answered at too great
 * a length, otherwise `permanent`.
 */
export async function readResponse(
  answer: Dispatcher.ResponseData,
  options: ReadOptions,
): Promise<HttpResponse> {
  const { what, kind } = options;
  const headers = flatten(answer.headers);
  const requestId = REQUEST_IDS.map((name) => headers[name]).find(
    (id) => id !== undefined && /^[\w.:-]{1,100}$/.test(id),
  );
  const bytes = await bodyOf(answer, options);
  const status = answer.statusCode;
  if (status >= 300 && status < 400) {
    throw new Failure("permanent", `${what} was redirected, which is not followed.`, {
      hint: "Check the baseUrl of the connection.",
    });
  }
  const text = (): string => {
    const said = bytes.toString("utf8");
    return status < 400 ? said : withoutSecrets(said, options.secrets);
  };
  return {
    status,
    headers,
    bytes,
    get text() {
      return text();
    },
    requestId,
    json: () => parse(text(), what, status, kind),
  };
}

async function bodyOf(
  answer: Dispatcher.ResponseData,
  { what, kind, maxBytes }: ReadOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      const message = `${what} was answered with more than ${maxBytes} bytes.`;
      throw kind === "write" ? unknownOutcome(message) : new Failure("permanent", message);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What an error says is told to people, and some servers repeat the request in it. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .map((value) => value.replace(/^Bearer /, ""))
    .filter((key) => key !== "")
    .reduce((rest, key) => rest.replaceAll(key, "•••"), text);
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

function parse(text: string, what: string, status: number, kind: RequestKind): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const form = text.trim() === "" ? "nothing" : /^\s*</.test(text) ? "an HTML page" : "something";
    const message = `${what} was answered with ${status} and ${form} instead of JSON.`;
    if (kind === "write" && status < 300) throw unknownOutcome(message);
    throw new Failure("permanent", message, {
      hint: "Check the baseUrl of the connection, and whether a proxy stands in between.",
    });
  }
}
